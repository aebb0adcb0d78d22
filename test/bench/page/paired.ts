/** A difference between two variants of a page, measured in pairs. */
export interface Difference {
  /** Median of the differences within pairs. */
  readonly median: number;
  /** Interval of that median that holds with at least 95 % of chance; all values where there are fewer than six pairs. */
  readonly low: number;
  readonly high: number;
  /** Median over median; `null` where the other median is 0. */
  readonly ratio: number | null;
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** @param values at least one */
export function median(values: readonly number[]): number {
  const order = sorted(values);
  const middle = (order.length - 1) / 2;
  return ((order[Math.floor(middle)] ?? Number.NaN) + (order[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/**
 * Distribution-free interval of a median by order statistics: the widest cut k from both ends with
 * 2 · P(Binomial(n, ½) < k) ≤ 0.05 (David and Nagaraja, Order Statistics, 3rd ed., 7.1).
 * @param values of `variant`, in the order of the rounds; `base` in the same
 */
export function difference(variant: readonly number[], base: readonly number[]): Difference {
  const pairs = sorted(variant.map((value, round) => value - (base[round] ?? Number.NaN)));
  const cut = cutFor(pairs.length);
  const baseMedian = median(base);
  return {
    median: median(pairs),
    low: pairs[cut] ?? Number.NaN,
    high: pairs[pairs.length - 1 - cut] ?? Number.NaN,
    ratio: baseMedian === 0 ? null : median(variant) / baseMedian,
  };
}

function cutFor(count: number): number {
  let probability = 0.5 ** count; // P(X = 0)
  let below = 0;
  let cut = 0;
  while (2 * (below + probability) <= 0.05) {
    below += probability;
    cut += 1;
    probability *= (count - cut + 1) / cut;
  }
  return Math.max(0, cut - 1);
}
