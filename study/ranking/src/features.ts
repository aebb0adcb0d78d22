/**
 * Profile and list to feature rows. Every personal feature is 0 for an empty profile, so that only the shop's order
 * speaks then; every feature belongs to one group that can be told to the shopper.
 */
import { decay, type ItemMemory, type Profile, type RecentItem } from './profile.ts';
import { forEachNeighbour, itemHash } from './artefacts.ts';

export type FeatureGroup = 'order' | 'viewed' | 'bought' | 'similar' | 'category' | 'brand' | 'colour' | 'price' | 'search' | 'together' | 'popular' | 'passed-over';

export interface FeatureSpec {
  readonly name: string;
  readonly group: FeatureGroup;
  /** The sign a weight must keep so that explanations stay true and nothing just seen is demoted; 0 leaves it free. */
  readonly sign: -1 | 0 | 1;
  /** Where the fit starts and is pulled to: what we would believe before any data. */
  readonly prior: number;
  /** Needs the shop's artefacts; 0 without them. */
  readonly needsArtefacts?: true;
  /** Never learned: replay data cannot show it (see the repeat trap), the prior is shipped as it is. */
  readonly fixed?: true;
}

export interface Candidate {
  readonly itemId: string;
  readonly category?: string | undefined;
  readonly brand?: string | undefined;
  readonly colour?: string | undefined;
  readonly priceLevel?: number | undefined;
  readonly tokens?: readonly number[] | undefined;
  /** 0-based, in the shop's own order. */
  readonly position: number;
  readonly row?: Uint8Array | undefined;
  readonly popularity?: { readonly all: number; readonly recent: number } | undefined;
}

const f = (name: string, group: FeatureGroup, sign: -1 | 0 | 1, prior: number, more: Partial<FeatureSpec> = {}): FeatureSpec =>
  ({ name, group, sign, prior, ...more });
const shop = { needsArtefacts: true } as const;

export const FEATURES: readonly FeatureSpec[] = [
  f('order.log.fresh', 'order', 1, 0.5),
  f('order.log.known', 'order', 1, 0.3),
  f('order.log.unsure', 'order', 1, 0.2),
  f('order.first', 'order', 1, 0.2),
  f('order.linear', 'order', 1, 0.2),
  f('order.linear.known', 'order', 1, 0),

  f('viewed.before', 'viewed', 1, 0.3),
  f('viewed.last', 'viewed', 1, 1.5),
  f('viewed.last.keeps', 'viewed', 1, 0.7),
  f('viewed.open', 'viewed', 1, 0.6),
  f('viewed.fresh', 'viewed', 1, 0),
  f('viewed.recency.fresh', 'viewed', 1, 0),
  f('clicked.visit', 'viewed', 1, 0.2),
  f('clicked.recency', 'viewed', 1, 0.2),
  f('clicked.before', 'viewed', 1, 0.2),
  f('clicked.count', 'viewed', 1, 0.1),
  f('carted', 'viewed', 1, 0.5),

  f('bought.visit', 'bought', -1, -3, { fixed: true }),
  f('bought.before', 'bought', 1, 0.8),
  f('bought.before.habit', 'bought', 1, 0.5),
  f('bought.rate.habit', 'bought', 1, 0.5),
  f('bought.count', 'bought', 1, 0.5),
  f('bought.rate', 'bought', 1, 1),
  f('bought.recency', 'bought', 1, 0.2),
  f('bought.lastVisit', 'bought', 0, 0),

  f('title.last', 'similar', 1, 0.8),
  f('title.max5', 'similar', 1, 0.8),
  f('title.maxVisit', 'similar', 1, 0.5),
  f('title.attention', 'similar', 1, 0.8),
  f('words.long', 'similar', 1, 0.3),
  f('words.visit', 'similar', 1, 0.5),
  f('words.visits', 'similar', 1, 0.8),

  f('alike.last', 'similar', 1, 0.2),
  f('alike.max', 'similar', 1, 0.3),
  f('alike.attention', 'similar', 1, 0.3),

  f('category.long', 'category', 1, 0.5),
  f('category.visit', 'category', 1, 0.5),
  f('category.last', 'category', 1, 0.2),
  f('brand.long', 'brand', 1, 0.5),
  f('brand.visit', 'brand', 1, 0.5),
  f('brand.last', 'brand', 1, 0.2),
  f('colour.long', 'colour', 1, 0.2),
  f('colour.visit', 'colour', 1, 0.2),
  f('colour.last', 'colour', 1, 0.1),
  f('price.long', 'price', 1, 0.1),
  f('price.visit', 'price', 1, 0.1),
  f('price.last', 'price', 1, 0.1),
  f('search.words', 'search', 1, 0.5),

  f('together.last', 'together', 1, 0.3, shop),
  f('together.max3', 'together', 1, 0.3, shop),
  f('together.attention', 'together', 1, 0.3, shop),
  f('together.visit', 'together', 1, 0.3, shop),
  f('together.visitMax', 'together', 1, 0.2, shop),
  f('together.mix', 'together', 1, 0.3, shop),
  f('together.mixAll', 'together', 1, 0, shop),
  f('next.mix', 'together', 1, 0.2, shop),
  f('together.earlierMax', 'together', 1, 0.1, shop),
  f('next.last', 'together', 1, 0.3, shop),
  f('next.max', 'together', 1, 0.1, shop),
  f('next.attention', 'together', 1, 0.2, shop),
  f('popular.all', 'popular', 1, 0.2, shop),
  f('popular.recent', 'popular', 1, 0.2, shop),
  f('popular.all.fresh', 'popular', 0, 0, shop),
  f('popular.unknown', 'popular', 0, 0, shop),
];

const INDEX = new Map(FEATURES.map((spec, at) => [spec.name, at]));
function index(name: string): number {
  const at = INDEX.get(name);
  if (at === undefined) throw new RangeError(`no feature named ${name}`);
  return at;
}
const AT = {
  orderFresh: index('order.log.fresh'), orderKnown: index('order.log.known'), orderUnsure: index('order.log.unsure'),
  orderFirst: index('order.first'), orderLinear: index('order.linear'), orderLinearKnown: index('order.linear.known'),
  viewedBefore: index('viewed.before'), 
  viewedLast: index('viewed.last'), viewedLastKeeps: index('viewed.last.keeps'), viewedOpen: index('viewed.open'), viewedFresh: index('viewed.fresh'), viewedRecencyFresh: index('viewed.recency.fresh'),
  clickedVisit: index('clicked.visit'), clickedRecency: index('clicked.recency'), clickedBefore: index('clicked.before'),
  clickedCount: index('clicked.count'), carted: index('carted'),
  boughtVisit: index('bought.visit'), boughtBefore: index('bought.before'), boughtBeforeHabit: index('bought.before.habit'), boughtRateHabit: index('bought.rate.habit'), boughtCount: index('bought.count'),
  boughtRate: index('bought.rate'), boughtRecency: index('bought.recency'), boughtLastVisit: index('bought.lastVisit'),
  titleLast: index('title.last'), titleMax5: index('title.max5'), titleMaxVisit: index('title.maxVisit'),
  titleAttention: index('title.attention'),
  wordsLong: index('words.long'), wordsVisit: index('words.visit'), wordsVisits: index('words.visits'),
  alikeLast: index('alike.last'), alikeMax: index('alike.max'), alikeAttention: index('alike.attention'),
  category: index('category.long'), brand: index('brand.long'), colour: index('colour.long'),
  priceLong: index('price.long'), priceVisit: index('price.visit'), priceLast: index('price.last'), search: index('search.words'),
  togetherLast: index('together.last'), togetherEarlierMax: index('together.earlierMax'), nextMax: index('next.max'), togetherMax3: index('together.max3'), togetherAttention: index('together.attention'),
  togetherVisit: index('together.visit'), togetherVisitMax: index('together.visitMax'), 
  togetherMix: index('together.mix'),
  togetherMixAll: index('together.mixAll'), nextMix: index('next.mix'), nextLast: index('next.last'), nextAttention: index('next.attention'),
  popularAll: index('popular.all'), popularRecent: index('popular.recent'),
  
  popularAllFresh: index('popular.all.fresh'), popularUnknown: index('popular.unknown'),
} as const;

/** How strongly an item `rank` distinct items ago counts, by number of items: short memory and long memory. */
const ATTENTION = 0.75;
const NEXT_ATTENTION = 0.5;
const MIX_ATTENTION = 0.85;
const ALIKE_RECENT = 12;
const DAY_MS = 86_400_000;
const SHORT_LIST = 25;

interface HistoryItem {
  /** 0 for the item touched last, 1 for the one before it, ... */
  readonly rank: number;
  readonly inVisit: boolean;
}

/** What a profile says to every list, worked out once per rank call. */
export interface Prepared {
  readonly profile: Profile;
  readonly now: number;
  /** 0 (nothing known) to 1. */
  readonly confidence: number;
  /** How this shopper goes on, smoothed: with the item just touched, and back to items touched before. 1/2 when unknown. */
  readonly stayRate: number;
  readonly returnRate: number;
  /** Share of this visit that went to items known from earlier visits, smoothed by the shopper's own long-run share. */
  readonly habit: number;
  readonly recent: readonly RecentItem[];
  /** Token to the indices in `recent` of the items that carry it. */
  readonly postings: ReadonlyMap<number, readonly number[]>;
  readonly history: ReadonlyMap<number, HistoryItem>;
  readonly attentionTotal: number;
  readonly nextTotal: number;
  readonly mixTotal: number;
  readonly visitItems: number;
  readonly visitPrice: number | undefined;
  readonly longPrice: number | undefined;
  readonly queryTokens: ReadonlySet<number>;
}

/** @param now epoch ms at which the list is ranked; only ages depend on it */
export function prepare(profile: Profile, now: number): Prepared {
  const recent = [...profile.recent].reverse(); // newest first: index is the rank
  const postings = new Map<number, number[]>();
  recent.forEach((item, rank) => {
    for (const token of item.tokens) {
      const list = postings.get(token);
      if (list === undefined) postings.set(token, [rank]); else list.push(rank);
    }
  });
  const moves = Math.max(0, profile.steps - 1);
  const history = new Map<number, HistoryItem>();
  let rank = profile.items.size, attentionTotal = 0, mixTotal = 0, nextTotal = 0, visitItems = 0;
  for (const [itemId, memory] of profile.items) {
    rank--;
      const inVisit = memory.lastVisit === profile.visit;
    history.set(itemHash(itemId), { rank, inVisit });
    attentionTotal += ATTENTION ** rank;
    mixTotal += MIX_ATTENTION ** rank;
    nextTotal += NEXT_ATTENTION ** rank;
    if (inVisit) visitItems++;
  }
  let priced = 0, sum = 0;
  for (const item of recent)
    if (item.visit === profile.visit && item.priceLevel !== undefined) { priced++; sum += item.priceLevel; }
  const longPrice = profile.price.weight > 0 ? profile.price.sum / profile.price.weight : undefined;
  return {
    profile, now, recent, postings, history, attentionTotal, mixTotal, nextTotal, visitItems,
    stayRate: (profile.stays + 1) / (moves + 2), returnRate: (profile.stays + profile.returns + 1) / (moves + 2),
    habit: (profile.visitReturns + (3 * (profile.returns + 1)) / (profile.steps + 4)) / (profile.visitSteps + 3),
    confidence: profile.steps / (profile.steps + 3),
    visitPrice: priced > 0 ? sum / priced : undefined, longPrice,
    queryTokens: new Set(profile.queries.flat()),
  };
}

/** Inverse document frequency of each token within this list: a word that all candidates share says nothing. */
export function rarity(candidates: readonly Candidate[]): Map<number, number> {
  const lists = new Map<number, number>();
  for (const candidate of candidates) for (const token of candidate.tokens ?? []) lists.set(token, (lists.get(token) ?? 0) + 1);
  const n = candidates.length;
  for (const [token, count] of lists) lists.set(token, Math.log((n + 1) / (count + 0.5)) / Math.log(n + 1));
  return lists;
}

/** 1 for a short list, falling with length: a short list is being compared and its shopper comes back; a long one is walked. */
export function shortnessOf(length: number): number {
  return Math.min(1, SHORT_LIST / Math.max(1, length)) ** 2;
}

/** Closeness of two price levels: 1 when equal, 1/e half an octave apart. */
function priceKernel(a: number, b: number): number {
  return Math.exp(-Math.abs(a - b) / 4);
}

/** Shared attributes of two items, 0..1, over those that both have. */
function alikeness(candidate: Candidate, item: RecentItem): number {
  let known = 0, alike = 0;
  if (candidate.category !== undefined && item.category !== undefined) { known++; if (candidate.category === item.category) alike++; }
  if (candidate.brand !== undefined && item.brand !== undefined) { known++; if (candidate.brand === item.brand) alike++; }
  if (candidate.colour !== undefined && item.colour !== undefined) { known++; if (candidate.colour === item.colour) alike++; }
  if (candidate.priceLevel !== undefined && item.priceLevel !== undefined) { known++; alike += priceKernel(candidate.priceLevel, item.priceLevel); }
  return known === 0 ? 0 : alike / known;
}

/**
 * Feature rows of one list, in candidate order.
 * @param out at least `candidates.length * FEATURES.length` long; overwritten
 */
export function writeFeatures(prepared: Prepared, candidates: readonly Candidate[], out: Float32Array): void {
  const width = FEATURES.length;
  const n = candidates.length;
  out.fill(0, 0, n * width);
  const { profile, confidence, recent } = prepared;
  const idf = rarity(candidates);
  const recentNorm = new Float64Array(recent.length);
  recent.forEach((item, at) => {
    let square = 0;
    for (const token of item.tokens) square += (idf.get(token) ?? 1) ** 2;
    recentNorm[at] = Math.sqrt(square);
  });
  const overlap = new Float64Array(recent.length);
  const last = recent[0];
  const shortness = shortnessOf(n);
  const isLastHere = candidates.some((c) => c.itemId === profile.lastItemId);

  for (let row = 0; row < n; row++) {
    const candidate = candidates[row];
    if (candidate === undefined) continue;
    const base = row * width;
    const logPosition = -Math.log(1 + candidate.position) / Math.LN2 / 3;
    // on a long page already looked at, people walk on and the order says less; a short list is judged as a whole
    const walked = isLastHere ? 1 - shortness : 0;
    out[base + AT.orderFresh] = logPosition * (1 - walked);
    out[base + AT.orderKnown] = logPosition * walked;
    out[base + AT.orderUnsure] = logPosition * (1 - confidence);
    out[base + AT.orderFirst] = 1 / (1 + candidate.position);
    const linearPosition = -candidate.position / Math.max(1, n - 1);
    out[base + AT.orderLinear] = linearPosition * (1 - walked);
    out[base + AT.orderLinearKnown] = linearPosition * walked;

    if (candidate.popularity !== undefined) {
      const { all, recent: lately } = candidate.popularity;
      out[base + AT.popularAll] = all / 3;
      out[base + AT.popularRecent] = lately / 3;
      if (!isLastHere) out[base + AT.popularAllFresh] = all / 3;
      if (all === 0) out[base + AT.popularUnknown] = 1;
    }
    if (profile.steps === 0 && prepared.queryTokens.size === 0) continue;

    const memory = profile.items.get(candidate.itemId);
    if (memory !== undefined) writeMemory(prepared, candidate, memory, isLastHere, shortness, out, base);
    if (candidate.tokens !== undefined && candidate.tokens.length > 0) writeTitle(prepared, candidate, idf, recentNorm, overlap, out, base);

    let alikeMax = 0, alikeSum = 0, alikeTotal = 0;
    for (let rank = 0, weight = 1; rank < recent.length && rank < ALIKE_RECENT; rank++, weight *= ATTENTION) {
      const item = recent[rank];
      if (item === undefined || item.itemId === candidate.itemId) continue;
      const alike = alikeness(candidate, item);
      if (rank === 0) out[base + AT.alikeLast] = alike;
      if (alike > alikeMax) alikeMax = alike;
      alikeSum += weight * alike;
      alikeTotal += weight;
    }
    out[base + AT.alikeMax] = alikeMax;
    if (alikeTotal > 0) out[base + AT.alikeAttention] = alikeSum / (alikeTotal + 0.5);

    writeShare(prepared, profile.categories, candidate.category, last?.category, out, base + AT.category);
    writeShare(prepared, profile.brands, candidate.brand, last?.brand, out, base + AT.brand);
    writeShare(prepared, profile.colours, candidate.colour, last?.colour, out, base + AT.colour);
    if (candidate.priceLevel !== undefined) {
      const distance = (level: number): number => -Math.min(3, Math.abs((candidate.priceLevel ?? level) - level) / 8);
      if (prepared.longPrice !== undefined) out[base + AT.priceLong] = distance(prepared.longPrice) * confidence;
      if (prepared.visitPrice !== undefined) out[base + AT.priceVisit] = distance(prepared.visitPrice) * confidence;
      if (last?.priceLevel !== undefined) out[base + AT.priceLast] = distance(last.priceLevel);
    }
    if (candidate.row !== undefined) writeNeighbours(prepared, candidate.row, out, base);
  }
  fillUnpriced(candidates, out, width);
}

/** A candidate without a price is neither near nor far: it gets its list's mean. */
function fillUnpriced(candidates: readonly Candidate[], out: Float32Array, width: number): void {
  if (candidates.every((c) => c.priceLevel !== undefined)) return;
  for (const column of [AT.priceLong, AT.priceVisit, AT.priceLast]) {
    let sum = 0, known = 0;
    candidates.forEach((c, row) => { if (c.priceLevel !== undefined) { sum += out[row * width + column] ?? 0; known++; } });
    if (known > 0) candidates.forEach((c, row) => { if (c.priceLevel === undefined) out[row * width + column] = sum / known; });
  }
}

function writeMemory(prepared: Prepared, candidate: Candidate, memory: ItemMemory, isLastHere: boolean, shortness: number, out: Float32Array, base: number): void {
  const { profile, now } = prepared;
  const since = profile.steps - memory.lastStep;
  if (memory.views > 0 || memory.carts > 0) {
    if (memory.firstVisit < profile.visit) out[base + AT.viewedBefore] = 1;
    if (!isLastHere) { out[base + AT.viewedFresh] = 1; out[base + AT.viewedRecencyFresh] = 2 ** (-since / 8); }
    if (candidate.itemId === profile.lastItemId && profile.lastKind === 'view') {
      out[base + AT.viewedLast] = shortness;
      out[base + AT.viewedLastKeeps] = prepared.stayRate * shortness;
    }
    if (memory.clicks === 0 && memory.purchases === 0) out[base + AT.viewedOpen] = prepared.returnRate * shortness;
    if (memory.carts > 0 && memory.lastPurchaseVisit < memory.lastCartVisit) out[base + AT.carted] = 1;
  }
  if (memory.clicks > 0) {
    if (memory.lastClickVisit === profile.visit) out[base + AT.clickedVisit] = 1; else out[base + AT.clickedBefore] = 1;
    out[base + AT.clickedRecency] = 2 ** (-(profile.steps - memory.lastClickStep) / 3);
    out[base + AT.clickedCount] = Math.log1p(memory.clicks);
  }
  if (memory.purchases > 0) {
    if (memory.lastPurchaseVisit === profile.visit) out[base + AT.boughtVisit] = 1;
    const before = memory.purchaseVisits - (memory.lastPurchaseVisit === profile.visit ? 1 : 0);
    if (before > 0 && memory.lastPurchaseVisit !== profile.visit) {
      out[base + AT.boughtBefore] = 1;
      out[base + AT.boughtBeforeHabit] = prepared.habit;
      out[base + AT.boughtRateHabit] = (prepared.habit * before) / (profile.visit + 1);
      out[base + AT.boughtCount] = Math.log(before);
      out[base + AT.boughtRate] = before / (profile.visit + 1);
      out[base + AT.boughtRecency] = decay(now - memory.lastPurchaseAt, 45 * DAY_MS);
      if (memory.lastPurchaseVisit === profile.visit - 1) out[base + AT.boughtLastVisit] = 1;
    }
  }
}

function writeTitle(prepared: Prepared, candidate: Candidate, idf: ReadonlyMap<number, number>, recentNorm: Float64Array, overlap: Float64Array, out: Float32Array, base: number): void {
  const { profile, recent, postings, now } = prepared;
  overlap.fill(0);
  let square = 0, total = 0, long = 0, visit = 0, visits = 0, searched = 0;
  for (const token of candidate.tokens ?? []) {
    const weight = idf.get(token) ?? 1;
    square += weight * weight;
    total += weight;
    for (const rank of postings.get(token) ?? []) overlap[rank] = (overlap[rank] ?? 0) + weight * weight;
    if (prepared.queryTokens.has(token)) searched += weight;
    const evidence = profile.tokens.get(token);
    if (evidence === undefined) continue;
    long += weight * Math.log1p(evidence.weight * decay(now - evidence.at, 120 * DAY_MS));
    visits += (weight * evidence.visits) / (profile.visit + 2);
    if (evidence.visit === profile.visit) visit += weight * Math.log1p(evidence.inVisit);
  }
  if (total === 0) return;
  const norm = Math.sqrt(square);
  let max5 = 0, maxVisit = 0, attended = 0;
  for (let rank = 0; rank < recent.length; rank++) {
    const item = recent[rank];
    if ((overlap[rank] ?? 0) === 0 || item === undefined || item.itemId === candidate.itemId) continue;
    const cosine = (overlap[rank] ?? 0) / (norm * (recentNorm[rank] ?? 1));
    if (rank === 0) out[base + AT.titleLast] = cosine;
    if (rank < 5 && cosine > max5) max5 = cosine;
    if (item.visit === profile.visit && cosine > maxVisit) maxVisit = cosine;
    attended += cosine * ATTENTION ** rank;
  }
  out[base + AT.titleMax5] = max5;
  out[base + AT.titleMaxVisit] = maxVisit;
  out[base + AT.titleAttention] = attended;
  out[base + AT.wordsLong] = long / total;
  out[base + AT.wordsVisit] = visit / total;
  out[base + AT.wordsVisits] = visits / total;
  out[base + AT.search] = searched / total;
}

/** Three neighbouring columns: share of all evidence, share within this visit, same as the last item's. */
function writeShare(prepared: Prepared, values: ReadonlyMap<string, { weight: number; at: number; visit: number; inVisit: number }>,
  value: string | undefined, lastValue: string | undefined, out: Float32Array, column: number): void {
  if (value === undefined) return;
  const { profile } = prepared;
  const evidence = values.get(value);
  if (evidence === undefined) return;
  out[column] = (evidence.weight * decay(profile.lastAt - evidence.at, 120 * DAY_MS)) / (profile.weight + 3);
  if (evidence.visit === profile.visit) out[column + 1] = evidence.inVisit / (profile.visitSteps + 2);
  if (value === lastValue) out[column + 2] = 1;
}

function writeNeighbours(prepared: Prepared, row: Uint8Array, out: Float32Array, base: number): void {
  const { history } = prepared;
  let max3 = 0, attended = 0, visit = 0, visitMax = 0, earlierMax = 0, nextAttended = 0, nextMax = 0, mix = 0, mixAll = 0, nextMix = 0;
  forEachNeighbour(row, (hash, together, next) => {
    const item = history.get(hash);
    if (item === undefined) return;
    const { rank } = item;
    if (rank === 0) { out[base + AT.togetherLast] = together; out[base + AT.nextLast] = next; }
    if (rank < 3 && together > max3) max3 = together;
    if (rank < 10 && next > nextMax) nextMax = next;
    attended += together * ATTENTION ** rank;
    nextAttended += next * NEXT_ATTENTION ** rank;
    const ratio = Math.exp(together) - 1;
    mix += ratio * MIX_ATTENTION ** rank;
    mixAll += ratio;
    nextMix += (Math.exp(next) - 1) * NEXT_ATTENTION ** rank;
    if (item.inVisit) { visit += together; if (together > visitMax) visitMax = together; }
    else if (together > earlierMax) earlierMax = together;
  });
  out[base + AT.togetherMax3] = max3;
  out[base + AT.togetherAttention] = attended / prepared.attentionTotal;
  out[base + AT.togetherVisit] = visit / Math.sqrt(prepared.visitItems + 1);
  out[base + AT.togetherVisitMax] = visitMax;
  out[base + AT.togetherEarlierMax] = earlierMax;
  out[base + AT.nextAttention] = nextAttended / prepared.nextTotal;
  out[base + AT.nextMax] = nextMax;
  // log of a mixture: each past item speaks for its neighbours, unlisted pairs stand at chance (ratio 1)
  out[base + AT.togetherMix] = Math.log(Math.max(0.1, 1 + mix / prepared.mixTotal));
  out[base + AT.togetherMixAll] = Math.log(Math.max(0.1, 1 + mixAll / (prepared.history.size + 1)));
  out[base + AT.nextMix] = Math.log(Math.max(0.1, 1 + nextMix / prepared.nextTotal));
}
