import { unreachable } from './errors.ts';
import { DAY_MS, type EpochMs, type ItemId } from './ids.ts';
import { categoryLevels } from './label.ts';
import type { Signal, SignalFacets } from './signal.ts';

/** Interest in one label: `weight` as of `at`, halving with every half-life after it. `count` never decays. */
export interface Affinity {
  weight: number;
  at: EpochMs;
  count: number;
}

export type FacetKind = 'category' | 'brand' | 'colour' | 'size' | 'title';

/** What the shopper did with one product, newest contact last in `Profile.items`. */
export interface MetItem extends SignalFacets {
  readonly id: ItemId;
  at: EpochMs;
  seen: number;
  viewed: number;
  carted: number;
  bought: number;
}

/**
 * What the device believes of the visitor, folded from signals and from nothing else; it can be rebuilt from the
 * journal at any time. Plain data, bounded by the two limits below (about 60 kB when full).
 */
export interface Profile {
  readonly version: 1;
  readonly facets: Readonly<Record<FacetKind, Map<string, Affinity>>>;
  /** Mean price level of what was met, as a decayed weighted sum. */
  readonly price: { sum: number; weight: number; at: EpochMs };
  readonly items: MetItem[];
  /** Signals of interest folded so far; the measure of how much this profile is to be believed. */
  evidence: number;
}

export const MAX_LABELS_PER_FACET = 256;
export const MAX_MET_ITEMS = 200;
export const AFFINITY_HALF_LIFE_MS = 30 * DAY_MS;

export function emptyProfile(): Profile {
  return {
    version: 1,
    facets: { category: new Map(), brand: new Map(), colour: new Map(), size: new Map(), title: new Map() },
    price: { sum: 0, weight: 0, at: 0 as EpochMs },
    items: [],
    evidence: 0,
  };
}

/** Half-life decay of a weight from `from` to `to`; a `to` in the past does not grow it. */
export function decayed(weight: number, from: EpochMs, to: EpochMs): number {
  return to <= from ? weight : weight * 2 ** ((from - to) / AFFINITY_HALF_LIFE_MS);
}

/**
 * Adds one signal to the profile, in place. Weights only add up and decay by their own time, so the order in
 * which signals arrive does not change what is believed, up to rounding.
 */
export function fold(profile: Profile, signal: Signal): void {
  switch (signal.kind) {
    case 'impression':
      meet(profile, signal, (item) => {
        item.seen += 1;
      });
      return;
    case 'click':
      believe(profile, signal, 1);
      meet(profile, signal, (item) => {
        item.viewed += 1;
      });
      return;
    case 'view':
      believe(profile, signal, 1);
      foldDwell(profile, signal, signal.dwellMs);
      meet(profile, signal, (item) => {
        item.viewed += 1;
      });
      return;
    case 'size':
      raise(profile.facets.size, signal.size, 1, signal.at);
      profile.evidence += 1;
      return;
    case 'cart':
      believe(profile, signal, 3);
      if (signal.size !== undefined) raise(profile.facets.size, signal.size, 2, signal.at);
      meet(profile, signal, (item) => {
        item.carted += 1;
      });
      return;
    case 'purchase':
      believe(profile, signal, 5);
      if (signal.size !== undefined) raise(profile.facets.size, signal.size, 3, signal.at);
      meet(profile, signal, (item) => {
        item.bought += signal.quantity;
      });
      return;
    case 'search':
      for (const token of signal.queryTokens) raise(profile.facets.title, String(token), 2, signal.at);
      profile.evidence += 1;
      return;
    default:
      unreachable(signal);
  }
}

/** Adds what a longer look at an already folded view says: up to twice a view's weight after 20 seconds. */
export function foldDwell(profile: Profile, view: Signal & { kind: 'view' }, extraDwellMs: number): void {
  const weight = Math.min(extraDwellMs / 10_000, 2);
  if (weight > 0) believe(profile, view, weight, 0);
}

function believe(
  profile: Profile,
  signal: SignalFacets & { at: EpochMs },
  weight: number,
  evidence = 1,
): void {
  const { facets, price } = profile;
  const count = evidence;
  if (signal.category !== undefined)
    for (const level of categoryLevels(signal.category))
      raise(facets.category, level, weight, signal.at, count);
  if (signal.brand !== undefined) raise(facets.brand, signal.brand, weight, signal.at, count);
  if (signal.colour !== undefined) raise(facets.colour, signal.colour, weight, signal.at, count);
  for (const token of signal.titleTokens ?? []) raise(facets.title, String(token), weight, signal.at, count);
  if (signal.priceLevel !== undefined) {
    const now = Math.max(price.at, signal.at) as EpochMs;
    const fresh = decayed(weight, signal.at, now);
    const keep = decayed(1, price.at, now);
    price.sum = price.sum * keep + fresh * signal.priceLevel;
    price.weight = price.weight * keep + fresh;
    price.at = now;
  }
  profile.evidence += evidence;
}

function raise(labels: Map<string, Affinity>, label: string, weight: number, at: EpochMs, count = 1): void {
  const known = labels.get(label);
  if (known === undefined) {
    labels.set(label, { weight, at, count });
    if (labels.size > MAX_LABELS_PER_FACET) labels.delete(weakest(labels, at));
    return;
  }
  const now = Math.max(known.at, at) as EpochMs;
  known.weight = decayed(known.weight, known.at, now) + decayed(weight, at, now);
  known.at = now;
  known.count += count;
}

function weakest(labels: ReadonlyMap<string, Affinity>, now: EpochMs): string {
  let found = '';
  let least = Number.POSITIVE_INFINITY;
  for (const [label, affinity] of labels) {
    const weight = decayed(affinity.weight, affinity.at, now);
    if (weight < least) [found, least] = [label, weight];
  }
  return found;
}

/** Moves the item to the end of the list of met items and notes the contact. */
function meet(
  profile: Profile,
  signal: SignalFacets & { at: EpochMs; itemId?: ItemId },
  note: (item: MetItem) => void,
): void {
  if (signal.itemId === undefined) return;
  const { category, brand, colour, priceLevel, titleTokens } = signal;
  const index = profile.items.findIndex((item) => item.id === signal.itemId);
  const known = index < 0 ? undefined : profile.items.splice(index, 1)[0];
  const item: MetItem = known ?? {
    id: signal.itemId,
    at: signal.at,
    seen: 0,
    viewed: 0,
    carted: 0,
    bought: 0,
    ...(category === undefined ? {} : { category }),
    ...(brand === undefined ? {} : { brand }),
    ...(colour === undefined ? {} : { colour }),
    ...(priceLevel === undefined ? {} : { priceLevel }),
    ...(titleTokens === undefined ? {} : { titleTokens }),
  };
  item.at = Math.max(item.at, signal.at) as EpochMs;
  note(item);
  let place = profile.items.length;
  while (place > 0 && (profile.items[place - 1]?.at ?? 0) > item.at) place -= 1;
  profile.items.splice(place, 0, item);
  if (profile.items.length > MAX_MET_ITEMS) profile.items.shift();
}
