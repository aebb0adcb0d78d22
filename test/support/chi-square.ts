import { normalTail } from '../../src/privacy/gaussian.ts';

/**
 * How likely draws as unusual as these are: Pearson's chi-square with every cell of an expected 10 or more on its own
 * and all the rest, tails included, in one. The tail chance by Wilson and Hilferty 1931, good to a few per cent here.
 * @param chanceOf chance of each whole number
 */
export function chiSquareP(draws: readonly number[], chanceOf: (value: number) => number): number {
  const counts = new Map<number, number>();
  for (const draw of draws) counts.set(draw, (counts.get(draw) ?? 0) + 1);
  let statistic = 0;
  let cells = 0;
  let restChance = 1;
  let restCount = draws.length;
  const add = (count: number, chance: number) => {
    statistic += (count - chance * draws.length) ** 2 / (chance * draws.length);
    cells += 1;
  };
  for (let size = 0; ; size++) {
    const values = size === 0 ? [0] : [size, -size];
    if (chanceOf(size) * draws.length < 10 && size > 0) break;
    for (const value of values) {
      add(counts.get(value) ?? 0, chanceOf(value));
      restChance -= chanceOf(value);
      restCount -= counts.get(value) ?? 0;
    }
  }
  if (restChance * draws.length >= 1) add(restCount, restChance);
  else if (restCount > 20) return 0; // far more in the tail than there can be
  const freedom = cells - 1;
  const z = ((statistic / freedom) ** (1 / 3) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
  return normalTail(z);
}

/** A seeded source of random bits for tests: mulberry32, as words. */
export function seededBits(seed: number): (into: Uint32Array) => void {
  let state = seed >>> 0;
  return (into) => {
    for (let at = 0; at < into.length; at++) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      into[at] = (mixed ^ (mixed >>> 14)) >>> 0;
    }
  };
}
