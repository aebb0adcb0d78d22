import type { Candidate, RankedItem } from '../core/item.ts';
import { categoryLevels, toCategory, toLabel } from '../core/label.ts';
import type { Steps } from '../core/steps.ts';

/** What a merchant may set of the second pass. */
export interface SlatePolicy {
  /** Places that a product may rise, and how often it may be overtaken; `Infinity` for no limit. */
  readonly maxShift: number;
  /** What full likeness to the products just before costs, in score; 0 turns it off. */
  readonly diversity: number;
  /** Whether one slot in twelve, never among the first three, may show something never seen. */
  readonly explore: boolean;
}

/** Diversity is gentle on purpose: `reshelf replay` prints what it costs, as `reshelf-cold-slate` beside `reshelf-cold`. */
export const DEFAULT_POLICY: SlatePolicy = {
  maxShift: Number.POSITIVE_INFINITY,
  diversity: 0.15,
  explore: false,
};

export interface SlateInput {
  readonly candidates: readonly Candidate[];
  /** Shape [n]; higher is better. */
  readonly scores: Float64Array;
  /** Share of the shopper's interest in a widest category, in [0, 1]. */
  readonly interestIn: (category: string) => number;
  /** Products that no table knows yet; they are overtaken at most `NEW_SHIFT` times. */
  readonly isNew: (candidate: Candidate) => boolean;
  /** Products that this shopper has not seen; exploration draws from them. */
  readonly isUnseen: (candidate: Candidate) => boolean;
  /** Uniform in [0, 1); the same sequence for the same session, list and data. */
  readonly random: () => number;
}

/** Slots that likeness and mix look at: what a shopper sees of a list. The rest goes by score alone. */
const RERANKED_SLOTS = 48;
/** Slots looked back at for likeness: a row and a half of a desktop grid. */
const LOOK_BACK = 6;
/** What a category that has run ahead of its share by a whole slot costs, times `diversity`. */
const MIX_COST = 1;
/** Fair exposure for new products: nothing is known for them, and nothing against them. */
const NEW_SHIFT = 4;
const EXPLORE_EVERY = 12;
const FIRST_EXPLORED_SLOT = 3;
/** A window of twelve slots is explored this often. */
const EXPLORE_RATE = 0.5;

interface Place {
  readonly candidate: Candidate;
  readonly score: number;
  /** 0-based place among the candidates in the shop's own order. */
  readonly rank: number;
  /** Slots above its own place that it may rise. */
  readonly maxRise: number;
  readonly maxOvertaken: number;
  readonly widest: string;
  readonly labels: readonly string[];
  overtaken: number;
}

/**
 * The second pass over scored candidates, slot by slot from the top: maximal marginal relevance (Carbonell and
 * Goldstein, SIGIR 1998) with a calibrated category mix (Steck, RecSys 2018), under rules that no score outweighs:
 * out-of-stock products never rise, nobody rises or is overtaken more than `maxShift` places, new products are
 * overtaken at most four times.
 *
 * Nobody can get stuck: a place that may not be overtaken again is next as soon as those before it are placed.
 * @returns best first; equal scores keep the shop's order
 */
export function* fillSlate(input: SlateInput, policy: SlatePolicy): Steps<RankedItem[]> {
  const remaining = toPlaces(input, policy);
  const share = targetShares(remaining, input.interestIn);
  const taken = new Map<string, number>();
  const placed: Place[] = [];
  const order: RankedItem[] = [];
  const explored = policy.explore ? exploredSlots(remaining.length, input.random) : new Set<number>();

  while (remaining.length > 0) {
    yield;
    const slot = placed.length;
    const reach = allowedReach(remaining);
    let place: Place | undefined;
    let propensity = 1;
    if (explored.has(slot)) {
      const pool = remaining.filter(
        (one, i) => i <= reach && canRise(one, slot) && input.isUnseen(one.candidate),
      );
      place = pool[Math.floor(input.random() * pool.length)];
      if (place !== undefined)
        propensity = EXPLORE_RATE / ((EXPLORE_EVERY - FIRST_EXPLORED_SLOT) * pool.length);
    }
    place ??= bestPlace(remaining, reach, slot, (one) =>
      slot < RERANKED_SLOTS ? policy.diversity * costOf(one, placed, taken, share) : 0,
    );
    const at = remaining.indexOf(place);
    for (const one of remaining.slice(0, at)) one.overtaken += 1;
    remaining.splice(at, 1);
    placed.push(place);
    taken.set(place.widest, (taken.get(place.widest) ?? 0) + 1);
    order.push({
      id: place.candidate.id,
      position: place.candidate.position,
      score: place.score,
      propensity,
    });
  }
  return order;
}

/** In the shop's own order, so that the places a choice overtakes are those before it. */
function toPlaces({ candidates, scores, isNew }: SlateInput, { maxShift }: SlatePolicy): Place[] {
  return candidates
    .map((candidate, index) => ({ candidate, score: scores[index] ?? 0 }))
    .sort((a, b) => a.candidate.position - b.candidate.position)
    .map(({ candidate, score }, rank) => {
      const category = toCategory(candidate.category);
      const levels = category === undefined ? [] : categoryLevels(category);
      return {
        candidate,
        score,
        rank,
        maxRise: candidate.inStock === false ? 0 : maxShift,
        maxOvertaken: isNew(candidate) ? Math.min(NEW_SHIFT, maxShift) : maxShift,
        widest: levels[0] ?? '',
        labels: [
          ...levels.slice(1),
          `${toLabel(candidate.brand) ?? rank}`,
          `${toLabel(candidate.colour) ?? rank}`,
        ],
        overtaken: 0,
      };
    });
}

/** Index of the first place that may not be overtaken again; nothing behind it may be chosen. */
function allowedReach(remaining: readonly Place[]): number {
  const index = remaining.findIndex((place) => place.overtaken >= place.maxOvertaken);
  return index < 0 ? remaining.length - 1 : index;
}

const canRise = (place: Place, slot: number): boolean => place.rank - slot <= place.maxRise;

/** @param cost at least 0; only asked for where it can matter */
function bestPlace(
  remaining: readonly Place[],
  reach: number,
  slot: number,
  cost: (place: Place) => number,
): Place {
  let found = remaining[0] as Place; // never empty here; the first place can always be chosen
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i <= reach; i++) {
    const place = remaining[i];
    if (place === undefined || place.score <= most || !canRise(place, slot)) continue;
    const value = place.score - cost(place);
    if (value > most) [found, most] = [place, value];
  }
  return found;
}

/** Likeness to the slots just before, plus how far the category has run ahead of its share. */
function costOf(
  place: Place,
  placed: readonly Place[],
  taken: ReadonlyMap<string, number>,
  share: ReadonlyMap<string, number>,
): number {
  const before = placed.slice(-LOOK_BACK);
  let likeness = 0;
  for (const { labels } of before) {
    const shared = place.labels.filter((label) => labels.includes(label)).length;
    likeness = Math.max(likeness, shared / place.labels.length);
  }
  const ahead = (taken.get(place.widest) ?? 0) + 1 - (share.get(place.widest) ?? 0) * (placed.length + 1);
  return likeness + MIX_COST * Math.max(0, ahead - 1);
}

/** What share of the top each widest category is due: half by the list, half by interest, as far as interest is known. */
function targetShares(places: readonly Place[], interestIn: SlateInput['interestIn']): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { widest } of places) counts.set(widest, (counts.get(widest) ?? 0) + 1);
  const interests = new Map([...counts.keys()].map((category) => [category, interestIn(category)]));
  const known = [...interests.values()].reduce((sum, interest) => sum + interest, 0);
  return new Map(
    [...counts].map(([category, count]) => {
      const listed = count / places.length;
      const wanted = known > 0 ? (interests.get(category) ?? 0) / known : listed;
      return [category, (listed + wanted) / 2];
    }),
  );
}

/** At most one slot in each window of twelve, and not in every window. */
function exploredSlots(length: number, random: () => number): Set<number> {
  const slots = new Set<number>();
  for (let start = 0; start < length; start += EXPLORE_EVERY) {
    const isExplored = random() < EXPLORE_RATE;
    const offset = FIRST_EXPLORED_SLOT + Math.floor(random() * (EXPLORE_EVERY - FIRST_EXPLORED_SLOT));
    if (isExplored) slots.add(start + offset);
  }
  return slots;
}
