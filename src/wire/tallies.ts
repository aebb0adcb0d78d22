/** Counts of one kind in one arm, as they are capped and weighed before they are added up. */
export interface Metric {
  readonly name: 'views' | 'clicks' | 'carts' | 'orders' | 'value';
  /** Most of one day that counts. */
  readonly dayCap: number;
  /** Most of all days together, in units. */
  readonly cap: number;
  /** How many make one unit; what is left over does not count. */
  readonly unit: number;
  /** What one unit adds to the sum: the larger, the less noise beside it. */
  readonly weight: number;
}

/** The same for every shop: what a device may tell of itself is decided by its build, never by a server. */
export const METRICS: readonly Metric[] = [
  { name: 'views', dayCap: 10, cap: 7, unit: 5, weight: 1 },
  { name: 'clicks', dayCap: 5, cap: 15, unit: 1, weight: 1 },
  { name: 'carts', dayCap: 2, cap: 3, unit: 1, weight: 2 },
  { name: 'orders', dayCap: 1, cap: 1, unit: 1, weight: 7 },
  { name: 'value', dayCap: 4, cap: 4, unit: 1, weight: 2 },
];
/** Days that one report tells of, all of them over. */
export const TALLY_DAYS = 14;
/** What a shopper adds whose clicks went to one of the two orders more often. */
export const VOTE_WEIGHT = 20;

/** Entries of a report, in their order. */
export const TALLY_ENTRIES = {
  lift: [
    ...METRICS.map(({ name }) => `personalized.${name}`),
    ...METRICS.map(({ name }) => `holdout.${name}`),
    'interleaved.personal',
    'interleaved.shop',
  ],
  health: ['replayed', 'drifted', 'stoodDown', 'contested', 'failed'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type TallyTopic = keyof typeof TALLY_ENTRIES;
export const TALLY_TOPICS = ['lift', 'health'] as const satisfies readonly TallyTopic[];

/** Bits of an entry; no entry is larger than `VOTE_WEIGHT`. */
export const TALLY_BITS = 5;

/**
 * Squared L2 norm of the largest report: beside that of a shopper without data, which is all zeros. A device is in one
 * arm, so the largest of the arms counts.
 */
export function tallyReach(topic: TallyTopic): number {
  if (topic === 'health') return TALLY_ENTRIES.health.length;
  const counted = METRICS.reduce((sum, { cap, weight }) => sum + (cap * weight) ** 2, 0);
  return Math.max(counted, VOTE_WEIGHT ** 2);
}
