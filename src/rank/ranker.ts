import type { EpochMs } from '../core/ids.ts';
import type { Candidate, Contribution } from '../core/item.ts';
import type { Profile } from '../core/profile.ts';
import type { Steps } from '../core/steps.ts';
import type { Salt } from '../core/tokens.ts';
import type { Wishes } from '../core/wishes.ts';
import type { FindArtefacts } from './candidate.ts';

/** All a ranker may look at besides the candidates. */
export interface RankContext {
  readonly profile: Profile;
  readonly wishes: Wishes;
  readonly salt: Salt;
  readonly now: EpochMs;
  readonly findArtefacts: FindArtefacts;
}

/** What every ranker promises. */
export interface Ranker {
  /** Name and version, e.g. "linear@2"; goes with every slate. */
  readonly id: string;
  /**
   * Works candidate by candidate.
   * @returns scores, shape [n], in candidate order; higher is better, comparable within this call; never NaN.
   *   Without history and wishes they fall with the position: the shop's order.
   */
  score(context: RankContext, candidates: readonly Candidate[]): Steps<Float64Array>;
  /**
   * @returns the parts of one candidate's score; they add up to it. Each but the first is the score minus the score
   *   with that group of features as it would be without history, the rest held. Parts that are 0 are left out.
   */
  explain(context: RankContext, candidates: readonly Candidate[], index: number): Contribution[];
  /** Scores as they would be if the device knew nothing of this group. @param group a contribution's `feature` */
  scoreWithout(context: RankContext, candidates: readonly Candidate[], group: string): Float64Array;
}

/** Whether there is anything to go by. Having seen lists without touching anything is nothing. */
export function hasHistory({ steps, sizes, queries }: Profile): boolean {
  return steps > 0 || sizes.size > 0 || queries.length > 0;
}
