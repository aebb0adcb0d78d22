import { train } from '../../../learn/train.ts';
import type { TrainingList } from '../../../learn/training-list.ts';
import { scoreRows } from '../../../rank/model.ts';
import { seededRandom } from '../../../rank/random.ts';
import type { SessionIndex } from '../../records/session-index.ts';
import type { Train } from '../../records/train.ts';
import { createListMaker } from '../../records/train-lists.ts';
import type { Method } from '../method.ts';
import { ALL_ALIKE, LATEST, RECENT, sharesOf } from './popularity.ts';
import { shopOrder } from './shop-order.ts';

/** Popularity is counted on this first part of train, the weights are fitted on what came after it. */
const COUNTED_SHARE = 0.75;
const MAX_LISTS = 8000;
const PER_SESSION = 4;
const FEATURES = [
  'place.log',
  'place.share',
  'place.first',
  'sold.all',
  'sold.recent',
  'sold.latest',
  'sold.never',
];

/**
 * The best order that is not personal, fitted as hard as ours and by the same trainer: the shop's place and popularity
 * over three spans. As in the split, the popularity it is fitted with ends before the lists it is fitted on.
 */
export const fittedOrder: Method = {
  name: 'fitted-order',
  isNonPersonal: true,
  async fit(records, settings) {
    const index = await records.index();
    const products = records.catalogue.products.length;
    const lists = await gatherLists(records, index);
    if (new Set(lists.map(({ session }) => session)).size < 2) return shopOrder.fit(records, settings);
    const { model } = await train(lists, {
      id: 'order@1',
      features: FEATURES,
      priors: FEATURES.map(() => ({ sign: 0, prior: 0 })),
      pull: 1,
    });
    const toRows = createFeatures(index, products, index.sessions);
    return { open: () => ({ score: ({ items }) => scoreRows(model, toRows(items), items.length) }) };
  },
};

async function gatherLists(records: Train, index: SessionIndex): Promise<TrainingList[]> {
  const { catalogue, listStyle } = records;
  const until = Math.max(1, Math.floor(COUNTED_SHARE * index.sessions));
  const shares = sharesOf(index, catalogue.products.length, ALL_ALIKE, until);
  const { make } = createListMaker(catalogue, listStyle);
  const toRows = createFeatures(index, catalogue.products.length, until);
  const next = seededRandom(3);
  const kept: TrainingList[] = [];
  let met = 0;
  for await (const { index: session, id, events } of records.sessions()) {
    if (session < until) continue;
    const products = events.filter(({ kind }) => kind !== 'search').slice(1); // no task before the first event
    const isDisplayed = products.some(({ list }) => list !== undefined);
    const eligible = products.filter(({ list }) => !isDisplayed || list !== undefined);
    while (eligible.length > PER_SESSION) eligible.splice(Math.floor(next() * eligible.length), 1);
    for (const event of eligible) {
      const list = make(event, (item) => shares[item] ?? 0);
      if (list === undefined) continue;
      // every list ends up among the kept ones with the same chance (Vitter's algorithm R)
      met += 1;
      const place = kept.length < MAX_LISTS ? kept.length : Math.floor(next() * met);
      if (place < MAX_LISTS) kept[place] = { session: id, rows: toRows(list.items), chosen: [list.target] };
    }
  }
  return kept;
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
    const rows = new Float32Array(items.length * FEATURES.length);
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
      rows.set(features, place * FEATURES.length);
    });
    return rows;
  };
}
