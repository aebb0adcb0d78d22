import type { ItemId, SlateId } from './ids.ts';

/** What the ranker may know of one product: what the page itself already shows, nothing else. */
export interface ItemFacts {
  readonly title?: string;
  /** In major units of the shop's currency, e.g. 49.9. */
  readonly price?: number;
  readonly brand?: string;
  readonly category?: string;
  readonly colour?: string;
  /** Sizes that can be bought now. */
  readonly sizes?: readonly string[];
  readonly inStock?: boolean;
}

/** An item now in a list, with its `position` (0-based) in the shop's own order. */
export interface Candidate extends ItemFacts {
  readonly id: ItemId;
  readonly position: number;
}

/** One place of an answer. `score` is comparable only within one answer; `position` is the candidate's own. */
export interface RankedItem {
  readonly id: ItemId;
  readonly score: number;
  readonly position: number;
  /** Probability, under the policy used, that the item got this place; in (0, 1]. */
  readonly propensity: number;
}

/** The ordered answer for one list: best first. */
export interface Slate {
  readonly slateId: SlateId;
  readonly rankerId: string;
  readonly order: readonly RankedItem[];
  /** Of an interleaved list, how many products were drafted: 0 asks for those that have not been seen. */
  readonly drafted?: number;
}

/** One part of a score, in the shopper's words. All contributions of an item add up to its score. */
export interface Contribution {
  readonly feature: string;
  readonly label: string;
  readonly value: number;
}

/** More candidates than this are refused: no shop shows them in one list. */
export const MAX_CANDIDATES = 1000;
