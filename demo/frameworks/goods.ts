/** A garment as the three apps render it. */
export interface Garment {
  readonly id: string;
  readonly handle: string;
  readonly title: string;
  readonly brand: string;
  readonly category: string;
  readonly price: number;
  readonly priceText: string;
  readonly rating: string;
  readonly sizes: readonly string[];
  readonly inStock: boolean;
  readonly isSponsored: boolean;
}

export interface Department {
  readonly slug: string;
  readonly name: string;
  /** In the shop's own order. */
  readonly garments: readonly Garment[];
}

export const SORTS = [
  { key: '', label: 'Our order' },
  { key: 'price-asc', label: 'Price, low to high' },
  { key: 'price-desc', label: 'Price, high to low' },
] as const;

/** How many more each "Show more" brings. */
export const PAGE = 12;

/** The garments to show, as any app works them out. @param sort a key of `SORTS`; anything else is the shop's order */
export function select(
  { garments }: Department,
  sort: string,
  isCheap: boolean,
  count: number,
): readonly Garment[] {
  const found = garments.filter(({ price }) => !isCheap || price < 100);
  if (sort === 'price-asc') found.sort((a, b) => a.price - b.price);
  if (sort === 'price-desc') found.sort((a, b) => b.price - a.price);
  return found.slice(0, count);
}

export const isSponsored = (garment: Garment): boolean => garment.isSponsored;
