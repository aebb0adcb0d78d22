import { logNormalTail, normalQuantile, normalTail } from '../../src/privacy/gaussian.ts';

/** How sure each of the two bounds is; both together miss with at most 2e-4. */
const MISS = 1e-4;

export interface Audit {
  /** Lower bound on the parameter mu of Gaussian differential privacy (Dong, Roth, Su 2019, arXiv:1905.02383). */
  readonly mu: number;
  /** The same as an epsilon at `delta`. */
  readonly epsilon: number;
}

/**
 * What a noisy number gives away, measured: outputs without and with one client, told apart by a threshold fixed in
 * advance, error rates bounded by Clopper and Pearson 1934, and the Gaussian trade-off that such rates need at least.
 * (Nasr et al., USENIX Security 2023, section 5: mu-GDP auditing needs far fewer trials than a plain epsilon bound.)
 */
export function audit(
  without: readonly number[],
  withOne: readonly number[],
  threshold: number,
  delta: number,
): Audit {
  const falseAlarms = upperBound(without.filter((value) => value >= threshold).length, without.length);
  const misses = upperBound(withOne.filter((value) => value < threshold).length, withOne.length);
  const mu = Math.max(0, normalQuantile(1 - falseAlarms) - normalQuantile(misses));
  return { mu, epsilon: epsilonForMu(mu, delta) };
}

/** The least epsilon at which mu-GDP has `delta` (Dong, Roth, Su 2019, corollary 2.13); by halving, to 1e-9. */
export function epsilonForMu(mu: number, delta: number): number {
  if (mu === 0) return 0;
  const deltaAt = (epsilon: number) =>
    normalTail(epsilon / mu - mu / 2) - Math.exp(epsilon + logNormalTail(epsilon / mu + mu / 2));
  let low = 0;
  let high = 1;
  while (deltaAt(high) > delta) high *= 2;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (deltaAt(middle) > delta) low = middle;
    else high = middle;
  }
  return high;
}

/** The chance of success below which `hits` of `trials` would be a miracle: one-sided Clopper and Pearson. */
function upperBound(hits: number, trials: number): number {
  let low = hits / trials;
  let high = 1;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (chanceOfAtMost(hits, trials, middle) > MISS) low = middle;
    else high = middle;
  }
  return high;
}

function chanceOfAtMost(hits: number, trials: number, chance: number): number {
  let logTerm = trials * Math.log1p(-chance);
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= hits; k++) {
    logTerm += Math.log((trials - k + 1) / k) + Math.log(chance) - Math.log1p(-chance);
    sum += Math.exp(logTerm);
  }
  return sum;
}
