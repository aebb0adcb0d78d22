import type { Candidate, RankedItem } from '../core/item.ts';
import { itemHash } from '../core/item-hash.ts';
import { atOnce, type Steps } from '../core/steps.ts';
import { seededRandom } from './random.ts';
import { hasHistory, type RankContext } from './ranker.ts';
import { fillSlate, type SlatePolicy } from './slate.ts';
import { hasWishes } from './wish-scores.ts';

/**
 * The slate for scored candidates. Without history and wishes it is the shop's order, rules and all; the same visit,
 * list and data give the same slate.
 * @param session number of the visit; with the list's products it is the seed of exploration
 */
export function slateSteps(
  context: RankContext,
  candidates: readonly Candidate[],
  scores: Float64Array,
  session: number,
  policy: SlatePolicy,
): Steps<RankedItem[]> {
  const { profile, wishes, findArtefacts } = context;
  const isPersonal = hasHistory(profile) || hasWishes(wishes);
  const hasTables = candidates.some(({ id }) => findArtefacts(id) !== undefined);
  const seed = candidates.reduce((mixed, { id }) => Math.imul(mixed ^ itemHash(id), 0x01000193), session);
  return fillSlate(
    {
      candidates,
      scores,
      interestIn: (category) => profile.categories.get(category)?.weight ?? 0,
      isNew: ({ id }) => hasTables && findArtefacts(id) === undefined,
      isUnseen: ({ id }) => !profile.items.has(id) && !profile.passedOver.has(id),
      random: seededRandom(seed),
    },
    isPersonal ? policy : { ...policy, diversity: 0, explore: false },
  );
}

/** The same at once. */
export const slateOf = (...given: Parameters<typeof slateSteps>): RankedItem[] =>
  atOnce(slateSteps(...given));
