import type { Candidate } from '../core/item.ts';
import { itemHash } from '../core/item-hash.ts';
import { VISIT_GAP_MINUTES } from '../core/order-snapshot.ts';
import { hasExplicitSort } from './explicit-sort.ts';
import { rankBy, type ScoreNow } from './order-now.ts';
import type { SnapshotKeeper } from './snapshot-keeper.ts';

/** What a page that renders its own lists may ask while there is a grant. Orders are ids, best first. */
export interface OwnLists {
  isOn(): boolean;
  now(candidates: readonly Candidate[]): readonly string[] | undefined;
  /** The order in which these very products were shown last in this visit. */
  shownBefore(candidates: readonly Candidate[]): readonly string[] | undefined;
  keep(ids: readonly string[]): void;
}

interface OwnListsParts {
  readonly snapshots: SnapshotKeeper;
  readonly scoreNow: ScoreNow;
  /** A limit that only the worker holds; with one, nothing is ordered by weights alone. */
  readonly maxShift: number | undefined;
  readonly isLeftAlone: () => boolean;
}

export function createOwnLists({ snapshots, scoreNow, maxShift, isLeftAlone }: OwnListsParts): OwnLists {
  function shownBefore(candidates: readonly Candidate[]): readonly string[] | undefined {
    const byHash = new Map<number, string>(candidates.map(({ id }) => [itemHash(id), id]));
    const key = keyOf(candidates.map(({ id }) => id));
    const oldest = Date.now() / 60_000 - VISIT_GAP_MINUTES;
    const known = snapshots.read().orders.find((order) => order.key === key && order.at > oldest);
    const order = known?.shown.flatMap((hash) => byHash.get(hash) ?? []);
    return order?.length === candidates.length ? order : undefined;
  }
  return {
    isOn: () => !isLeftAlone() && !hasExplicitSort(),
    shownBefore,
    now(candidates) {
      const { weights } = snapshots.read();
      const before = shownBefore(candidates);
      if (before !== undefined || weights === undefined || maxShift !== undefined) return before;
      return rankBy(scoreNow(weights, candidates), candidates);
    },
    keep: (ids) => snapshots.remember(keyOf(ids), ids),
  };
}

/** A list is known by its products, wherever it stands. */
const keyOf = (ids: readonly string[]): number => itemHash(ids.map(itemHash).sort().join());
