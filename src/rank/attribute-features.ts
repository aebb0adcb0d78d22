import { decay, type Evidence, INTEREST_HALF_LIFE_MS, type RecentItem } from '../core/profile.ts';
import type { RankCandidate } from './candidate.ts';
import type { Put } from './features.ts';
import { ATTENTION, type Prepared } from './prepare.ts';

/** Likeness looks back at this many items. */
const ALIKE_ITEMS = 12;
/** Price levels per step of likeness: half a doubling is 1/e alike. */
const ALIKE_LEVELS = 4;
/** Price levels (eight per doubling) that count as distance 1; more than three count as three. */
const DISTANCE_LEVELS = 8;
const MAX_DISTANCE = 3;

/** Shared attributes with the items touched lately. */
export function putAlike({ recent }: Prepared, candidate: RankCandidate, put: Put): void {
  const count = Math.min(recent.length, ALIKE_ITEMS);
  let max = 0;
  let sum = 0;
  let total = 0;
  let weight = 1;
  for (let rank = 0; rank < count; rank++, weight *= ATTENTION) {
    const item = recent[rank];
    if (item === undefined || item.itemId === candidate.id) continue;
    const alike = alikeness(candidate, item);
    if (rank === 0) put('alike.last', alike);
    if (alike > max) max = alike;
    sum += alike * weight;
    total += weight;
  }
  put('alike.max', max);
  if (total > 0) put('alike.attention', sum / (total + 0.5));
}

/** Share of interest in the candidate's category, brand, colour and sizes. */
export function putShares({ profile, recent }: Prepared, candidate: RankCandidate, put: Put): void {
  const last = recent[0];
  const share = (evidence: Evidence | undefined): number =>
    evidence === undefined
      ? 0
      : (evidence.weight * decay(profile.lastAt - evidence.at, INTEREST_HALF_LIFE_MS)) / (profile.weight + 3);
  const visitShare = (evidence: Evidence | undefined): number =>
    evidence?.visit === profile.visit ? evidence.inVisit / (profile.visitSteps + 2) : 0;

  const { categories, brand, colour } = candidate;
  let long = 0;
  let visit = 0;
  let same = 0;
  for (const level of categories) {
    const evidence = profile.categories.get(level);
    long += share(evidence);
    visit += visitShare(evidence);
    if (last?.category === level || last?.category?.startsWith(`${level} > `)) same += 1;
  }
  if (categories.length > 0) {
    put('category.long', long / categories.length);
    put('category.visit', visit / categories.length);
    put('category.last', same / categories.length);
  }
  if (brand !== undefined) {
    const evidence = profile.brands.get(brand);
    put('brand.long', share(evidence));
    put('brand.visit', visitShare(evidence));
    put('brand.last', last?.brand === brand ? 1 : 0);
  }
  if (colour !== undefined) {
    const evidence = profile.colours.get(colour);
    put('colour.long', share(evidence));
    put('colour.visit', visitShare(evidence));
    put('colour.last', last?.colour === colour ? 1 : 0);
  }
  if (profile.sizes.size > 0 && candidate.sizes.length > 0) {
    let all = 0;
    for (const { weight } of profile.sizes.values()) all += weight;
    const best = Math.max(...candidate.sizes.map((size) => profile.sizes.get(size)?.weight ?? 0));
    put('size.share', best / (all + 1));
  }
}

/** Distance to the prices looked at, 0 or below. */
export function putPrice(prepared: Prepared, { priceLevel }: RankCandidate, put: Put): void {
  if (priceLevel === undefined) return;
  const { confidence, longPriceLevel, visitPriceLevel, recent } = prepared;
  const distance = (level: number) => -Math.min(MAX_DISTANCE, Math.abs(priceLevel - level) / DISTANCE_LEVELS);
  if (longPriceLevel !== undefined) put('price.long', distance(longPriceLevel) * confidence);
  if (visitPriceLevel !== undefined) put('price.visit', distance(visitPriceLevel) * confidence);
  const last = recent[0]?.priceLevel;
  if (last !== undefined) put('price.last', distance(last));
}

/** Shared attributes of two items, in [0, 1], over those that both have. */
function alikeness({ categories, brand, colour, priceLevel }: RankCandidate, item: RecentItem): number {
  const category = categories[categories.length - 1];
  let known = 0;
  let alike = 0;
  if (category !== undefined && item.category !== undefined) {
    known += 1;
    if (category === item.category) alike += 1;
  }
  if (brand !== undefined && item.brand !== undefined) {
    known += 1;
    if (brand === item.brand) alike += 1;
  }
  if (colour !== undefined && item.colour !== undefined) {
    known += 1;
    if (colour === item.colour) alike += 1;
  }
  if (priceLevel !== undefined && item.priceLevel !== undefined) {
    known += 1;
    alike += Math.exp(-Math.abs(priceLevel - item.priceLevel) / ALIKE_LEVELS);
  }
  return known === 0 ? 0 : alike / known;
}
