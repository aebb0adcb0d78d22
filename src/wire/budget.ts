/**
 * The most that contributing may cost one shopper, whatever a server asks: compiled into the build that runs on the
 * device. A shop may ask for less, never for more.
 */
export const BUDGET = {
  /** Of all contributions of `periodDays` together. */
  epsilon: 4,
  delta: 1e-6,
  /** Contributions of weights in `periodDays`, at most. */
  contributions: 12,
  periodDays: 365,
} as const;
