import type { Good } from './goods.ts';

/** How a page's list comes and goes. */
export interface ListingOptions {
  /** What stands in the head: the integration lines. */
  readonly head?: string;
  readonly goods: readonly Good[];
  /** Marks the page's sort control as set by the shopper. */
  readonly sort?: boolean;
}

/** A shop system's listing page, built as its default theme builds it. */
export interface Platform {
  readonly name: string;
  /** The path of the listing. */
  readonly path: string;
  page(options: ListingOptions): string;
  /** One card, for facets, "load more" and endless scrolling. */
  card(good: Good, index: number): string;
  /** Selects the list. */
  readonly list: string;
  /** What the theme's markup says of a product; the rest is not on the page. */
  expected(good: Good): {
    readonly id: string;
    readonly handle?: string;
    readonly title: string;
    readonly price: number;
    readonly brand: string | null;
    readonly category: string | null;
  };
  /** How facets bring a new list: the element whose inner HTML is replaced. */
  readonly replaced: string;
  /** Query string with which this system names an order that the shopper chose. */
  readonly sortQuery: string;
}

/** The places of the special tiles among the cards of each page. */
export const SPONSORED_AT = 2;
export const PROMO_AT = 5;
