import type { Product } from './catalogue.ts';

/** What a shopper can choose instead of the shop's own order. */
export const SORTS = [
  {
    key: 'price-asc',
    label: 'Price, low to high',
    compare: (a: Product, b: Product) => a.priceCents - b.priceCents,
  },
  {
    key: 'price-desc',
    label: 'Price, high to low',
    compare: (a: Product, b: Product) => b.priceCents - a.priceCents,
  },
  { key: 'rating', label: 'Best rated', compare: (a: Product, b: Product) => b.rating - a.rating },
] as const;

export type SortKey = (typeof SORTS)[number]['key'];

/** An unknown or empty key is no choice: the shop's own order. */
export function parseSort(value: string | undefined): SortKey | undefined {
  return SORTS.find(({ key }) => key === value)?.key;
}

/** Ties keep the order they came in. */
export function sortProducts(products: readonly Product[], key: SortKey | undefined): readonly Product[] {
  const sort = SORTS.find((candidate) => candidate.key === key);
  return sort ? [...products].sort(sort.compare) : products;
}
