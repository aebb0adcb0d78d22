/** Mean of 1 / rank, with the rank from a 0-based place. */
export const reciprocal = (place: number): number => 1 / (place + 1);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Uniform numbers in [0, 1) from a seed: mulberry32 (Tommy Ettinger, public domain). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Percentile bootstrap of a mean (Efron 1979): the `share` quantile of the means of resampled values.
 * @param values one per shopper, so that the interval is over shoppers
 */
export function bootstrapMean(values: readonly number[], share: number, random: () => number): number {
  const means = Array.from({ length: 4000 }, () =>
    mean(Array.from(values, () => values[Math.floor(random() * values.length)] ?? 0)),
  ).sort((a, b) => a - b);
  return means[Math.floor(share * (means.length - 1))] ?? 0;
}
