import type { OwnUpdateOptions } from './own-update.ts';
import { type TrainingList, weightOf } from './training-list.ts';

/**
 * The same as `ownUpdate`, by the gradient on paper instead of tensors: for simulations of thousands of devices. A test
 * holds the two together.
 */
export function plainUpdate(
  lists: readonly TrainingList[],
  { weights, scales, steps, learningRate }: OwnUpdateOptions,
): Float64Array {
  const width = weights.length;
  const start = Float64Array.from(weights, (weight, column) => weight * (scales[column] ?? 1));
  const scaled = start.slice();
  const gradient = new Float64Array(width);
  for (let step = 0; step < steps && lists.length > 0; step++) {
    gradient.fill(0);
    for (const list of lists) addGradient(list, scaled, scales, weightOf(list) / lists.length, gradient);
    for (let column = 0; column < width; column++)
      scaled[column] = (scaled[column] ?? 0) - learningRate * (gradient[column] ?? 0);
  }
  return scaled.map((value, column) => value - (start[column] ?? 0));
}

/** Adds share * (sum of softmax(scores) * row - mean of chosen rows), rows in scaled units. */
function addGradient(
  { rows, chosen, masked }: TrainingList,
  scaled: Float64Array,
  scales: Float64Array,
  share: number,
  gradient: Float64Array,
): void {
  const width = scaled.length;
  const count = rows.length / width;
  const scores = new Float64Array(count);
  let top = -Infinity;
  for (let row = 0; row < count; row++) {
    let score = 0;
    for (let column = 0; column < width; column++)
      score += ((rows[row * width + column] ?? 0) / (scales[column] ?? 1)) * (scaled[column] ?? 0);
    scores[row] = score;
    if (masked?.[row] !== 1) top = Math.max(top, score);
  }
  let total = 0;
  for (let row = 0; row < count; row++) {
    scores[row] = masked?.[row] === 1 ? 0 : Math.exp((scores[row] ?? 0) - top);
    total += scores[row] ?? 0;
  }
  for (let row = 0; row < count; row++) {
    const pull = (scores[row] ?? 0) / total - (chosen.includes(row) ? 1 / chosen.length : 0);
    if (pull === 0) continue;
    for (let column = 0; column < width; column++)
      gradient[column] =
        (gradient[column] ?? 0) + (share * pull * (rows[row * width + column] ?? 0)) / (scales[column] ?? 1);
  }
}
