import type { EpochMs } from '../../core/ids.ts';
import type { Profile } from '../../core/profile.ts';
import type { TrainingList } from '../../learn/training-list.ts';
import { type FindArtefacts, type RankCandidate, toRankCandidates } from '../../rank/candidate.ts';
import { FEATURE_COUNT } from '../../rank/feature-specs.ts';
import { fillFeatures } from '../../rank/features.ts';
import { prepare } from '../../rank/prepare.ts';
import { candidatesOf, SALT } from './device.ts';
import type { Catalogue, ShopEvent } from './shop-data.ts';
import type { TrainList } from './train-lists.ts';

/** One list at the moment at which something of it was chosen. */
export interface ListMoment {
  readonly list: TrainList;
  /** Who looked at it; read at once. */
  readonly profile: Profile;
  readonly now: EpochMs;
  /** The session's events before the choice, and the choice. */
  readonly before: readonly ShopEvent[];
  readonly target: ShopEvent;
  readonly find: FindArtefacts;
}

export interface ListRows extends Pick<TrainingList, 'rows' | 'chosen'> {
  /**
   * Shape [n]: the product just touched in the same way (repeats are collapsed) and, where a purchase is asked for, what
   * this session has bought could not have come next.
   */
  readonly masked: Uint8Array;
  /** The shopper had never met what was chosen. */
  readonly isNew: boolean;
}

/** Lists as the worker's features see them. Each product is brought into the ranker's terms once. */
export function createRowMaker(catalogue: Catalogue): (moment: ListMoment) => ListRows {
  const known = new Map<number, RankCandidate>();
  function candidateOf(item: number, price: number | undefined): RankCandidate {
    const kept = price === undefined ? known.get(item) : undefined;
    if (kept !== undefined) return kept;
    const list = { items: [item], ...(price === undefined ? {} : { prices: [price] }) };
    const [candidate] = toRankCandidates(candidatesOf(catalogue, list), SALT, () => undefined);
    if (candidate === undefined) throw new RangeError(`expected a product, got number ${item}`);
    if (price === undefined) known.set(item, candidate);
    return candidate;
  }
  return ({ list: { items, prices, target: chosen }, profile, now, before, target, find }) => {
    const candidates = items.map((item, position): RankCandidate => {
      const candidate = candidateOf(item, prices?.[position]);
      return { ...candidate, position, artefacts: find(candidate.id) };
    });
    const rows = new Float64Array(candidates.length * FEATURE_COUNT);
    fillFeatures(prepare(profile, now), candidates, rows);
    const last = before.findLast(({ kind }) => kind !== 'search');
    const bought = new Set(before.flatMap(({ kind, item }) => (kind === 'purchase' ? [item] : [])));
    const masked = Uint8Array.from(items, (item, at) => {
      const isRepeat = item === last?.item && last.kind === target.kind;
      const isBought = target.kind === 'purchase' && bought.has(item);
      return at !== chosen && (isRepeat || isBought) ? 1 : 0;
    });
    return {
      rows: Float32Array.from(rows),
      chosen: [chosen],
      masked,
      isNew: !profile.items.has((candidates[chosen] as RankCandidate).id), // the list has what was chosen of it
    };
  };
}
