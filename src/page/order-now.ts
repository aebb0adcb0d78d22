import { type EarlyCandidate, scoreEarly } from '../core/early-score.ts';
import { itemHash } from '../core/item-hash.ts';
import { type OrderSnapshot, VISIT_GAP_MINUTES } from '../core/order-snapshot.ts';

/** The key under which the order of a list is remembered: nobody can read from it which list it was. */
export const orderKey = (list: string, place: number): number =>
  itemHash(location.pathname + location.search + list + place);

/** Ids by derived weights, best first; ties keep their order. */
export function orderBy(weights: string, candidates: readonly EarlyCandidate[]): string[] {
  const scores = scoreEarly(weights, candidates);
  return [...candidates.keys()]
    .sort((a, b) => (scores[b] as number) - (scores[a] as number)) // one each
    .map((place) => (candidates[place] as EarlyCandidate).id);
}

/**
 * The order in which a list should stand now, from the snapshot alone: on a reload and on the way back the one that
 * was shown in this visit, else by the weights.
 * @returns ids, best first; nothing where nothing is known
 */
export function orderNow(
  places: readonly (EarlyCandidate & { readonly isMovable: boolean })[],
  key: number,
  { orders, weights }: OrderSnapshot,
): string[] | '' | undefined {
  const candidates = places.filter(({ isMovable }) => isMovable);
  const known = orders.find((order) => order.key === key);
  if (
    known &&
    Date.now() / 60_000 - known.at < VISIT_GAP_MINUTES &&
    performance.navigation.type // old, known to every browser, and shorter than its successor: 0 is a link
  ) {
    const ids = new Map(candidates.map(({ id }) => [itemHash(id), id]));
    return known.shown.flatMap((hash) => ids.get(hash) ?? []);
  }
  return weights && orderBy(weights, candidates);
}
