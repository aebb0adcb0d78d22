import type { Candidate } from '../core/item.ts';
import { itemHash } from '../core/item-hash.ts';
import { VISIT_GAP_MINUTES } from '../core/order-snapshot.ts';
import { hasAll } from '../core/shown-order.ts';
import type { SnapshotKeeper } from './snapshot-keeper.ts';

/** What a page that renders its own lists may ask while there is a grant. Orders are ids, best first. */
export interface OwnLists {
  isOn(): boolean;
  now(candidates: readonly Candidate[]): readonly string[] | undefined;
  /** The order in which these very products were shown: in this view, and on a reload or a way back to it in an earlier one. */
  shownBefore(candidates: readonly Candidate[]): readonly string[] | undefined;
  keep(ids: readonly string[]): void;
  /** The page shows another address. @param isBack whether it was open before */
  arrive(isBack: boolean): void;
}

/** What the work on the page gives for them. */
export interface OwnListsParts {
  readonly snapshots: SnapshotKeeper;
  /** Whether the shopper chose an order for this page. */
  readonly isSorted: () => boolean;
  /** Ids as they stood in a remembered order; both load with the work on the page. */
  readonly asShown: (shown: string, candidates: readonly Candidate[]) => readonly string[];
  /** Ids, best first. */
  readonly byWeights: (weights: string, candidates: readonly Candidate[]) => readonly string[];
}

/** @param isLimited whether products may move only so far, a limit that only the worker holds: weights alone order nothing */
export function createOwnLists(
  { snapshots, isSorted, asShown, byWeights }: OwnListsParts,
  isLimited: boolean,
): OwnLists {
  /** Lists that were shown since this view began, by their keys. */
  const here = new Set<number>();
  let isReturn = performance.navigation.type > 0; // as in `shownBefore`: 0 is a link
  function shownBefore(candidates: readonly Candidate[]): readonly string[] | undefined {
    const key = keyOf(candidates.map(({ id }) => id));
    if (!isReturn && !here.has(key)) return undefined; // a new view may know better
    const oldest = Date.now() / 60_000 - VISIT_GAP_MINUTES;
    const known = snapshots.read().orders.find((order) => order.key === key && order.at > oldest);
    return known && hasAll(known.shown, candidates) ? asShown(known.shown, candidates) : undefined;
  }
  return {
    isOn: () => !isSorted(),
    shownBefore,
    now(candidates) {
      const { weights } = snapshots.read();
      const before = shownBefore(candidates);
      if (before !== undefined || weights === undefined || isLimited) return before;
      return byWeights(weights, candidates);
    },
    arrive(isBack) {
      isReturn = isBack;
      here.clear();
    },
    keep(ids) {
      here.add(keyOf(ids));
      snapshots.remember(keyOf(ids), ids);
    },
  };
}

/** A list is known by its products, wherever it stands. */
const keyOf = (ids: readonly string[]): number => itemHash(ids.map(itemHash).sort().join());

/** Tells of another address on the same page, where the browser has the Navigation API; elsewhere all of a page is one view. */
export function onArrival(arrived: (isBack: boolean) => void, signal: AbortSignal): void {
  const { navigation } = window as { navigation?: EventTarget };
  let known = location.pathname + location.search;
  const look = (event: Event & { readonly navigationType?: string }) => {
    const now = location.pathname + location.search;
    if (now === known) return;
    known = now;
    arrived(event.navigationType === 'traverse');
  };
  navigation?.addEventListener('currententrychange', look, { signal });
}
