import type { Feature } from './features.ts';

/** The ranker's features in the shopper's words. */
export const LABELS: Readonly<Record<Feature, string>> = {
  position: "the shop's own order",
  category: 'you looked at this kind of product',
  brand: 'you looked at this brand',
  colour: 'you looked at this colour',
  size: 'your size is in stock',
  title: 'words you looked at or searched for',
  price: 'far from the prices you look at',
  viewed: 'you looked at this product',
  carted: 'you put this product into the cart',
  bought: 'you bought this product',
  skipped: 'you saw this product and passed on',
  similar: 'similar to a product you looked at lately',
};
