import type { RandomBits } from '../core/ambient.ts';

/** Whole numbers and coins of exact rational chance, from random bits alone. No floating point anywhere. */
export interface RandomIntegers {
  /** Uniform in [0, bound). @param bound above 0 */
  below(bound: bigint): bigint;
  /** True with chance `numerator / denominator`, which is in [0, 1]. */
  coin(numerator: bigint, denominator: bigint): boolean;
  /** True with chance exp(-numerator / denominator). @param numerator at least 0 @param denominator above 0 */
  coinExp(numerator: bigint, denominator: bigint): boolean;
}

/** Words asked of the source at a time. */
const POOL_WORDS = 1024;
const WORD = 32n;

/**
 * @param bits in production `crypto.getRandomValues`, in tests a seed
 * `coinExp` is Canonne, Kamath, Steinke 2020 (arXiv:2004.00010), algorithm 1; it takes the time of one draw, which does
 * not depend on anything secret.
 */
export function createRandomIntegers(bits: RandomBits): RandomIntegers {
  const pool = new Uint32Array(POOL_WORDS);
  let used = POOL_WORDS;

  function word(): number {
    if (used === POOL_WORDS) {
      bits(pool);
      used = 0;
    }
    const value = pool[used] ?? 0;
    pool[used] = 0; // a number that made noise is not kept
    used += 1;
    return value;
  }
  /** By rejection, so that no remainder is likelier than another. */
  function below(bound: bigint): bigint {
    if (bound <= 0n) throw new RangeError(`expected a bound above 0, got ${bound}`);
    const width = BigInt((bound - 1n).toString(2).length);
    const mask = (1n << width) - 1n;
    for (;;) {
      let value = 0n;
      for (let have = 0n; have < width; have += WORD) value = (value << WORD) | BigInt(word());
      value &= mask;
      if (value < bound) return value;
    }
  }
  const coin = (numerator: bigint, denominator: bigint): boolean => below(denominator) < numerator;

  /** For a numerator of at most the denominator. */
  function coinExpOfShare(numerator: bigint, denominator: bigint): boolean {
    let tries = 1n;
    while (coin(numerator, denominator * tries)) tries += 1n;
    return tries % 2n === 1n;
  }
  return {
    below,
    coin,
    coinExp(numerator, denominator) {
      let left = numerator;
      for (; left > denominator; left -= denominator) if (!coinExpOfShare(1n, 1n)) return false;
      return coinExpOfShare(left, denominator);
    },
  };
}
