import type { RandomIntegers } from './random-integers.ts';

/** A positive number as a fraction of whole numbers: noise is never set by a rounded one. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const whole = (value: number | bigint): Fraction => ({ numerator: BigInt(value), denominator: 1n });

/**
 * Discrete Laplace noise: chance of x is (1 - a) / (1 + a) * a^|x| with a = exp(-1 / scale).
 * Canonne, Kamath, Steinke 2020 (arXiv:2004.00010), algorithm 2.
 * @param scale above 0; added to a whole number of L1 sensitivity 1 it gives (1 / scale)-differential privacy
 */
export function drawDiscreteLaplace(random: RandomIntegers, { numerator, denominator }: Fraction): bigint {
  checkPositive(numerator, denominator);
  for (;;) {
    const part = random.below(numerator);
    if (!random.coinExp(part, numerator)) continue;
    let full = 0n;
    while (random.coinExp(1n, 1n)) full += 1n;
    const size = (part + numerator * full) / denominator;
    const isNegative = random.coin(1n, 2n);
    if (isNegative && size === 0n) continue; // or 0 would be drawn twice as often
    return isNegative ? -size : size;
  }
}

/**
 * Discrete Gaussian noise: chance of x proportional to exp(-x² / (2 variance)).
 * Canonne, Kamath, Steinke 2020 (arXiv:2004.00010), algorithm 3. Added to a whole number (or vector) of L2
 * sensitivity D it gives concentrated differential privacy of D² / (2 variance), their theorem 4.
 * @param variance the parameter sigma², above 0; not the standard deviation
 */
export function drawDiscreteGaussian(random: RandomIntegers, variance: Fraction): bigint {
  const { numerator, denominator } = variance;
  checkPositive(numerator, denominator);
  const scale = rootOf(numerator / denominator) + 1n;
  const scaled = denominator * scale;
  for (;;) {
    const value = drawDiscreteLaplace(random, whole(scale));
    const away = (value < 0n ? -value : value) * scaled - numerator;
    if (random.coinExp(away * away, 2n * numerator * denominator * scale * scale)) return value;
  }
}

/** The whole part of a square root, by Newton's steps. */
function rootOf(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << (BigInt(value.toString(2).length + 1) / 2n);
  for (;;) {
    const next = (root + value / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

function checkPositive(numerator: bigint, denominator: bigint): void {
  if (numerator <= 0n || denominator <= 0n)
    throw new RangeError(`expected a fraction above 0, got ${numerator}/${denominator}`);
}
