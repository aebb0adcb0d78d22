import { defined } from './defined.ts';
import { unreachable } from './errors.ts';
import { asEpochMs, DAY_MS, type EpochMs, type ItemId } from './ids.ts';
import { categoryLevels } from './label.ts';
import type { Signal, SignalFacets, SignalKind } from './signal.ts';

/** Evidence of interest in one value (a category, a brand, a word): decayed over all time, and within one visit. */
export interface Evidence {
  /** Sum of signal weights, decayed to `at`. */
  weight: number;
  at: EpochMs;
  /** The visit that `inVisit` counts. */
  visit: number;
  inVisit: number;
  /** Visits in which it was met. */
  visits: number;
}

/** What is remembered of one item. Counts are of signals with immediate repeats taken as one. */
export interface ItemMemory {
  views: number;
  clicks: number;
  carts: number;
  purchases: number;
  /** Visits in which it was bought. */
  purchaseVisits: number;
  firstVisit: number;
  lastVisit: number;
  lastAt: EpochMs;
  lastPurchaseVisit: number;
  lastPurchaseAt: EpochMs;
  lastClickVisit: number;
  lastCartVisit: number;
  /** `Profile.steps` at the last touch, so that "how many others since" is a subtraction. */
  lastStep: number;
  lastClickStep: number;
}

/** An item touched lately, with what is needed to compare a candidate with it. */
export interface RecentItem extends SignalFacets {
  readonly itemId: ItemId;
  readonly kind: SignalKind;
  readonly visit: number;
  readonly at: EpochMs;
}

/**
 * What the device believes of the visitor: folded from signals and from nothing else, so that it can be rebuilt from
 * the journal at any time. Plain data, bounded by the limits below.
 */
export interface Profile {
  /** Signals about items so far, immediate repeats counted once: how much there is to believe. */
  steps: number;
  /** Number of the current visit, from 1; 0 before the first signal. */
  visit: number;
  lastAt: EpochMs;
  lastItemId: ItemId | null;
  lastKind: SignalKind | null;
  /** How often the visitor went on with the item just touched, and how often back to an older one. */
  stays: number;
  returns: number;
  visitSteps: number;
  /** Sum of all signal weights, decayed to `lastAt`. */
  weight: number;
  /** Touched items, the one touched longest ago first. */
  readonly items: Map<ItemId, ItemMemory>;
  /** Newest last, each item once. */
  readonly recent: RecentItem[];
  /** How often an item was seen in a list without ever being touched; oldest first. */
  readonly passedOver: Map<ItemId, number>;
  readonly categories: Map<string, Evidence>;
  readonly brands: Map<string, Evidence>;
  readonly colours: Map<string, Evidence>;
  readonly sizes: Map<string, Evidence>;
  readonly words: Map<number, Evidence>;
  /** Decayed sums over priced signals, for the mean price level. */
  readonly price: { weight: number; sum: number; at: EpochMs };
  /** Hashed words of the newest searches, newest last. */
  readonly queries: (readonly number[])[];
}

export const MAX_ITEMS = 1000;
export const MAX_RECENT = 120;
const MAX_PASSED_OVER = 400;
const MAX_WORDS = 1500;
const MAX_VALUES = 200;
const MAX_QUERIES = 4;
/** A gap longer than this starts a new visit, as in web analytics. */
const VISIT_GAP_MS = 30 * 60_000;
/** Interest in a value halves in this time; measured on a gift shop's year (see the README on retention). */
export const INTEREST_HALF_LIFE_MS = 120 * DAY_MS;

/** Evidence of interest, unitless; 0 means "seen, no opinion". */
const WEIGHT: Readonly<Record<SignalKind, number>> = {
  impression: 0,
  search: 0,
  size: 0,
  view: 1,
  click: 1.5,
  cart: 2,
  purchase: 3,
};
/** A look of this length says as much again as having opened the page. */
const DWELL_UNIT_MS = 10_000;

export function emptyProfile(): Profile {
  const never = asEpochMs(0);
  return {
    steps: 0,
    visit: 0,
    lastAt: never,
    lastItemId: null,
    lastKind: null,
    stays: 0,
    returns: 0,
    visitSteps: 0,
    weight: 0,
    items: new Map(),
    recent: [],
    passedOver: new Map(),
    categories: new Map(),
    brands: new Map(),
    colours: new Map(),
    sizes: new Map(),
    words: new Map(),
    price: { weight: 0, sum: 0, at: never },
    queries: [],
  };
}

/** Share of a weight that is left after `ageMs`; 1 for an age that is not positive. */
export function decay(ageMs: number, halfLifeMs: number): number {
  return ageMs <= 0 ? 1 : 2 ** (-ageMs / halfLifeMs);
}

/** Adds one signal to the profile, in place. Signals come in time order. */
export function fold(profile: Profile, signal: Signal): void {
  if (signal.kind === 'impression') {
    foldImpression(profile, signal.itemId);
    return;
  }
  if (profile.visit === 0 || signal.at - profile.lastAt > VISIT_GAP_MS) {
    profile.visit += 1;
    profile.visitSteps = 0;
  }
  switch (signal.kind) {
    case 'search':
      profile.lastAt = signal.at;
      profile.queries.push(signal.queryTokens);
      if (profile.queries.length > MAX_QUERIES) profile.queries.shift();
      return;
    case 'size':
      addEvidence(profile, profile.sizes, signal.size, 1, signal.at, MAX_VALUES);
      return;
    case 'view':
      step(profile, signal);
      foldDwell(profile, signal, signal.dwellMs);
      return;
    case 'click':
      step(profile, signal);
      return;
    case 'cart':
    case 'purchase':
      if (signal.size !== undefined)
        addEvidence(profile, profile.sizes, signal.size, WEIGHT[signal.kind], signal.at, MAX_VALUES);
      step(profile, signal);
      return;
    default:
      unreachable(signal);
  }
}

/** Adds what a longer look at an already folded view says: a view's weight for each ten seconds, at most two. */
export function foldDwell(profile: Profile, view: Signal & { kind: 'view' }, extraDwellMs: number): void {
  const weight = Math.min(extraDwellMs / DWELL_UNIT_MS, 2);
  if (weight > 0) strengthen(profile, view, weight);
}

/** One step of the visitor; going on with the same thing in the same way is none. */
function step(profile: Profile, signal: Signal & SignalFacets & { readonly itemId?: ItemId }): void {
  const { kind, at, itemId } = signal;
  if (itemId !== undefined && itemId === profile.lastItemId && kind === profile.lastKind) {
    profile.lastAt = at;
    return;
  }
  if (itemId !== undefined && itemId === profile.lastItemId) profile.stays += 1;
  else if (itemId !== undefined && profile.items.has(itemId)) profile.returns += 1;
  profile.weight = profile.weight * decay(at - profile.lastAt, INTEREST_HALF_LIFE_MS) + WEIGHT[kind];
  profile.steps += 1;
  profile.visitSteps += 1;
  profile.lastAt = at;
  profile.lastItemId = itemId ?? null;
  profile.lastKind = kind;
  if (itemId !== undefined) remember(profile, itemId, signal);

  const { category, brand, colour, titleTokens } = signal;
  const add = <Key>(values: Map<Key, Evidence>, key: Key, limit: number) =>
    addEvidence(profile, values, key, WEIGHT[kind], at, limit);
  if (category !== undefined)
    for (const level of categoryLevels(category)) add(profile.categories, level, MAX_VALUES);
  if (brand !== undefined) add(profile.brands, brand, MAX_VALUES);
  if (colour !== undefined) add(profile.colours, colour, MAX_VALUES);
  for (const token of titleTokens ?? []) add(profile.words, token, MAX_WORDS);
  foldPrice(profile, signal, WEIGHT[kind]);
}

function remember(
  profile: Profile,
  itemId: ItemId,
  { kind, at, category, brand, colour, priceLevel, titleTokens }: Signal & SignalFacets,
): void {
  const { visit, items, recent } = profile;
  const memory = items.get(itemId) ?? freshMemory(visit);
  if (kind === 'view') memory.views += 1;
  else if (kind === 'click') {
    memory.clicks += 1;
    memory.lastClickVisit = visit;
    memory.lastClickStep = profile.steps;
  } else if (kind === 'cart') {
    memory.carts += 1;
    memory.lastCartVisit = visit;
  } else {
    memory.purchases += 1;
    if (memory.lastPurchaseVisit !== visit) memory.purchaseVisits += 1;
    memory.lastPurchaseVisit = visit;
    memory.lastPurchaseAt = at;
  }
  memory.lastVisit = visit;
  memory.lastAt = at;
  memory.lastStep = profile.steps;
  items.delete(itemId); // set again: the map stays ordered by last touch
  items.set(itemId, memory);
  dropOldest(items, MAX_ITEMS);
  profile.passedOver.delete(itemId);

  const known = recent.findIndex((item) => item.itemId === itemId);
  if (known >= 0) recent.splice(known, 1);
  recent.push(defined({ itemId, kind, visit, at, category, brand, colour, priceLevel, titleTokens }));
  if (recent.length > MAX_RECENT) recent.shift();
}

function foldImpression(profile: Profile, itemId: ItemId | undefined): void {
  if (itemId === undefined || profile.items.has(itemId)) return;
  const times = profile.passedOver.get(itemId) ?? 0;
  profile.passedOver.delete(itemId); // set again: the map stays ordered by last sight
  profile.passedOver.set(itemId, times + 1);
  dropOldest(profile.passedOver, MAX_PASSED_OVER);
}

function foldPrice(
  { price }: Profile,
  { priceLevel, at }: SignalFacets & { at: EpochMs },
  weight: number,
): void {
  if (priceLevel === undefined) return;
  const rest = decay(at - price.at, INTEREST_HALF_LIFE_MS);
  price.weight = price.weight * rest + weight;
  price.sum = price.sum * rest + weight * priceLevel;
  price.at = at;
}

/** More weight for what a signal was about, without counting another step. */
function strengthen(
  profile: Profile,
  { category, brand, colour, titleTokens }: SignalFacets,
  weight: number,
): void {
  const values: (Evidence | undefined)[] = [
    ...(category === undefined ? [] : categoryLevels(category)).map((level) => profile.categories.get(level)),
    brand === undefined ? undefined : profile.brands.get(brand),
    colour === undefined ? undefined : profile.colours.get(colour),
    ...(titleTokens ?? []).map((token) => profile.words.get(token)),
  ];
  for (const evidence of values) if (evidence !== undefined) evidence.weight += weight;
  profile.weight += weight;
}

function addEvidence<Key>(
  profile: Profile,
  values: Map<Key, Evidence>,
  key: Key,
  weight: number,
  at: EpochMs,
  limit: number,
): void {
  const known = values.get(key);
  if (known === undefined) {
    values.set(key, { weight, at, visit: profile.visit, inVisit: 1, visits: 1 });
    if (values.size > limit) dropWeakest(values, at, Math.floor(limit * 0.9));
    return;
  }
  known.weight = known.weight * decay(at - known.at, INTEREST_HALF_LIFE_MS) + weight;
  known.at = at;
  if (known.visit === profile.visit) known.inVisit += 1;
  else {
    known.visit = profile.visit;
    known.inVisit = 1;
    known.visits += 1;
  }
}

/** Keeps the `keep` strongest, judged after decay; insertion order breaks ties. */
function dropWeakest<Key>(values: Map<Key, Evidence>, now: EpochMs, keep: number): void {
  const ranked = [...values].map(([key, { weight, at }]) => ({
    key,
    strength: weight * decay(now - at, INTEREST_HALF_LIFE_MS),
  }));
  ranked.sort((a, b) => a.strength - b.strength);
  for (const { key } of ranked.slice(0, ranked.length - keep)) values.delete(key);
}

function dropOldest<Key, Value>(values: Map<Key, Value>, limit: number): void {
  const oldest = values.keys().next();
  if (values.size > limit && oldest.done !== true) values.delete(oldest.value);
}

function freshMemory(visit: number): ItemMemory {
  const never = asEpochMs(0);
  return {
    views: 0,
    clicks: 0,
    carts: 0,
    purchases: 0,
    purchaseVisits: 0,
    firstVisit: visit,
    lastVisit: visit,
    lastAt: never,
    lastPurchaseVisit: 0,
    lastPurchaseAt: never,
    lastClickVisit: 0,
    lastCartVisit: 0,
    lastStep: 0,
    lastClickStep: 0,
  };
}
