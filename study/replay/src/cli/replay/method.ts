import type { SessionIndex } from './session-index.ts';
import type { Catalogue, ShopEvent, TrainSession } from './shop-data.ts';

/** A list as the shop drew it: indexes into `Catalogue.products`, and its own prices where it had them. */
export interface ShopList {
  readonly items: readonly number[];
  /** One per item, in major units; `undefined` where the list or the item has none. */
  readonly prices?: readonly (number | undefined)[];
}

/** How the split's lists look, without their targets: so that lists made from `train` can look alike. */
export interface ListStyle {
  /** The products stand in the order of the catalogue file. */
  readonly isCatalogueOrder: boolean;
  readonly longest: number;
}

/** All that a method may learn from: `train`, and nothing of the split. */
export interface Train {
  readonly catalogue: Catalogue;
  readonly sessionCount: number;
  readonly listStyle: ListStyle;
  /** `--model`, or `undefined` for the package's default. */
  readonly modelFile: string | undefined;
  /** The sessions in time order, read anew at each call: take as many passes as you need. */
  sessions(): AsyncIterable<TrainSession>;
  /** Which session had which products; made once, at the first call. */
  index(): Promise<SessionIndex>;
}

/**
 * What the shopper did before the list was drawn, oldest first, searches left out. The runner appends to `events`
 * just before it calls `observe`.
 */
export interface History {
  readonly events: readonly ShopEvent[];
  /** Index in `events` of the current session's first event; `events.length` before it has one. */
  readonly sessionStart: number;
}

/**
 * One shopper to one method. The runner opens a second one for a context that is cut (`one-event`), so nothing of a
 * shopper may be kept outside of it.
 */
export interface Shopper {
  /** Called for each event in order, searches too; immediate repeats were already collapsed. */
  observe?(event: ShopEvent): void;
  /**
   * One finite score per item of the list, higher is better; ties keep the shop's order.
   * @param nowMs when the list was drawn, as far as is known: the time of the last event before it
   */
  score(list: ShopList, nowMs: number): ArrayLike<number>;
}

/** A method after it has learned from `train`. */
export interface Fitted {
  open(history: History): Shopper;
}

/** One row of the table: how a method learns, and how it is called. */
export interface Method {
  /** The name in `--methods` and in the JSON. */
  readonly name: string;
  /** Takes part in the choice of the best order that is not personal. */
  readonly isNonPersonal?: true;
  fit(train: Train): Promise<Fitted>;
}
