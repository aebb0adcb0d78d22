import type { OwnUpdateOptions } from './own-update.ts';
import { type TrainingList, weightOf } from './training-list.ts';

/** A list as `plainUpdate` reads it: of each row only what is not 0, in scaled units, and most of it is. */
interface SparseList {
  /** Row r holds the values from `starts[r]` to `starts[r + 1]`; shape [n + 1]. */
  readonly starts: Uint32Array;
  readonly columns: Uint16Array;
  readonly values: Float64Array;
  /** Shape [n]: what a row is to get of the probability. */
  readonly targets: Float64Array;
  /** Shape [n]; 1 for what could not be chosen. */
  readonly masked: Uint8Array;
  readonly weight: number;
}

/** Lists in the form that is learned from; made once, however often they are learned from. */
export function toSparse(lists: readonly TrainingList[], scales: Float64Array): SparseList[] {
  return lists.map((list) => {
    const { rows, chosen } = list;
    const count = rows.length / scales.length;
    const starts = new Uint32Array(count + 1);
    const columns: number[] = [];
    const values: number[] = [];
    rows.forEach((value, at) => {
      const column = at % scales.length;
      if (value !== 0) {
        columns.push(column);
        values.push(value / (scales[column] ?? 1));
      }
      if (column === scales.length - 1) starts[Math.floor(at / scales.length) + 1] = values.length;
    });
    const targets = new Float64Array(count);
    for (const row of chosen) targets[row] = 1 / chosen.length;
    return {
      starts,
      columns: Uint16Array.from(columns),
      values: Float64Array.from(values),
      targets,
      masked: list.masked ?? new Uint8Array(count),
      weight: weightOf(list),
    };
  });
}

/**
 * The same as `ownUpdate`, by the gradient on paper instead of tensors: for simulations of thousands of devices. A test
 * holds the two together.
 * @param lists made with the same scales
 */
export function plainUpdate(
  lists: readonly SparseList[],
  { weights, scales, steps, learningRate }: OwnUpdateOptions,
): Float64Array {
  const width = weights.length;
  const start = Float64Array.from(weights, (weight, column) => weight * (scales[column] ?? 1));
  const scaled = start.slice();
  const gradient = new Float64Array(width);
  for (let step = 0; step < steps && lists.length > 0; step++) {
    gradient.fill(0);
    for (const list of lists) addGradient(list, scaled, list.weight / lists.length, gradient);
    for (let column = 0; column < width; column++)
      scaled[column] = (scaled[column] ?? 0) - learningRate * (gradient[column] ?? 0);
  }
  return scaled.map((value, column) => value - (start[column] ?? 0));
}

/** Adds share * (sum of softmax(scores) * row - mean of chosen rows), rows in scaled units. */
function addGradient(
  { starts, columns, values, targets, masked }: SparseList,
  scaled: Float64Array,
  share: number,
  gradient: Float64Array,
): void {
  const count = targets.length;
  const scores = new Float64Array(count);
  let top = -Infinity;
  for (let row = 0; row < count; row++) {
    let score = 0;
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++)
      score += (values[at] ?? 0) * (scaled[columns[at] ?? 0] ?? 0);
    scores[row] = score;
    if (masked[row] !== 1 && score > top) top = score;
  }
  let total = 0;
  for (let row = 0; row < count; row++) {
    const odds = masked[row] === 1 ? 0 : Math.exp((scores[row] ?? 0) - top);
    scores[row] = odds;
    total += odds;
  }
  for (let row = 0; row < count; row++) {
    const pull = share * ((scores[row] ?? 0) / total - (targets[row] ?? 0));
    if (pull === 0) continue;
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
      const column = columns[at] ?? 0;
      gradient[column] = (gradient[column] ?? 0) + pull * (values[at] ?? 0);
    }
  }
}
