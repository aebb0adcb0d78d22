/**
 * How the product lists of one theme are read, as data: themes ship with it, and the recipe that fitted a page is
 * remembered so that the head snippet can read the next page before it is painted.
 *
 * A rule is one or more alternatives, separated by ` || `, tried in turn: `selector @attribute => pattern`. The
 * selector looks inside the card (left out: the card itself), the attribute may be left out (then the text), and of
 * the pattern, a regular expression, the first group counts.
 */
export interface Recipe {
  /** "shopify", "woocommerce" …, or "page" where it was worked out on the page. */
  readonly name: string;
  /** Selects the lists. */
  readonly list: string;
  /** Matches the children of a list that are its places. */
  readonly item: string;
  readonly id: string;
  readonly handle?: string;
  readonly title?: string;
  readonly price?: string;
  readonly brand?: string;
  readonly category?: string;
  readonly image?: string;
  /** Selects, in or as the card, the mark of a product that cannot be bought. */
  readonly soldOut?: string;
}

/** The rules of a recipe that read a field of a product. */
export type RecipeField = 'id' | 'handle' | 'title' | 'price' | 'brand' | 'category' | 'image';

/** One alternative of a rule, taken apart: an empty selector means the card itself, no attribute the text. */
export type Alternative = readonly [selector: string, attribute: string | null, pattern: string];
