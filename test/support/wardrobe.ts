import type { ShopProduct } from './html.ts';

const KINDS = ['dress', 'shirt', 'jacket', 'skirt'];
const COLOURS = ['blue', 'red', 'green', 'black', 'white'];
const BRANDS = ['Lindqvist', 'Maren', 'Oakfield'];
const SIZES = [
  ['S', 'M'],
  ['M', 'L'],
  ['L', 'XL'],
] as const;

/** A small, regular clothing shop: every kind in every colour, brands and sizes interleaved. */
export const WARDROBE: readonly ShopProduct[] = COLOURS.flatMap((colour, c) =>
  KINDS.map((kind, k) => ({
    id: `${kind}-${colour}`,
    title: `${colour} linen ${kind}`,
    price: 30 + 10 * k + c,
    brand: BRANDS[(c + k) % BRANDS.length] ?? '',
    category: `Clothing > ${kind}`,
    colour,
    sizes: SIZES[(2 * c + k) % SIZES.length] ?? [],
    inStock: true,
  })),
);

export function product(id: string): ShopProduct {
  const found = WARDROBE.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no product ${id} in the test wardrobe`);
  return found;
}
