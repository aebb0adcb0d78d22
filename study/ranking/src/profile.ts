/**
 * What the device believes of the shopper, folded signal by signal. Pure data, bounded, no clock and no chance:
 * the same signals in the same order always give the same profile.
 */

export type SignalKind = 'impression' | 'view' | 'click' | 'cart' | 'purchase' | 'search';

/** One thing the shopper did. A search has an empty `itemId` and its query's tokens. */
export interface Signal {
  readonly kind: SignalKind;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly itemId: string;
  readonly category?: string | undefined;
  readonly brand?: string | undefined;
  readonly colour?: string | undefined;
  readonly size?: string | undefined;
  /** round(8 * log2(price)). */
  readonly priceLevel?: number | undefined;
  /** Salted hashes of the title's words, at most 12. */
  readonly tokens?: readonly number[] | undefined;
}

/** What is remembered of one item. Counts are of signals after immediate repeats were collapsed. */
export interface ItemMemory {
  views: number;
  clicks: number;
  carts: number;
  purchases: number;
  shown: number;
  /** Visits in which it was bought. */
  purchaseVisits: number;
  firstVisit: number;
  lastVisit: number;
  lastAt: number;
  lastPurchaseVisit: number;
  lastPurchaseAt: number;
  lastClickVisit: number;
  lastCartVisit: number;
  /** Value of `Profile.steps` at the last touch, so that "how many other items since" is a subtraction. */
  lastStep: number;
  lastClickStep: number;
}

/** An item touched lately, with what is needed to compare a candidate with it. */
export interface RecentItem {
  readonly itemId: string;
  readonly category: string | undefined;
  readonly brand: string | undefined;
  readonly colour: string | undefined;
  readonly priceLevel: number | undefined;
  readonly tokens: readonly number[];
  kind: SignalKind;
  visit: number;
  at: number;
}

/** Evidence for one value (a category, a brand, a token): decayed over all time, and within the current visit. */
export interface Evidence {
  /** Sum of signal weights, decayed to `at`. */
  weight: number;
  at: number;
  /** Visit that `inVisit` belongs to. */
  visit: number;
  inVisit: number;
  /** Distinct visits in which it was met. */
  visits: number;
}

export interface Profile {
  /** Signals of items folded so far, immediate repeats counted once. */
  steps: number;
  /** 1-based number of the current visit; 0 before any signal. */
  visit: number;
  lastAt: number;
  lastItemId: string;
  lastKind: SignalKind | '';
  /** How often the shopper went on with the item just touched, and how often back to an older one. */
  stays: number;
  returns: number;
  /** Items touched in this visit that earlier visits knew, each counted once. */
  visitReturns: number;
  /** Item signals in the current visit. */
  visitSteps: number;
  /** Sum of all signal weights, decayed to `lastAt`. */
  weight: number;
  visitWeight: number;
  /** Least recently touched first. */
  readonly items: Map<string, ItemMemory>;
  /** Oldest first, each item once. */
  recent: RecentItem[];
  readonly categories: Map<string, Evidence>;
  readonly brands: Map<string, Evidence>;
  readonly colours: Map<string, Evidence>;
  readonly tokens: Map<number, Evidence>;
  /** Decayed sums over priced signals, for the mean price level. */
  price: { weight: number; sum: number; at: number };
  /** Tokens of the newest searches, newest last. */
  queries: number[][];
}

export interface ProfileLimits {
  readonly maxItems: number;
  readonly maxRecent: number;
  readonly maxTokens: number;
  readonly maxValues: number;
  readonly maxQueries: number;
  /** A gap longer than this starts a new visit. */
  readonly visitGapMs: number;
  readonly halfLifeMs: number;
}

const DAY_MS = 86_400_000;

export const DEFAULT_LIMITS: ProfileLimits = {
  maxItems: 500, maxRecent: 80, maxTokens: 900, maxValues: 100, maxQueries: 4,
  visitGapMs: 30 * 60_000, halfLifeMs: 120 * DAY_MS,
};

const WEIGHT: Readonly<Record<SignalKind, number>> = { impression: 0, view: 1, click: 1.5, cart: 2, purchase: 3, search: 0 };

export function emptyProfile(): Profile {
  return {
    steps: 0, visit: 0, lastAt: 0, lastItemId: '', lastKind: '', stays: 0, returns: 0, visitReturns: 0, visitSteps: 0, weight: 0, visitWeight: 0,
    items: new Map(), recent: [], categories: new Map(), brands: new Map(), colours: new Map(), tokens: new Map(),
    price: { weight: 0, sum: 0, at: 0 }, queries: [],
  };
}

/** Weight left of evidence `ageMs` old. */
export function decay(ageMs: number, halfLifeMs: number): number {
  return ageMs <= 0 ? 1 : 2 ** (-ageMs / halfLifeMs);
}

function addEvidence<K>(map: Map<K, Evidence>, key: K, weight: number, profile: Profile, at: number, limit: number, limits: ProfileLimits): void {
  const old = map.get(key);
  if (old === undefined) {
    map.set(key, { weight, at, visit: profile.visit, inVisit: 1, visits: 1 });
    if (map.size > limit) dropWeakest(map, at, Math.floor(limit * 0.9), limits.halfLifeMs);
    return;
  }
  old.weight = old.weight * decay(at - old.at, limits.halfLifeMs) + weight;
  old.at = at;
  if (old.visit === profile.visit) old.inVisit++;
  else { old.visit = profile.visit; old.inVisit = 1; old.visits++; }
}

/** Keeps the `keep` strongest entries, judged after decay; insertion order breaks ties, so the result is reproducible. */
function dropWeakest<K>(map: Map<K, Evidence>, at: number, keep: number, halfLifeMs: number): void {
  const ranked = [...map].map(([key, e]) => ({ key, strength: e.weight * decay(at - e.at, halfLifeMs) }));
  ranked.sort((a, b) => a.strength - b.strength);
  for (const { key } of ranked.slice(0, ranked.length - keep)) map.delete(key);
}

function freshItem(visit: number): ItemMemory {
  return { views: 0, clicks: 0, carts: 0, purchases: 0, shown: 0, purchaseVisits: 0, firstVisit: visit, lastVisit: visit, lastAt: 0,
    lastPurchaseVisit: 0, lastPurchaseAt: 0, lastClickVisit: 0, lastCartVisit: 0, lastStep: 0, lastClickStep: 0 };
}

/** Adds one signal to `profile`, in place. Signals must come in time order. @returns the same profile */
export function fold(profile: Profile, signal: Signal, limits: ProfileLimits = DEFAULT_LIMITS): Profile {
  const { at, kind, itemId } = signal;
  if (kind === 'impression') {
    const known = profile.items.get(itemId);
    if (known !== undefined) known.shown++;
    return profile;
  }
  if (profile.visit === 0 || at - profile.lastAt > limits.visitGapMs) {
    profile.visit++;
    profile.visitSteps = 0;
    profile.visitReturns = 0;
    profile.visitWeight = 0;
  }
  if (kind === 'search') {
    profile.lastAt = at;
    if (signal.tokens !== undefined && signal.tokens.length > 0) {
      profile.queries.push([...signal.tokens]);
      if (profile.queries.length > limits.maxQueries) profile.queries.shift();
    }
    return profile;
  }
  if (itemId === profile.lastItemId && kind === profile.lastKind) { profile.lastAt = at; return profile; }

  const weight = WEIGHT[kind];
  if (itemId === profile.lastItemId) profile.stays++;
  else if (profile.items.has(itemId)) profile.returns++;
  profile.weight = profile.weight * decay(at - profile.lastAt, limits.halfLifeMs) + weight;
  profile.visitWeight += weight;
  profile.steps++;
  profile.visitSteps++;
  profile.lastAt = at;
  profile.lastItemId = itemId;
  profile.lastKind = kind;

  const known = profile.items.get(itemId);
  if (known !== undefined && known.lastVisit < profile.visit) profile.visitReturns++;
  const item = known ?? freshItem(profile.visit);
  profile.items.delete(itemId); // set again below: the map stays ordered by last touch
  if (kind === 'view') item.views++;
  else if (kind === 'click') { item.clicks++; item.lastClickVisit = profile.visit; item.lastClickStep = profile.steps; }
  else if (kind === 'cart') { item.carts++; item.lastCartVisit = profile.visit; }
  else {
    item.purchases++;
    if (item.lastPurchaseVisit !== profile.visit) item.purchaseVisits++;
    item.lastPurchaseVisit = profile.visit;
    item.lastPurchaseAt = at;
  }
  item.lastVisit = profile.visit;
  item.lastAt = at;
  item.lastStep = profile.steps;
  profile.items.set(itemId, item);
  if (profile.items.size > limits.maxItems) {
    const oldest = profile.items.keys().next();
    if (oldest.done !== true) profile.items.delete(oldest.value);
  }

  const tokens = signal.tokens ?? [];
  const kept = profile.recent.findIndex((r) => r.itemId === itemId);
  if (kept >= 0) profile.recent.splice(kept, 1);
  profile.recent.push({ itemId, category: signal.category, brand: signal.brand, colour: signal.colour,
    priceLevel: signal.priceLevel, tokens, kind, visit: profile.visit, at });
  if (profile.recent.length > limits.maxRecent) profile.recent.shift();

  if (signal.category !== undefined) addEvidence(profile.categories, signal.category, weight, profile, at, limits.maxValues, limits);
  if (signal.brand !== undefined) addEvidence(profile.brands, signal.brand, weight, profile, at, limits.maxValues, limits);
  if (signal.colour !== undefined) addEvidence(profile.colours, signal.colour, weight, profile, at, limits.maxValues, limits);
  for (const token of tokens) addEvidence(profile.tokens, token, weight, profile, at, limits.maxTokens, limits);
  if (signal.priceLevel !== undefined) {
    const rest = decay(at - profile.price.at, limits.halfLifeMs);
    profile.price.weight = profile.price.weight * rest + weight;
    profile.price.sum = profile.price.sum * rest + weight * signal.priceLevel;
    profile.price.at = at;
  }
  return profile;
}
