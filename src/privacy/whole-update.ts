/** An update in whole steps, and what one person's part in a sum of them can be at most. */
export interface WholeUpdate {
  /** Shape [d]; whole numbers with a sum of squares of at most `bound`². */
  readonly steps: Int32Array;
  /** How far the update was shrunk to fit, in (0, 1]; 1: it fitted. */
  readonly shrunk: number;
}

/** The largest whole norm whose entries, moved by it, fit into `bits` bits: 127 for 8. */
export const boundOf = (bits: number): number => 2 ** (bits - 1) - 1;

/**
 * Clips in L2 (McMahan et al. 2018, arXiv:1710.06963), turns into whole steps of `clip / bound`, and clips again on the
 * whole numbers: rounding can lengthen a vector, and the noise is set for `bound` exactly.
 * @param update weight change, shape [d]; left as it is
 * @param clip the largest L2 norm, above 0, in the unit of the weights
 * @throws RangeError on a non-finite entry: clipping cannot bound it, so it must not leave the device
 */
export function toWholeUpdate(update: Float64Array, clip: number, bound: number): WholeUpdate {
  const norm = Math.hypot(...update);
  if (!Number.isFinite(norm)) throw new RangeError('expected finite changes of weights');
  const shrunk = norm > clip ? clip / norm : 1;
  const steps = Int32Array.from(update, (change) => Math.round((change * shrunk * bound) / clip));
  let square = steps.reduce((sum, step) => sum + step * step, 0);
  while (square > bound * bound) {
    let longest = 0;
    steps.forEach((step, at) => {
      if (Math.abs(step) > Math.abs(steps[longest] ?? 0)) longest = at;
    });
    const step = steps[longest] ?? 0;
    steps[longest] = step - Math.sign(step);
    square += 1 - 2 * Math.abs(step);
  }
  return { steps, shrunk };
}

/** Steps as the numbers from 0 that are secret-shared; the zero vector is `bound` throughout. */
export const toMeasurement = (steps: Int32Array, bound: number): number[] =>
  Array.from(steps, (step) => step + bound);

/**
 * The mean update from the sum of measurements (with noise, so entries may be anything).
 * @param sum shape [d] @returns shape [d], in the unit of the weights
 */
export function toMeanUpdate(
  sum: readonly bigint[],
  count: number,
  clip: number,
  bound: number,
): Float64Array {
  return Float64Array.from(sum, (total) => ((Number(total) - count * bound) * clip) / bound / count);
}
