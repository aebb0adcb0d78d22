import type { EpochMs, ItemId } from '../core/ids.ts';
import type { Candidate } from '../core/item.ts';
import { categoryLevels, toCategory, toLabel } from '../core/label.ts';
import { toPriceLevel } from '../core/price-level.ts';
import { type Affinity, decayed, type MetItem } from '../core/profile.ts';
import { hashTokens } from '../core/tokens.ts';
import type { RankContext } from './ranker.ts';

/** The ranker's features, in the order of its weights; shape [d]. */
export const FEATURES = [
  'position',
  'category',
  'brand',
  'colour',
  'size',
  'title',
  'price',
  'viewed',
  'carted',
  'bought',
  'skipped',
  'similar',
] as const;
export type Feature = (typeof FEATURES)[number];
export const FEATURE_COUNT = FEATURES.length;

/** Similarity looks back at this many of the items met last. */
const RECENT_ITEMS = 10;

/** Evidence at which a profile is believed by half. */
const HALF_BELIEVED_EVIDENCE = 3;

/**
 * @param into row-major, shape [n, d]; filled with each candidate's features
 *
 * `position` is -log2(1 + position), the shop's own order as a prior. All others are 0 without history. Interest in
 * a label is the share of all (decayed) interest of its kind that the label holds, in [0, 1], times how far the
 * profile is to be believed, n / (n + 3).
 */
export function fillFeatures(
  context: RankContext,
  candidates: readonly Candidate[],
  into: Float64Array,
): void {
  const { profile, salt, now } = context;
  const belief = profile.evidence / (profile.evidence + HALF_BELIEVED_EVIDENCE);
  const shares = {
    category: createShare(profile.facets.category, now),
    brand: createShare(profile.facets.brand, now),
    colour: createShare(profile.facets.colour, now),
    size: createShare(profile.facets.size, now),
    title: createShare(profile.facets.title, now),
  };
  const met = new Map<ItemId, MetItem>(profile.items.map((item) => [item.id, item]));
  const recent = profile.items
    .filter((item) => item.viewed + item.carted + item.bought > 0)
    .slice(-RECENT_ITEMS);
  const recentTokens = recent.map((item) => new Set(item.titleTokens));
  const meanLevel = profile.price.weight > 0 ? profile.price.sum / profile.price.weight : undefined;

  candidates.forEach((candidate, row) => {
    const at = row * FEATURE_COUNT;
    const put = (feature: Feature, value: number) => {
      into[at + FEATURES.indexOf(feature)] = value;
    };
    put('position', -Math.log2(1 + candidate.position));
    if (profile.evidence === 0 && met.size === 0) return;

    const category = toCategory(candidate.category);
    const brand = toLabel(candidate.brand);
    const colour = toLabel(candidate.colour);
    const level = toPriceLevel(candidate.price);
    const tokens = candidate.title === undefined ? [] : hashTokens(candidate.title, salt);
    if (category !== undefined) {
      const levels = categoryLevels(category);
      put(
        'category',
        (belief * levels.reduce((sum, label) => sum + shares.category(label), 0)) / levels.length,
      );
    }
    if (brand !== undefined) put('brand', belief * shares.brand(brand));
    if (colour !== undefined) put('colour', belief * shares.colour(colour));
    const sizes = candidate.sizes ?? [];
    if (sizes.length > 0)
      put('size', belief * Math.max(...sizes.map((size) => shares.size(toLabel(size) ?? ''))));
    if (tokens.length > 0)
      put(
        'title',
        (belief * tokens.reduce((sum, token) => sum + shares.title(String(token)), 0)) /
          Math.sqrt(tokens.length),
      );
    if (level !== undefined && meanLevel !== undefined)
      put('price', -belief * Math.min(Math.abs(level - meanLevel) / 16, 1));

    const known = met.get(candidate.id);
    if (known !== undefined) {
      put('viewed', Math.log2(1 + known.viewed));
      put('carted', Math.log2(1 + known.carted));
      put('bought', Math.log2(1 + known.bought));
      const taken = known.viewed + known.carted + known.bought;
      put('skipped', taken > 0 ? 0 : -Math.log2(1 + Math.min(known.seen, 7)));
    }
    let similar = 0;
    for (const [i, item] of recent.entries()) {
      if (item.id === candidate.id) continue;
      similar = Math.max(similar, tokenSimilarity(tokens, recentTokens[i] ?? new Set()));
    }
    put('similar', belief * similar);
  });
}

/** Cosine of two sets of words, in [0, 1]. */
function tokenSimilarity(tokens: readonly number[], other: ReadonlySet<number>): number {
  if (tokens.length === 0 || other.size === 0) return 0;
  const shared = tokens.reduce((sum, token) => sum + (other.has(token) ? 1 : 0), 0);
  return shared / Math.sqrt(tokens.length * other.size);
}

function createShare(labels: ReadonlyMap<string, Affinity>, now: EpochMs): (label: string) => number {
  let total = 0;
  for (const { weight, at } of labels.values()) total += decayed(weight, at, now);
  return (label) => {
    const affinity = labels.get(label);
    return affinity === undefined || total === 0 ? 0 : decayed(affinity.weight, affinity.at, now) / total;
  };
}
