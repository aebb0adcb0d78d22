import type { Candidate } from '../core/item.ts';
import type { OwnLists } from './own-lists.ts';
import { parseCandidates } from './parse-input.ts';
import type { RankInput } from './reshelf-api.ts';

/**
 * For lists that your own code renders, as `reshelf/react`, `reshelf/vue` and `reshelf/svelte` do. Mark such a list
 * with `data-reshelf-list="own"`: it is read, for clicks and views, and never moved. Orders are ids, best first.
 */
export interface OwnOrder {
  /** Whether lists are personal now: `false` without a grant, after `undo()`, and while the shopper's own sort holds. */
  isOn(): boolean;
  /**
   * The order that this page knows without asking: as shown before in this view (on a reload and on the way
   * back: in this visit), else by derived weights.
   * @returns `undefined` where nothing is known, and where lists are not personal
   * @throws ReshelfError `rank/bad-input` on more than 1,000 products, a missing id or an id twice
   */
  now(products: readonly RankInput[]): readonly string[] | undefined;
  /** The same, by the ranker. Rejects on bad input only; on any other failure, and where lists are not personal: `undefined`. */
  ask(products: readonly RankInput[]): Promise<readonly string[] | undefined>;
  /** Remembers the order that the shopper sees: `now` and `ask` give it again for the same products. */
  keep(ids: readonly string[]): void;
  /** Calls back whenever `isOn` may have changed. @returns ends it */
  subscribe(changed: () => void): () => void;
}

interface OwnOrderParts {
  /** The work on the page, while there is any. */
  readonly own: () => OwnLists | undefined;
  /** Asks the worker. */
  readonly rank: (candidates: readonly Candidate[]) => Promise<readonly string[]>;
  /** Reads the page's lists anew, for clicks and views in what is new there. */
  readonly look: () => void;
  readonly report: (error: unknown) => void;
}

/** @returns the interface, and what tells its subscribers */
export function createOwnOrder({ own, rank, look, report }: OwnOrderParts): {
  api: OwnOrder;
  changed: () => void;
} {
  const listeners = new Set<() => void>();
  const isOn = () => own()?.isOn() === true;
  return {
    changed() {
      for (const listener of listeners)
        try {
          listener();
        } catch (error) {
          report(error);
        }
    },
    api: {
      isOn,
      now: (products) => (isOn() ? own()?.now(parseCandidates(products)) : undefined),
      async ask(products) {
        const candidates = parseCandidates(products);
        if (!isOn()) return undefined;
        try {
          return own()?.shownBefore(candidates) ?? (await rank(candidates));
        } catch (error) {
          report(error);
          return undefined;
        }
      },
      keep(ids) {
        own()?.keep(ids);
        look();
      },
      subscribe(changed) {
        listeners.add(changed);
        return () => listeners.delete(changed);
      },
    },
  };
}
