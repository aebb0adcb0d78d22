/**
 * Rényi differential privacy (Mironov 2017, arXiv:1702.07476): one value per order, and values add up over releases.
 * Full participation only: nothing here claims amplification by sampling or shuffling.
 */
export interface RenyiCurve {
  /** Orders above 1. */
  readonly orders: readonly number[];
  /** Shape of the orders: divergence at that order, in nats. */
  readonly values: readonly number[];
}

export interface PrivacyLoss {
  readonly epsilon: number;
  /** The order that gave it. */
  readonly order: number;
}

/** The orders that Google's dp_accounting uses by default, so that figures can be compared. */
export const ORDERS: readonly number[] = [
  ...Array.from({ length: 99 }, (_, at) => 1 + (at + 1) / 10),
  ...Array.from({ length: 53 }, (_, at) => 11 + at),
  128,
  256,
  512,
  1024,
];

/**
 * Of one Gaussian release, continuous or discrete: order / (2 z²). For the discrete one see Canonne, Kamath, Steinke 2020
 * (arXiv:2004.00010), theorem 4.
 * @param noiseMultiplier z, the noise's standard deviation divided by the L2 sensitivity; unitless
 */
export function gaussianRenyi(noiseMultiplier: number, orders: readonly number[] = ORDERS): RenyiCurve {
  return concentratedRenyi(1 / (2 * noiseMultiplier ** 2), orders);
}

/** Of rho-zero-concentrated privacy (Bun and Steinke 2016, arXiv:1605.02065): rho * order. */
export function concentratedRenyi(rho: number, orders: readonly number[] = ORDERS): RenyiCurve {
  return { orders, values: orders.map((order) => rho * order) };
}

/** Of any pure epsilon: never more than epsilon itself, and at most rho = epsilon² / 2 (Bun and Steinke 2016, 1.4). */
export function pureRenyi(epsilon: number, orders: readonly number[] = ORDERS): RenyiCurve {
  return { orders, values: orders.map((order) => Math.min(epsilon, (epsilon ** 2 / 2) * order)) };
}

/** Several releases about the same person, in any order. @throws RangeError when curves have different orders */
export function compose(curves: readonly RenyiCurve[], orders: readonly number[] = ORDERS): RenyiCurve {
  for (const curve of curves)
    if (curve.orders.length !== orders.length || curve.orders.some((order, at) => order !== orders[at]))
      throw new RangeError('expected curves over the same orders');
  return {
    orders,
    values: orders.map((_, at) => curves.reduce((sum, { values }) => sum + (values[at] ?? 0), 0)),
  };
}

/**
 * The epsilon at `delta`: least over orders of value + log(1 - 1/order) - log(delta * order) / (order - 1), as in
 * Google's dp_accounting (Canonne, Kamath, Steinke 2020, proposition 12); never below 0.
 */
export function epsilonOf({ orders, values }: RenyiCurve, delta: number): PrivacyLoss {
  if (!(delta > 0 && delta < 1)) throw new RangeError(`expected a delta between 0 and 1, got ${delta}`);
  let best: PrivacyLoss = { epsilon: Number.POSITIVE_INFINITY, order: 0 };
  orders.forEach((order, at) => {
    const epsilon = (values[at] ?? 0) + Math.log1p(-1 / order) - Math.log(delta * order) / (order - 1);
    if (epsilon < best.epsilon) best = { epsilon, order };
  });
  return values.every((value) => value === 0)
    ? { epsilon: 0, order: 0 }
    : { ...best, epsilon: Math.max(0, best.epsilon) };
}

/**
 * The least z for which `releases` Gaussian releases stay within epsilon at delta; by halving, to 1e-9.
 * @throws RangeError on an epsilon that is not above 0
 */
export function noiseMultiplierFor(
  epsilon: number,
  delta: number,
  releases: number,
  orders: readonly number[] = ORDERS,
): number {
  if (!(epsilon > 0)) throw new RangeError(`expected an epsilon above 0, got ${epsilon}`);
  const spent = (z: number) => epsilonOf(concentratedRenyi(releases / (2 * z ** 2), orders), delta).epsilon;
  let low = 1e-3;
  let high = 1;
  while (spent(high) > epsilon) high *= 2;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (spent(middle) > epsilon) low = middle;
    else high = middle;
  }
  return high;
}
