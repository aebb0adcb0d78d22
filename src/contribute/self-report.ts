import type { Profile } from '../core/profile.ts';
import type { TrainingList } from '../learn/training-list.ts';
import { styleBucket } from '../wire/styles.ts';
import { TALLY_ENTRIES } from '../wire/tallies.ts';

/** The bucket of popular styles that a profile is in. */
export function styleOf(buckets: readonly string[], profile: Profile): number {
  const segment = [...profile.items.values()].some(({ purchases }) => purchases > 0) ? 'buys' : 'looks';
  const liked = [...profile.categories]
    .sort(([, a], [, b]) => b.weight - a.weight)
    .map(([category]) => category.slice(category.lastIndexOf('>') + 1).trim());
  return styleBucket(buckets, segment, liked);
}

/** Lists that a judgement of a profile takes, and the share of quality by which the newer half may fall. */
const LEAST_LISTS = 8;
const MOST_FALL = 0.25;

/** What was counted on the page, by code, since the grant. */
export type Troubles = Readonly<Record<string, number>>;

const STOOD_DOWN = /^list\/(?!contested$)/;
const FAILED = /^(worker|store|page|artefact|model|contribute)\//;

/**
 * How the shop fares on this device: yes or no, no numbers.
 * @param quality mean reciprocal rank of what was chosen, by this device's ranker; NaN without lists
 * @returns shape of `TALLY_ENTRIES.health`
 */
export function tallyHealth(
  lists: readonly TrainingList[],
  quality: (lists: readonly TrainingList[]) => number,
  troubles: Troubles,
): number[] {
  const half = Math.floor(lists.length / 2);
  const isJudged = lists.length >= LEAST_LISTS;
  const met = (codes: RegExp): boolean =>
    Object.entries(troubles).some(([code, n]) => n > 0 && codes.test(code));
  const said: Readonly<Record<(typeof TALLY_ENTRIES.health)[number], boolean>> = {
    replayed: isJudged,
    drifted: isJudged && quality(lists.slice(half)) < (1 - MOST_FALL) * quality(lists.slice(0, half)),
    stoodDown: met(STOOD_DOWN),
    contested: met(/^list\/contested$/),
    failed: met(FAILED),
  };
  return TALLY_ENTRIES.health.map((entry) => (said[entry] ? 1 : 0));
}
