import { BOOT_NUMBERS, BOOT_STEPS, type BootNumbers, bootLabel, bootName } from '../core/boot-weights.ts';
import { itemHash } from '../core/item-hash.ts';
import { decay, type Evidence, INTEREST_HALF_LIFE_MS } from '../core/profile.ts';
import type { RankCandidate } from './candidate.ts';
import { DEFAULT_MODEL } from './default-model.ts';
import { COLUMN, columnsOf, FEATURE_COUNT, type FeatureName } from './feature-specs.ts';
import { fillFeatures, shortnessOf } from './features.ts';
import type { LinearModel } from './model.ts';
import { ATTENTION, type Prepared, prepare } from './prepare.ts';
import { hasHistory, type RankContext } from './ranker.ts';

/** Characters that the weights may take of the snapshot's 4 kB; the rest is for orders. */
const MAX_LENGTH = 2600;
/** Recent items whose titles and labels are looked at. */
const RECENT = 12;
/** Nothing weighs more. */
const MOST = 64;
const WISHED = MOST / 2;
/** A title's word is rarer than this share of a list on average: the mean of what `rarityOf` gives. */
const MEAN_RARITY = 0.75;
/** Root of the words of a title of usual length. */
const MEAN_TITLE_ROOT = 2;

type Table = Map<number, number>;

/** What one more of a feature adds to a score. */
type Slope = (name: FeatureName) => number;

/**
 * What the ranker would say, as weights that can be added up at once: products by what was done with them, labels and
 * words by likeness and taste, the list's own order. No event, time or name is in it. By the default weights, or those
 * learned together with other shoppers; never by those that a shop has trained: they lean on its tables and popularity,
 * which the head snippet does not have.
 * @returns the text that `earlyScorer` reads, or `undefined` while nothing is known of the visitor
 */
export function makeBootWeights(
  { profile, wishes, salt, now }: RankContext,
  { weights }: LinearModel = DEFAULT_MODEL,
): string | undefined {
  if (!hasHistory(profile)) return undefined;
  const slope: Slope = (name) => weights[COLUMN[name]] ?? 0;
  const prepared = prepare(profile, now);
  const always: Table = new Map();
  const short: Table = new Map();
  const fresh: Table = new Map();
  putItems(prepared, weights, { always, short, fresh });
  putLabels(prepared, slope, always);
  for (const label of wishes.favourites) add(always, bootLabel('c', label), WISHED);
  for (const label of wishes.favourites) add(always, bootLabel('b', label), WISHED);
  for (const label of wishes.muted) add(always, bootLabel('c', label), -MOST);
  for (const label of wishes.muted) add(always, bootLabel('b', label), -MOST);
  const words = wordsOf(prepared, slope, always);
  const numbers = numbersOf(prepared, slope);
  const head = [...salt, ...BOOT_NUMBERS.map((name) => Number(numbers[name].toPrecision(4)))].join();
  return `${head}|${fit([always, short, fresh, words], MAX_LENGTH - head.length - 4)}`;
}

const SHORT_COLUMNS = [
  COLUMN['viewed.last.short'],
  COLUMN['viewed.open.short'],
  COLUMN['viewed.keeps.short'],
];
const FRESH_COLUMNS = [COLUMN['viewed.fresh'], COLUMN['viewed.recency.fresh']];
const ALWAYS_COLUMNS = ['viewed', 'bought', 'passed']
  .flatMap(columnsOf)
  .filter((column) => !SHORT_COLUMNS.includes(column) && !FRESH_COLUMNS.includes(column));

/** Products met: what the model makes of what was done with them. */
function putItems(
  prepared: Prepared,
  weights: Float64Array,
  tables: Readonly<Record<'always' | 'short' | 'fresh', Table>>,
): void {
  const { profile } = prepared;
  const candidates = [...profile.items.keys()].map(
    (id): RankCandidate => ({
      id,
      position: 0,
      categories: [],
      brand: undefined,
      colour: undefined,
      sizes: [],
      priceLevel: undefined,
      tokens: [],
      artefacts: undefined,
    }),
  );
  function write(table: Table, listed: readonly RankCandidate[], columns: readonly number[], scale: number) {
    const features = new Float64Array(listed.length * FEATURE_COUNT);
    fillFeatures(prepared, listed, features);
    listed.forEach(({ id }, row) => {
      const score = columns.reduce(
        (sum, column) => sum + (features[row * FEATURE_COUNT + column] ?? 0) * (weights[column] ?? 0),
        0,
      );
      add(table, itemHash(id), score / scale);
    });
  }
  write(tables.always, candidates, ALWAYS_COLUMNS, 1);
  write(tables.short, candidates, SHORT_COLUMNS, shortnessOf(candidates.length)); // as these rows were scaled
  const others = candidates.filter(({ id }) => id !== profile.lastItemId);
  write(tables.fresh, others, FRESH_COLUMNS, 1);
}

/** Labels by likeness to what was touched lately and by their share of interest. */
function putLabels({ profile, recent }: Prepared, slope: Slope, always: Table): void {
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
function wordsOf({ profile, recent, now, queryTokens }: Prepared, slope: Slope, always: Table): Table {
  const like = new Map<number, number>();
  recent.slice(0, RECENT).forEach(({ itemId, titleTokens = [], visit }, rank) => {
    if (titleTokens.length === 0) return;
    const weight =
      (rank === 0 ? slope('title.last') : 0) +
      slope('title.attention') * ATTENTION ** rank +
      (rank < 5 ? slope('title.max5') / 3 : 0) +
      slope(visit === profile.visit ? 'title.maxVisit' : 'title.maxEarlier') / (2 + rank);
    // a cosine shares its weight among the words of both titles: `earlyScorer` divides by those of one
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

function numbersOf({ profile, confidence }: Prepared, slope: Slope): BootNumbers {
  const unsure = slope('order.log.unsure') * (1 - confidence);
  // for each doubling of the place: the ranker's feature is a third of that, below zero
  return {
    logFresh: (slope('order.log.fresh') + unsure) / -3,
    logKnown: (slope('order.log.known') + unsure) / -3,
    first: slope('order.first'),
    lastItem: profile.lastItemId === null ? -1 : itemHash(profile.lastItemId),
  };
}

/** The entries that matter most, as many as there is room for, table by table. */
function fit(tables: readonly Table[], length: number): string {
  const entries = tables
    .flatMap((table, index) => [...table].map(([hash, weight]) => ({ index, hash, step: toStep(weight) })))
    .filter(({ step }) => step !== 0)
    .sort((a, b) => Math.abs(b.step) - Math.abs(a.step) || a.hash - b.hash);
  const texts = tables.map(() => '');
  let left = length;
  for (const { index, hash, step } of entries) {
    const entry = bootName(hash) + step.toString(36);
    left -= entry.length;
    if (left < 0) break;
    texts[index] += entry;
  }
  return texts.join('|');
}

const toStep = (weight: number): number => Math.round(Math.max(-MOST, Math.min(MOST, weight)) * BOOT_STEPS);

function add(table: Table, hash: number, weight: number): void {
  table.set(hash, (table.get(hash) ?? 0) + weight);
}
