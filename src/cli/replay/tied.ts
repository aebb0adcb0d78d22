import type { SessionIndex } from '../records/session-index.ts';

/** Far below any difference between two scores that is meant, far above rounding. */
const TINY = 1e-9;

/**
 * Products of the same score in the order of popularity. Neighbourhood methods know nothing of most products of a
 * list; the reference figures rank those by popularity, and on lists without a good order of their own so should we.
 */
export function popularFirstOnTies(
  items: readonly number[],
  scoreOf: (item: number) => number,
  index: SessionIndex,
): number[] {
  return items.map((item) => scoreOf(item) + TINY * index.sessionsWith(item).length);
}
