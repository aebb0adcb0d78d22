import type { SessionIndex } from '../../records/session-index.ts';
import type { Method } from '../method.ts';
import { createNeighbourFinder } from '../neighbours.ts';
import { popularFirstOnTies } from '../tied.ts';

const DAY_MS = 86_400_000;

interface Settings {
  readonly neighbours: number;
  /** What the product at `place` (1-based) of the current session's `length` events counts for. */
  readonly weightOf: (place: number, length: number) => number;
  /** What a session of train counts for by its age at the time of asking, in days. */
  readonly ageWeight: (ageDays: number) => number;
  /** What a product of a neighbour counts for by its distance from the last shared product there. */
  readonly distanceWeight: (distance: number) => number;
  /** Rare products count for more. */
  readonly isInverseFrequency: boolean;
  /** Products of the current session are not recommended again. */
  readonly leavesOutMet: boolean;
}

function sessionNeighbours(name: string, settings: Settings): Method {
  return {
    name,
    async fit(train) {
      const index = await train.index();
      const finder = createNeighbourFinder(index);
      const sums = new Float64Array(train.catalogue.products.length);
      return {
        open: (history) => ({
          score({ items }, nowMs) {
            const places = placesOf(history.events.slice(history.sessionStart));
            const length = history.events.length - history.sessionStart;
            const weights = new Map<number, number>();
            for (const [item, place] of places) weights.set(item, settings.weightOf(place, length));
            const norm = Math.hypot(...weights.values());
            const touched: Int32Array[] = [];
            finder.find(
              weights,
              settings.neighbours,
              (session, shared) =>
                (shared / (norm * Math.sqrt(index.itemsOf(session).length))) *
                settings.ageWeight((nowMs - index.startMs(session)) / DAY_MS),
              (session, similarity) => {
                touched.push(index.itemsOf(session));
                addNeighbour(sums, index, session, similarity, places, settings);
              },
            );
            const scores = popularFirstOnTies(items, (item) => sums[item] ?? 0, index);
            for (const neighbour of touched) for (const item of neighbour) sums[item] = 0;
            return scores;
          },
        }),
      };
    },
  };
}

/** The last place of each product, 1-based. */
function placesOf(events: readonly { readonly item: number }[]): Map<number, number> {
  const places = new Map<number, number>();
  events.forEach(({ item }, at) => {
    places.set(item, at + 1);
  });
  return places;
}

function addNeighbour(
  sums: Float64Array,
  index: SessionIndex,
  session: number,
  similarity: number,
  places: ReadonlyMap<number, number>,
  { distanceWeight, isInverseFrequency, leavesOutMet }: Settings,
): void {
  const items = index.itemsOf(session);
  let anchor = 0;
  let latest = 0;
  items.forEach((item, at) => {
    const place = places.get(item) ?? 0;
    if (place <= latest) return;
    latest = place;
    anchor = at;
  });
  items.forEach((item, at) => {
    if (leavesOutMet && places.has(item)) return;
    const rarity = isInverseFrequency ? Math.log(index.sessions / index.sessionsWith(item).length) : 1;
    sums[item] = (sums[item] ?? 0) + similarity * rarity * distanceWeight(Math.abs(at - anchor));
  });
}

/**
 * V-SKNN: the sessions most like the current one, whose later products count for more, by rarity
 * (Ludewig and Jannach 2018, arXiv:1803.09587, section 3.4.2).
 */
export const vSknn = sessionNeighbours('v-sknn', {
  neighbours: 200,
  weightOf: (place, length) => place / length,
  ageWeight: () => 1,
  distanceWeight: () => 1,
  isInverseFrequency: true,
  leavesOutMet: false,
});

/**
 * STAN: session neighbours that fade by place in the session, by age and by distance to the shared product
 * (Garg et al. 2019, doi:10.1145/3331184.3331322, equations 2 to 4).
 */
export const stan = sessionNeighbours('stan', {
  neighbours: 100,
  weightOf: (place, length) => Math.exp((place - length) / 3),
  ageWeight: (ageDays) => Math.exp(-Math.max(0, ageDays) / 60),
  distanceWeight: (distance) => Math.exp(-distance / 20),
  isInverseFrequency: false,
  leavesOutMet: true,
});
