/** The kinds of event a folder may hold. `cart` is not in the three known data sets, but shops have it. */
export const EVENT_KINDS = ['view', 'click', 'cart', 'purchase', 'search'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** One line of `catalog.jsonl`. */
export interface Product {
  readonly id: string;
  readonly category?: string;
  readonly price?: number;
  readonly title?: string;
  readonly colour?: string;
  readonly brand?: string;
}

/** Products by index, in the order of the file; everything else in the replay speaks of products by index. */
export interface Catalogue {
  readonly products: readonly Product[];
  readonly indexOf: ReadonlyMap<string, number>;
}

/** One thing a shopper did. */
export interface ShopEvent {
  readonly kind: EventKind;
  /** Epoch milliseconds. */
  readonly atMs: number;
  /** Index of the product; -1 for a search. */
  readonly item: number;
  /** Number of the session: train counts from 0, the split goes on after it. */
  readonly session: number;
  /** What was searched, filtered or sorted by, and which of these it was, where the log says so. */
  readonly query?: string;
  readonly sub?: string;
  /** The list the event happened on, where the log has it, with its prices. */
  readonly list?: readonly number[];
  readonly prices?: readonly (number | undefined)[];
}

/** One session: immediate repeats of the same product and kind are collapsed, looking past searches. */
export interface TrainSession {
  readonly index: number;
  readonly id: string;
  readonly user: string | undefined;
  readonly events: readonly ShopEvent[];
}

/** One line of `tasks-<split>.jsonl`: which product of `items` comes `k`th (0-based, searches not counted)? */
export interface Task {
  readonly session: string;
  readonly k: number;
  /** Place of the target in `items`. */
  readonly target: number;
  readonly items: readonly number[];
  readonly prices?: readonly (number | undefined)[];
  /** Line in the file of tasks. */
  readonly line: number;
}

/** A list as the shop drew it: indexes into `Catalogue.products`, and its own prices where it had them. */
export interface ShopList {
  readonly items: readonly number[];
  /** One per item, in major units; `undefined` where the list or the item has none. */
  readonly prices?: readonly (number | undefined)[];
}
