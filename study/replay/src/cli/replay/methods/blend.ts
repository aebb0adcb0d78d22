import { type Choice, fitConditionalLogit } from '../conditional-logit.ts';
import type { Method, Train } from '../method.ts';
import { createSeeded } from '../seeded.ts';
import type { SessionIndex } from '../session-index.ts';
import { createListMaker, type TrainList } from '../train-lists.ts';
import { ALL_ALIKE, LATEST, RECENT, sharesOf } from './popularity.ts';

/** Popularity is counted on this first part of train, the weights are fitted on what came after it. */
const COUNTED_SHARE = 0.75;
const MAX_LISTS = 8000;
const PER_SESSION = 4;
const WIDTH = 7;

/**
 * The best order that is not personal, fitted: the shop's place and popularity (all of train, recent, latest), mixed
 * by a conditional logit. As in the split, the popularity it is fitted with ends before the lists it is fitted on.
 */
export const blend: Method = {
  name: 'blend',
  isNonPersonal: true,
  async fit(train) {
    const index = await train.index();
    const weights = fitConditionalLogit(await gatherChoices(train, index), WIDTH);
    const describe = createFeatures(index, train.catalogue.products.length, index.sessions);
    return {
      open: () => ({
        score({ items }) {
          const rows = describe(items);
          return items.map((_, at) =>
            weights.reduce((sum, w, j) => sum + w * (rows[at * WIDTH + j] ?? 0), 0),
          );
        },
      }),
    };
  },
};

async function gatherChoices(train: Train, index: SessionIndex): Promise<Choice[]> {
  const { catalogue, listStyle } = train;
  const until = Math.max(1, Math.floor(COUNTED_SHARE * index.sessions));
  const shares = sharesOf(index, catalogue.products.length, ALL_ALIKE, until);
  const makeList = createListMaker(catalogue, listStyle, (item) => shares[item] ?? 0);
  const describe = createFeatures(index, catalogue.products.length, until);
  const next = createSeeded(3);
  const kept: TrainList[] = [];
  let met = 0;
  for await (const { index: session, events } of train.sessions()) {
    if (session < until) continue;
    const products = events.filter(({ kind }) => kind !== 'search').slice(1); // no task before the first event
    const lists = products.flatMap((event) => makeList(event) ?? []);
    for (const list of drawn(lists, PER_SESSION, next)) {
      // every list of train ends up among the kept ones with the same chance (Vitter's algorithm R)
      met += 1;
      const place = kept.length < MAX_LISTS ? kept.length : Math.floor(next() * met);
      if (place < MAX_LISTS) kept[place] = list;
    }
  }
  return kept.map(({ items, target }) => ({ rows: describe(items), target }));
}

function drawn<T>(values: T[], most: number, next: () => number): T[] {
  while (values.length > most) values.splice(Math.floor(next() * values.length), 1);
  return values;
}

/** Rows of place and popularity, each on a scale on which a straight line is a fair guess. */
function createFeatures(
  index: SessionIndex,
  products: number,
  until: number,
): (items: readonly number[]) => Float32Array {
  const all = sharesOf(index, products, ALL_ALIKE, until);
  const recent = sharesOf(index, products, RECENT, until);
  const latest = sharesOf(index, products, LATEST, until);
  const scale = (share: number | undefined) => Math.log1p(10_000 * (share ?? 0));
  return (items) => {
    const rows = new Float32Array(items.length * WIDTH);
    items.forEach((item, place) => {
      const features = [
        Math.log1p(place),
        place / items.length,
        place === 0 ? 1 : 0,
        scale(all[item]),
        scale(recent[item]),
        scale(latest[item]),
        (all[item] ?? 0) === 0 ? 1 : 0,
      ];
      rows.set(features, place * WIDTH);
    });
    return rows;
  };
}
