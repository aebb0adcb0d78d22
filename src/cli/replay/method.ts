import type { ShopEvent, ShopList } from '../records/shop-data.ts';
import type { Train } from '../records/train.ts';

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

/** What the person at the terminal may set of the methods. */
export interface MethodSettings {
  /** `--model`: weights for Reshelf's own ranker, in place of those that `train` gives. */
  readonly modelFile: string | undefined;
  readonly tell: (text: string) => void;
}

/** One row of the table: how a method learns, and how it is called. */
export interface Method {
  /** The name in `--methods` and in the JSON. */
  readonly name: string;
  /** Takes part in the choice of the best order that is not personal. */
  readonly isNonPersonal?: true;
  fit(train: Train, settings: MethodSettings): Promise<Fitted>;
}
