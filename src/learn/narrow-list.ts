import type { TrainingList } from './training-list.ts';

/**
 * A list with the columns that are learned, and one more for all others together: what they add to the score under the
 * weights in force. So the learned ones are not blamed for what the others do.
 * @param columns of the full rows, in the order they are learned in
 * @param weights shape [d] of the full rows
 * @returns rows of shape [n, columns + 1]
 */
export function narrowList(
  list: TrainingList,
  columns: readonly number[],
  weights: Float64Array,
): TrainingList {
  const width = weights.length;
  const count = list.rows.length / width;
  const narrow = columns.length + 1;
  const rest = weights.slice();
  for (const column of columns) rest[column] = 0;
  const rows = new Float32Array(count * narrow);
  for (let row = 0; row < count; row++) {
    columns.forEach((column, at) => {
      rows[row * narrow + at] = list.rows[row * width + column] ?? 0;
    });
    let score = 0;
    for (let column = 0; column < width; column++)
      score += (rest[column] ?? 0) * (list.rows[row * width + column] ?? 0);
    rows[row * narrow + columns.length] = score;
  }
  return { ...list, rows };
}

/**
 * Weights and scales of narrow lists. The last scale is so large that the last weight, which is 1, does not move: a step
 * on it is divided by its square.
 */
export function ofNarrow(
  columns: readonly number[],
  weights: Float64Array,
  scales: readonly number[],
): { readonly weights: Float64Array; readonly scales: Float64Array } {
  return {
    weights: Float64Array.of(...columns.map((column) => weights[column] ?? 0), 1),
    scales: Float64Array.of(...scales, FIXED),
  };
}

const FIXED = 1e4;
