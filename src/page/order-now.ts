import type { Candidate } from '../core/item.ts';
import { type OrderSnapshot, shortHash, VISIT_GAP_MINUTES } from '../core/order-snapshot.ts';
import type { ReadPlace } from './read-places.ts';

/**
 * Scores by derived weights, synchronously.
 * @returns one score per candidate, higher is better; `undefined` where the weights are not of this release
 */
export type ScoreNow = (weights: string, candidates: readonly Candidate[]) => Float64Array | undefined;

/** The key under which the order of a list is remembered: nobody can read from it which list it was. */
export const orderKey = (list: string, place: number): string =>
  shortHash(location.pathname + location.search + list + place);

/**
 * The order in which a list should stand now, from the snapshot alone: on a reload and on the way back the one that
 * was shown in this visit, else by the weights, else the one that the last visit of this list left for the next.
 * @returns ids, best first; `undefined` where nothing is known
 */
export function orderNow(
  places: readonly ReadPlace[],
  key: string,
  snapshot: OrderSnapshot,
  score: ScoreNow,
): string[] | undefined {
  const known = snapshot.orders.find((order) => order.key === key);
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const isShown = known && entry?.type !== 'navigate' && Date.now() / 60_000 - known.at < VISIT_GAP_MINUTES;
  const candidates = places.flatMap(({ candidate }) => candidate ?? []);
  const scores = isShown || !snapshot.weights ? undefined : score(snapshot.weights, candidates);
  if (scores)
    return candidates
      .map((_, i) => i)
      .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
      .map((i) => candidates[i]?.id ?? '');
  const ids = new Map(candidates.map(({ id }) => [shortHash(id), id]));
  return (isShown ? known.shown : (known?.next ?? known?.shown))
    ?.split(' ')
    .flatMap((hash) => ids.get(hash) ?? []);
}
