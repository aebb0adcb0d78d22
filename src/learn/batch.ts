import { rowCount, type TrainingList, weightOf } from './training-list.ts';

/** Lists side by side, padded to the longest: b lists of at most n rows. */
export interface Batch {
  /** Shape [b * n, d], in units of the scales; padding is 0. */
  readonly rows: Float32Array;
  /** Shape [b, n]; 0, or far below any score where there is no row or it could not be chosen. */
  readonly barred: Float32Array;
  /** Shape [b, n]; each list's weight, shared equally among its chosen rows. */
  readonly targets: Float32Array;
  readonly lists: number;
  readonly longest: number;
}

/** exp of it is 0 in 32 bits beside any score that a model of ours gives. */
const BARRED = -1e9;
/** Batches whose lists are sorted by length among themselves, so that little is padded. */
const SORTED_BATCHES = 16;
/** Keeps a feature that hardly varies from being blown up; the square of a scale, as in the study that set the priors. */
const SCALE_FLOOR = 1e-3;

/** @param meanWeight of all lists trained on, so that the loss of a batch is in nats a list */
export function toBatch(lists: readonly TrainingList[], scales: Float64Array, meanWeight: number): Batch {
  const width = scales.length;
  const longest = Math.max(...lists.map((list) => rowCount(list, width)));
  const rows = new Float32Array(lists.length * longest * width);
  const barred = new Float32Array(lists.length * longest).fill(BARRED);
  const targets = new Float32Array(lists.length * longest);
  lists.forEach((list, index) => {
    const first = index * longest;
    const count = rowCount(list, width);
    for (let at = 0; at < list.rows.length; at++)
      rows[first * width + at] = (list.rows[at] ?? 0) / (scales[at % width] ?? 1);
    for (let row = 0; row < count; row++) if (list.masked?.[row] !== 1) barred[first + row] = 0;
    for (const row of list.chosen) targets[first + row] = weightOf(list) / meanWeight / list.chosen.length;
  });
  return { rows, barred, targets, lists: lists.length, longest };
}

/** Lists in a new order, by batches of lists of similar length; the same for the same sequence of chances. */
export function shuffledBatches(
  lists: readonly TrainingList[],
  batchLists: number,
  random: () => number,
): TrainingList[][] {
  const shuffled = shuffle(lists, random);
  const batches: TrainingList[][] = [];
  const stretch = batchLists * SORTED_BATCHES;
  for (let from = 0; from < shuffled.length; from += stretch) {
    const sorted = shuffled.slice(from, from + stretch).sort((a, b) => a.rows.length - b.rows.length);
    for (let at = 0; at < sorted.length; at += batchLists) batches.push(sorted.slice(at, at + batchLists));
  }
  return shuffle(batches, random);
}

/** Fisher and Yates, in Durstenfeld's form (CACM 1964, algorithm 235). */
function shuffle<Value>(values: readonly Value[], random: () => number): Value[] {
  const shuffled = [...values];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const value = shuffled[last] as Value; // both indices are in range
    shuffled[last] = shuffled[other] as Value;
    shuffled[other] = value;
  }
  return shuffled;
}

/**
 * How far each feature varies within a list, as a root mean square: what matters inside a softmax, where a list's own
 * mean cancels out. Nothing is subtracted, so a feature at its no-history value of 0 stays 0.
 * @returns shape [d], above 0
 */
export function featureScales(lists: readonly TrainingList[], width: number): Float64Array {
  const squares = new Float64Array(width);
  const mean = new Float64Array(width);
  let total = 0;
  for (const list of lists) {
    const count = rowCount(list, width);
    mean.fill(0);
    for (let at = 0; at < list.rows.length; at++)
      mean[at % width] = (mean[at % width] ?? 0) + (list.rows[at] ?? 0) / count;
    for (let at = 0; at < list.rows.length; at++)
      squares[at % width] =
        (squares[at % width] ?? 0) + ((list.rows[at] ?? 0) - (mean[at % width] ?? 0)) ** 2;
    total += count;
  }
  return squares.map((sum) => Math.sqrt(sum / Math.max(1, total) + SCALE_FLOOR));
}
