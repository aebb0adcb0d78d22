import { concentratedRenyi, epsilonOf, noiseMultiplierFor } from './accountant.ts';

/**
 * The most that contributing may cost one shopper, whatever a server asks: compiled into the build that runs on the
 * device. A shop may ask for less, never for more.
 */
export const BUDGET = {
  /** Of everything contributed in `periodDays`. */
  epsilon: 4,
  delta: 1e-6,
  /** Contributions of weights in `periodDays`; the budget is spent in as many equal slots. */
  contributions: 12,
  periodDays: 365,
} as const;

const DAY_MS = 86_400_000;
export const PERIOD_MS = BUDGET.periodDays * DAY_MS;
/** One twelfth of the period: no more than one twelfth of the budget is spent in it. */
export const SLOT_MS = PERIOD_MS / BUDGET.contributions;

/** Concentrated loss (rho) that a slot may cost: what one release with the least noise allowed costs. */
export function rhoOfSlot(epsilon: number = BUDGET.epsilon): number {
  return 1 / (2 * noiseMultiplierFor(epsilon, BUDGET.delta, BUDGET.contributions) ** 2);
}

export interface Spending {
  /** Unix ms. */
  readonly at: number;
  /** Concentrated loss of a release with Gaussian noise; 0 for others. */
  readonly rho: number;
  /** Epsilon of an answer with noise of its own, delta 0; 0 for others. */
  readonly pure: number;
}

/** Epsilon at the budget's delta of everything together: Gaussian releases by Rényi, pure ones on top by addition. */
export function epsilonSpent(spent: readonly Omit<Spending, 'at'>[]): number {
  const rho = spent.reduce((sum, one) => sum + one.rho, 0);
  const pure = spent.reduce((sum, one) => sum + one.pure, 0);
  return pure + epsilonOf(concentratedRenyi(rho), BUDGET.delta).epsilon;
}

/** Why nothing may be contributed now. */
export type Unaffordable = 'too-little-noise' | 'new-ledger' | 'slot-spent' | 'period-spent';

/** Rounding of sums must not refuse the twelfth contribution. */
const TOLERANCE = 1 + 1e-9;

/**
 * Whether one more loss fits. A ledger younger than a slot may be one that a browser wiped (Safari does after seven
 * days): it counts as a spent slot. Since whatever was spent before lies before its birth, no shopper ever spends more
 * than a twelfth of the budget in any twelfth of the period, however often the store is wiped.
 * @param bornAt when this ledger was made, Unix ms
 * @returns `undefined` when it fits
 */
export function whyUnaffordable(
  spent: readonly Spending[],
  bornAt: number,
  rho: number,
  now: number,
): Unaffordable | undefined {
  const slot = rhoOfSlot();
  if (!(rho > 0 && rho <= slot * TOLERANCE)) return 'too-little-noise';
  if (!(now - bornAt >= SLOT_MS)) return 'new-ledger';
  // What is dated in the future (a clock that was wrong) counts as of now.
  const rhoSince = (span: number) =>
    spent.reduce((sum, one) => (one.at > now - span ? sum + one.rho : sum), rho);
  if (rhoSince(SLOT_MS) > slot * TOLERANCE) return 'slot-spent';
  if (rhoSince(PERIOD_MS) > slot * BUDGET.contributions * TOLERANCE) return 'period-spent';
  return isOverdrawn(spent, { rho, pure: 0 }, now) ? 'period-spent' : undefined;
}

/**
 * The same for an answer with noise of its own, given once in `periodDays`: its epsilon may be at most the budget's share
 * of that time, and a younger ledger than that counts as one that answered before it was wiped.
 */
export function whyLocalUnaffordable(
  spent: readonly Spending[],
  bornAt: number,
  { epsilon, periodDays }: { readonly epsilon: number; readonly periodDays: number },
  now: number,
): Unaffordable | undefined {
  if (!(epsilon > 0 && epsilon <= (BUDGET.epsilon * periodDays) / BUDGET.periodDays))
    return 'too-little-noise';
  if (!(now - bornAt >= periodDays * DAY_MS)) return 'new-ledger';
  return isOverdrawn(spent, { rho: 0, pure: epsilon }, now) ? 'period-spent' : undefined;
}

function isOverdrawn(spent: readonly Spending[], next: Omit<Spending, 'at'>, now: number): boolean {
  const recent = spent.filter(({ at }) => at > now - PERIOD_MS);
  return epsilonSpent([...recent, next]) > BUDGET.epsilon * TOLERANCE;
}
