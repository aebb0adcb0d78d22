import {
  BOOT_LETTERS,
  BOOT_NUMBERS,
  BOOT_STEPS,
  BOOT_VERSION,
  BOOT_ZERO,
  type BootNumbers,
  bootLabel,
} from '../core/boot-weights.ts';
import { asItemId, type ItemId } from '../core/ids.ts';
import { itemHash } from '../core/item-hash.ts';
import { decay, type Evidence, INTEREST_HALF_LIFE_MS } from '../core/profile.ts';
import type { RankCandidate } from './candidate.ts';
import { DEFAULT_MODEL } from './default-model.ts';
import { COLUMN, columnsOf, FEATURE_COUNT, type FeatureName } from './feature-specs.ts';
import { fillFeatures, shortnessOf } from './features.ts';
import { type Model, scoreRows } from './model.ts';
import { ATTENTION, type Prepared, prepare } from './prepare.ts';
import { hasHistory, type RankContext } from './ranker.ts';
import { forEachNeighbour, LIFT_STEPS, MAX_LIFT, NEIGHBOUR_BYTES, NO_LIFT } from './shard.ts';

/** Characters that the weights may take of the snapshot's 4 kB; the rest is for orders. */
const MAX_LENGTH = 2600;
/** The rows of so many items touched last say which others go with them. */
const NEIGHBOUR_HISTORY = 25;
/** Recent items whose titles and labels are looked at. */
const RECENT = 12;
const MOST = (BOOT_ZERO - 1) / BOOT_STEPS;
const WISHED = MOST / 2;
/** A title's word is rarer than this share of a list on average: the mean of what `rarityOf` gives. */
const MEAN_RARITY = 0.75;
/** Root of the words of a title of usual length. */
const MEAN_TITLE_ROOT = 2;

type Table = Map<number, number>;

/**
 * What the ranker would say, as weights that can be added up at once: products by what was done with them and by what
 * goes with them, labels and words by likeness and taste, the list's own order. No event, time or name is in it.
 * @returns the text that `scoreEarly` reads, or `undefined` while nothing is known of the visitor
 */
export function makeBootWeights(context: RankContext, model: Model): string | undefined {
  const { profile, wishes, salt, now } = context;
  if (!hasHistory(profile)) return undefined;
  const prepared = prepare(profile, now);
  const slope = slopesOf(model, prepared);
  const always: Table = new Map();
  const short: Table = new Map();
  const fresh: Table = new Map();
  putItems(context, prepared, model, { always, short, fresh });
  putLabels(prepared, slope, always);
  for (const label of wishes.favourites) add(always, bootLabel('c', label), WISHED);
  for (const label of wishes.favourites) add(always, bootLabel('b', label), WISHED);
  for (const label of wishes.muted) add(always, bootLabel('c', label), -MOST);
  for (const label of wishes.muted) add(always, bootLabel('b', label), -MOST);
  const words = wordsOf(prepared, slope, always);
  const numbers = numbersOf(prepared, slope);
  const head = [
    BOOT_VERSION,
    salt.join(),
    BOOT_NUMBERS.map((name) => Number(numbers[name].toPrecision(4))).join(),
  ].join('|');
  return `${head}|${fit([always, short, fresh, words], MAX_LENGTH - head.length - 4)}`;
}

/** What one more of a feature adds to a score, near a product nothing is known of in the middle of a list. */
function slopesOf(model: Model, { confidence }: Prepared): (name: FeatureName) => number {
  const base = new Float64Array(FEATURE_COUNT);
  base[COLUMN['order.log.fresh']] = -1;
  base[COLUMN['order.log.unsure']] = confidence - 1;
  base[COLUMN['order.linear']] = -0.5;
  const from = scoreRows(model, base, 1)[0] ?? 0;
  return (name) => {
    const moved = base.slice();
    moved[COLUMN[name]] = (moved[COLUMN[name]] ?? 0) + 1;
    return (scoreRows(model, moved, 1)[0] ?? 0) - from;
  };
}

const SHORT_COLUMNS = [
  COLUMN['viewed.last.short'],
  COLUMN['viewed.open.short'],
  COLUMN['viewed.keeps.short'],
];
const FRESH_COLUMNS = [COLUMN['viewed.fresh'], COLUMN['viewed.recency.fresh']];
const ALWAYS_COLUMNS = ['viewed', 'bought', 'together', 'passed']
  .flatMap(columnsOf)
  .filter((column) => !SHORT_COLUMNS.includes(column) && !FRESH_COLUMNS.includes(column));

/** Products met, and those that the shop's tables put beside them: what the model makes of their own features. */
function putItems(
  { profile, findArtefacts }: RankContext,
  prepared: Prepared,
  model: Model,
  tables: Readonly<Record<'always' | 'short' | 'fresh', Table>>,
): void {
  const rows = new Map<number, { id: ItemId; bytes: number[] }>();
  for (const id of profile.items.keys()) rows.set(itemHash(id), { id, bytes: [] });
  for (const { itemId } of prepared.recent.slice(0, NEIGHBOUR_HISTORY)) {
    const own = itemHash(itemId);
    forEachNeighbour(findArtefacts(itemId)?.neighbours ?? new Uint8Array(), (hash, together) => {
      const row = rows.get(hash) ?? { id: asItemId(''), bytes: [] };
      rows.set(hash, row);
      // going together is mutual, so the row of one tells the row of the other
      const lift = NO_LIFT + Math.round((together / MAX_LIFT) * LIFT_STEPS);
      row.bytes.push(own & 255, (own >>> 8) & 255, own >>> 16, lift, NO_LIFT);
    });
  }
  const candidates = [...rows.values()].map(
    ({ id, bytes }): RankCandidate => ({
      id,
      position: 0,
      categories: [],
      brand: undefined,
      colour: undefined,
      sizes: [],
      priceLevel: undefined,
      tokens: [],
      artefacts:
        bytes.length < NEIGHBOUR_BYTES
          ? undefined
          : { neighbours: Uint8Array.from(bytes), vector: new Int8Array() },
    }),
  );
  const zero = scoreRows(model, new Float64Array(FEATURE_COUNT), 1)[0] ?? 0;
  function write(table: Table, listed: readonly RankCandidate[], columns: readonly number[], scale: number) {
    const features = new Float64Array(listed.length * FEATURE_COUNT);
    fillFeatures(prepared, listed, features);
    listed.forEach((candidate, row) => {
      const only = new Float64Array(FEATURE_COUNT);
      for (const column of columns) only[column] = (features[row * FEATURE_COUNT + column] ?? 0) / scale;
      add(table, hashOf.get(candidate) ?? -1, (scoreRows(model, only, 1)[0] ?? 0) - zero);
    });
  }
  const hashes = [...rows.keys()];
  const hashOf = new Map(candidates.map((candidate, at) => [candidate, hashes[at] ?? -1]));
  write(tables.always, candidates, ALWAYS_COLUMNS, 1);
  write(tables.short, candidates, SHORT_COLUMNS, shortnessOf(candidates.length));
  const others = candidates.filter(({ id }) => id !== profile.lastItemId);
  write(tables.fresh, others, FRESH_COLUMNS, 1);
}

/** Labels by likeness to what was touched lately and by their share of interest. */
function putLabels({ profile, recent }: Prepared, slope: (name: FeatureName) => number, always: Table): void {
  const share = ({ weight, at }: Evidence) =>
    (weight * decay(profile.lastAt - at, INTEREST_HALF_LIFE_MS)) / (profile.weight + 3);
  const visitShare = ({ visit, inVisit }: Evidence) =>
    visit === profile.visit ? inVisit / (profile.visitSteps + 2) : 0;
  for (const [kind, values, name] of [
    ['c', profile.categories, 'category'],
    ['b', profile.brands, 'brand'],
  ] as const)
    for (const [label, evidence] of values)
      add(
        always,
        bootLabel(kind, label),
        slope(`${name}.long`) * share(evidence) + slope(`${name}.visit`) * visitShare(evidence),
      );
  const lately = recent.slice(0, RECENT).map((item, rank) => {
    const { itemId, category, brand, colour, priceLevel } = item;
    const labels = [
      ...(category === undefined ? [] : [bootLabel('c', category)]),
      ...(brand === undefined ? [] : [bootLabel('b', brand)]),
    ];
    const known = [category, brand, colour, priceLevel].filter((value) => value !== undefined).length;
    return { itemId, labels, rank, part: known === 0 ? 0 : 1 / known };
  });
  const total = lately.reduce((sum, { rank }) => sum + ATTENTION ** rank, 0.5);
  const attended = new Map<number, number>();
  const most = new Map<number, number>();
  for (const { labels, rank, part } of lately)
    for (const label of labels) {
      if (rank === 0) add(always, label, slope('alike.last') * part);
      add(attended, label, part * ATTENTION ** rank);
      most.set(label, Math.max(most.get(label) ?? 0, part));
    }
  for (const [label, part] of most) add(always, label, slope('alike.max') * part);
  for (const [label, sum] of attended) add(always, label, (slope('alike.attention') * sum) / total);
  // nothing is like itself: what its own labels gave an item is taken back
  for (const { itemId, labels, rank, part } of lately) {
    const weight = ATTENTION ** rank;
    const all = labels.reduce((sum, label) => sum + (attended.get(label) ?? 0), 0);
    const others = all - weight * part * labels.length;
    const isOnly = (label: number) => lately.every((one) => one.rank === rank || !one.labels.includes(label));
    add(
      always,
      itemHash(itemId),
      slope('alike.attention') * (others / (total - weight) - all / total) -
        slope('alike.max') * part * labels.filter(isOnly).length -
        (rank === 0 ? slope('alike.last') : 0),
    );
  }
}

/** Words by likeness to the titles touched lately and by how often they were met. */
function wordsOf(
  { profile, recent, now, queryTokens }: Prepared,
  slope: (name: FeatureName) => number,
  always: Table,
): Table {
  const like = new Map<number, number>();
  recent.slice(0, RECENT).forEach(({ itemId, titleTokens = [], visit }, rank) => {
    if (titleTokens.length === 0) return;
    const weight =
      (rank === 0 ? slope('title.last') : 0) +
      slope('title.attention') * ATTENTION ** rank +
      (rank < 5 ? slope('title.max5') / 3 : 0) +
      slope(visit === profile.visit ? 'title.maxVisit' : 'title.maxEarlier') / (2 + rank);
    // a cosine shares its weight among the words of both titles: `scoreEarly` divides by those of one
    const own = (weight * MEAN_TITLE_ROOT) / Math.sqrt(titleTokens.length);
    for (const token of titleTokens) like.set(token, (like.get(token) ?? 0) + own);
    add(always, itemHash(itemId), -own); // nothing is like itself
  });
  const words: Table = new Map();
  for (const [token, evidence] of profile.words) {
    const aged = evidence.weight * decay(now - evidence.at, INTEREST_HALF_LIFE_MS);
    const long = slope('words.long') * Math.log1p(aged);
    const visit = evidence.visit === profile.visit ? slope('words.visit') * Math.log1p(evidence.inVisit) : 0;
    const visits = (slope('words.visits') * evidence.visits) / (profile.visit + 2);
    add(words, token & 0xffffff, MEAN_RARITY * (long + visit + visits) + (like.get(token) ?? 0));
  }
  for (const token of queryTokens) add(words, token & 0xffffff, MEAN_RARITY * slope('search.words'));
  return words;
}

function numbersOf({ profile, confidence }: Prepared, slope: (name: FeatureName) => number): BootNumbers {
  // a model that has tables may leave the order to popularity, which a snapshot does not hold
  const order = (name: FeatureName) => Math.max(slope(name), DEFAULT_MODEL.weights[COLUMN[name]] ?? 0);
  const unsure = order('order.log.unsure') * (1 - confidence);
  return {
    logFresh: order('order.log.fresh') + unsure,
    logKnown: order('order.log.known') + unsure,
    first: order('order.first'),
    lastItem: profile.lastItemId === null ? -1 : itemHash(profile.lastItemId),
  };
}

/** The entries that matter most, as many as there is room for, table by table. */
function fit(tables: readonly Table[], length: number): string {
  const entries = tables
    .flatMap((table, index) => [...table].map(([hash, weight]) => ({ index, hash, step: toStep(weight) })))
    .filter(({ step }) => step !== 0)
    .sort((a, b) => Math.abs(b.step) - Math.abs(a.step) || a.hash - b.hash)
    .slice(0, Math.floor(length / 6));
  return tables
    .map((_, index) =>
      entries
        .filter((entry) => entry.index === index)
        .map(({ hash, step }) => letters(hash, 4) + letters(step + BOOT_ZERO, 2))
        .join(''),
    )
    .join('|');
}

const toStep = (weight: number): number => Math.round(Math.max(-MOST, Math.min(MOST, weight)) * BOOT_STEPS);

function letters(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 64))
    text = (BOOT_LETTERS[rest % 64] ?? '') + text;
  return text;
}

function add(table: Table, hash: number, weight: number): void {
  table.set(hash, (table.get(hash) ?? 0) + weight);
}
