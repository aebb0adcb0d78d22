import type { RandomIntegers } from './random-integers.ts';

/** How a device answers in which of `buckets` it is, with noise of its own: one epsilon per answer, no helper needed. */
export interface LocalMechanism {
  readonly kind: 'k-rr' | 'oue';
  readonly buckets: number;
  readonly epsilon: number;
  /** Chance that the true bucket is reported. */
  readonly p: number;
  /** Chance that any one other bucket is reported. */
  readonly q: number;
  /** Variance of a bucket's estimated share, times the number of answers, for a rare bucket. */
  readonly variance: number;
}

/**
 * k-ary randomized response: the truth with chance p = e^eps / (e^eps + k - 1), else one of the others.
 * Kairouz, Bonawitz, Ramage 2016 (arXiv:1602.07387).
 */
export function kRandomizedResponse(buckets: number, epsilon: number): LocalMechanism {
  const odds = Math.exp(epsilon);
  const p = odds / (odds + buckets - 1);
  const q = 1 / (odds + buckets - 1);
  return { kind: 'k-rr', buckets, epsilon, p, q, variance: (q * (1 - q)) / (p - q) ** 2 };
}

/**
 * Optimized unary encoding: every bucket answers for itself, the true one with p = 1/2, others with q = 1 / (e^eps + 1).
 * Wang et al., USENIX Security 2017, section 4.3: variance 4 e^eps / (e^eps - 1)².
 */
export function optimizedUnary(buckets: number, epsilon: number): LocalMechanism {
  const odds = Math.exp(epsilon);
  return {
    kind: 'oue',
    buckets,
    epsilon,
    p: 0.5,
    q: 1 / (odds + 1),
    variance: (4 * odds) / (odds - 1) ** 2,
  };
}

/** Whichever of the two estimates a rare bucket better. @throws RangeError on less than 2 buckets or no epsilon */
export function bestLocalMechanism(buckets: number, epsilon: number): LocalMechanism {
  if (!Number.isInteger(buckets) || buckets < 2)
    throw new RangeError(`expected 2 buckets or more, got ${buckets}`);
  if (!(epsilon > 0)) throw new RangeError(`expected an epsilon above 0, got ${epsilon}`);
  const direct = kRandomizedResponse(buckets, epsilon);
  const unary = optimizedUnary(buckets, epsilon);
  return direct.variance <= unary.variance ? direct : unary;
}

/** Chances as whole numbers of 2^-53: what the mechanism's figures are, to the last bit, without a float in the draw. */
const CHANCE_STEPS = 2 ** 53;
const toSteps = (chance: number): bigint => BigInt(Math.round(chance * CHANCE_STEPS));

/** One noisy answer. @returns the buckets reported, rising: exactly one by k-rr, any number by oue */
export function answerLocally(mechanism: LocalMechanism, bucket: number, random: RandomIntegers): number[] {
  const { buckets, p, q } = mechanism;
  if (!Number.isInteger(bucket) || bucket < 0 || bucket >= buckets)
    throw new RangeError(`expected a bucket below ${buckets}, got ${bucket}`);
  const steps = BigInt(CHANCE_STEPS);
  if (mechanism.kind === 'k-rr') {
    if (random.coin(toSteps(p), steps)) return [bucket];
    const other = Number(random.below(BigInt(buckets - 1)));
    return [other < bucket ? other : other + 1];
  }
  return Array.from({ length: buckets }, (_, at) => at).filter((at) =>
    random.coin(toSteps(at === bucket ? p : q), steps),
  );
}

/**
 * Unbiased counts per bucket from noisy answers: (count - n q) / (p - q); they may be below 0.
 * @param counts how often each bucket was reported, shape [buckets]
 * @param answers n, how many devices answered
 */
export function estimateCounts(
  { p, q }: LocalMechanism,
  counts: readonly number[],
  answers: number,
): number[] {
  return counts.map((count) => (count - answers * q) / (p - q));
}
