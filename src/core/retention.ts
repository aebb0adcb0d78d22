import { DAY_MS } from './ids.ts';
import type { SignalKind } from './signal.ts';

/**
 * How long a signal is kept, in days. What was only seen fades first; what was bought tells most about a
 * returning shopper and is kept for a year, two seasons of clothing.
 */
export const RETENTION_DAYS: Readonly<Record<SignalKind, number>> = {
  impression: 14,
  search: 30,
  click: 90,
  view: 90,
  cart: 90,
  size: 365,
  purchase: 365,
};

/** The journal never holds more signals than this; the oldest of the kind with the most go first. */
export const MAX_JOURNAL_SIGNALS = 4000;

/**
 * @param capDays the merchant's own, shorter limit for every kind, or `undefined`
 * @returns how long signals of this kind are kept, in ms
 */
export function retentionMs(kind: SignalKind, capDays: number | undefined): number {
  return Math.min(RETENTION_DAYS[kind], capDays ?? Number.POSITIVE_INFINITY) * DAY_MS;
}
