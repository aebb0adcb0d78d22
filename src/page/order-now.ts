import type { EarlyCandidate, EarlyScorer } from '../core/early-score.ts';
import { itemHash } from '../core/item-hash.ts';
import { type OrderSnapshot, type RememberedOrder, VISIT_GAP_MINUTES } from '../core/order-snapshot.ts';
import { placeIn } from '../core/shown-order.ts';

/** The key under which the order of a list is remembered: nobody can read from it which list it was. */
export const orderKey = (list: string, place: number): number =>
  itemHash(list + place + location.pathname + location.search);

/** What a list shows again: on a reload and on the way back the order that was shown in this visit. */
export const shownBefore = (key: number, { orders }: OrderSnapshot): RememberedOrder | undefined =>
  orders.find(
    (order) =>
      order.key === key && Date.now() / 60_000 - order.at < VISIT_GAP_MINUTES && performance.navigation.type, // old, known to every browser, and shorter than its successor: 0 is a link
  );

/** Scores by which products stand as they were shown; what was not shown comes after all that was. */
export const asShown =
  (shown: string): EarlyScorer =>
  (candidates) =>
    candidates.map(({ id }) => -placeIn(shown, id));

/** Ids, best first; ties keep their order. */
export function orderBy(score: EarlyScorer, candidates: readonly EarlyCandidate[]): string[] {
  const scores = score(candidates);
  return [...candidates.keys()]
    .sort((a, b) => (scores[b] as number) - (scores[a] as number)) // one each
    .map((place) => (candidates[place] as EarlyCandidate).id);
}
