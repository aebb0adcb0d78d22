import { DAY_MS, type EpochMs } from '../core/ids.ts';
import { itemHash } from '../core/item-hash.ts';
import { decay, type Profile, type RecentItem } from '../core/profile.ts';

/** An item touched r items ago counts this much to the power of r. */
export const ATTENTION = 0.75;
export const NEXT_ATTENTION = 0.5;
export const MIX_ATTENTION = 0.85;
export const VISIT_ATTENTION = 0.95;
/** Items of earlier visits fade by half in this time when neighbours are looked up. */
const EARLIER_HALF_LIFE_MS = 90 * DAY_MS;
/** Steps at which a profile is believed by half. */
const HALF_BELIEVED_STEPS = 3;

export interface HistoryItem {
  /** 0 for the item touched last, 1 for the one before it. */
  readonly rank: number;
  readonly inVisit: boolean;
  /** Weight of an item of an earlier visit; 0 in this visit. */
  readonly earlier: number;
}

/** What a profile says to every list, worked out once per call. */
export interface Prepared {
  readonly profile: Profile;
  readonly now: EpochMs;
  /** 0 (nothing known) to 1. */
  readonly confidence: number;
  /** How this visitor goes on, smoothed: with the item just touched, or back to any item touched; 1/2 when unknown. */
  readonly stayRate: number;
  readonly returnRate: number;
  /** Newest first. */
  readonly recent: readonly RecentItem[];
  /** Places in `recent` of the items whose title has a word. */
  readonly postings: ReadonlyMap<number, readonly number[]>;
  readonly history: ReadonlyMap<number, HistoryItem>;
  readonly attentionTotal: number;
  readonly mixTotal: number;
  readonly nextTotal: number;
  readonly visitTotal: number;
  readonly earlierTotal: number;
  readonly visitItems: number;
  readonly visitPriceLevel: number | undefined;
  readonly longPriceLevel: number | undefined;
  readonly queryTokens: ReadonlySet<number>;
}

/** @param now when the list is ranked; only ages depend on it */
export function prepare(profile: Profile, now: EpochMs): Prepared {
  const recent = [...profile.recent].reverse();
  const postings = new Map<number, number[]>();
  recent.forEach(({ titleTokens }, rank) => {
    for (const token of titleTokens ?? []) {
      const ranks = postings.get(token) ?? [];
      ranks.push(rank);
      postings.set(token, ranks);
    }
  });
  const history = new Map<number, HistoryItem>();
  let rank = profile.items.size;
  let attentionTotal = 0;
  let mixTotal = 0;
  let nextTotal = 0;
  let visitTotal = 0;
  let earlierTotal = 0;
  let visitItems = 0;
  for (const [itemId, memory] of profile.items) {
    rank -= 1;
    const inVisit = memory.lastVisit === profile.visit;
    const loyalty = 1 + 0.5 * Math.min(4, memory.purchaseVisits);
    const earlier = inVisit ? 0 : decay(now - memory.lastAt, EARLIER_HALF_LIFE_MS) * loyalty;
    history.set(itemHash(itemId), { rank, inVisit, earlier });
    attentionTotal += ATTENTION ** rank;
    mixTotal += MIX_ATTENTION ** rank;
    nextTotal += NEXT_ATTENTION ** rank;
    earlierTotal += earlier;
    if (inVisit) {
      visitItems += 1;
      visitTotal += VISIT_ATTENTION ** rank;
    }
  }
  const levels = recent.flatMap(({ visit, priceLevel }) =>
    visit === profile.visit ? (priceLevel ?? []) : [],
  );
  const moves = Math.max(0, profile.steps - 1);
  return {
    profile,
    now,
    confidence: profile.steps / (profile.steps + HALF_BELIEVED_STEPS),
    stayRate: (profile.stays + 1) / (moves + 2),
    returnRate: (profile.stays + profile.returns + 1) / (moves + 2),
    recent,
    postings,
    history,
    attentionTotal,
    mixTotal,
    nextTotal,
    visitTotal,
    earlierTotal,
    visitItems,
    visitPriceLevel:
      levels.length > 0 ? levels.reduce((sum, level) => sum + level, 0) / levels.length : undefined,
    longPriceLevel: profile.price.weight > 0 ? profile.price.sum / profile.price.weight : undefined,
    queryTokens: new Set(profile.queries.flat()),
  };
}
