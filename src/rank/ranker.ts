import type { EpochMs } from '../core/ids.ts';
import type { Candidate, Contribution, RankedItem } from '../core/item.ts';
import type { Profile } from '../core/profile.ts';
import type { Salt } from '../core/tokens.ts';

/** All a ranker may look at besides the candidates. */
export interface RankContext {
  readonly profile: Profile;
  readonly salt: Salt;
  readonly now: EpochMs;
}

/** What every ranker promises. */
export interface Ranker {
  /** Name and version, e.g. "linear@1"; goes with every slate. */
  readonly id: string;
  /**
   * @returns scores, shape [n], in candidate order; higher is better, comparable within this call; never NaN.
   *   A profile without evidence gives scores that fall with the position: the shop's order.
   */
  score(context: RankContext, candidates: readonly Candidate[]): Float64Array;
  /** @returns the parts of one candidate's score; they add up to it. Parts that are 0 are left out. */
  explain(context: RankContext, candidates: readonly Candidate[], index: number): Contribution[];
}

/** Best first; equal scores keep the shop's order. */
export function orderByScore(candidates: readonly Candidate[], scores: Float64Array): RankedItem[] {
  return candidates
    .map(({ id, position }, i) => ({ id, position, score: scores[i] ?? 0, propensity: 1 }))
    .sort((a, b) => b.score - a.score || a.position - b.position);
}
