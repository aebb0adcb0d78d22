/** One choice: `rows` has `width` features for each option, `target` is the option that was chosen. */
export interface Choice {
  readonly rows: Float32Array;
  readonly target: number;
}

const MAX_STEPS = 30;
const MAX_HALVINGS = 20;
/** Pull to zero in units of choices: enough to keep a feature that never varies in place. */
const RIDGE = 1;
const ENOUGH = 1e-7;

/**
 * Fits the weights of a conditional logit (McFadden 1974): the chosen option's share of the softmax over its list.
 * Convex, so Newton's steps with halving end at the one best answer. Meant for a handful of features.
 */
export function fitConditionalLogit(choices: readonly Choice[], width: number): Float64Array {
  let weights = new Float64Array(width);
  let loss = evaluate(choices, weights).loss;
  for (let step = 0; step < MAX_STEPS; step++) {
    const { gradient, hessian } = evaluate(choices, weights);
    const direction = solve(hessian, gradient);
    const before = loss;
    let size = 1;
    for (let halving = 0; halving < MAX_HALVINGS; halving++, size /= 2) {
      const tried = weights.map((weight, at) => weight - size * (direction[at] ?? 0));
      const found = evaluate(choices, tried).loss;
      if (found >= loss) continue;
      weights = tried;
      loss = found;
      break;
    }
    if (before - loss <= ENOUGH * Math.max(1, choices.length)) break;
  }
  return weights;
}

/** Negative log-likelihood plus the ridge, with its gradient and its Hessian (row by row). */
function evaluate(
  choices: readonly Choice[],
  weights: Float64Array,
): { loss: number; gradient: Float64Array; hessian: Float64Array[] } {
  const width = weights.length;
  const gradient = weights.map((weight) => RIDGE * weight);
  const hessian = Array.from({ length: width }, (_, at) => {
    const row = new Float64Array(width);
    row[at] = RIDGE;
    return row;
  });
  let loss = 0.5 * RIDGE * weights.reduce((sum, weight) => sum + weight * weight, 0);
  for (const { rows, target } of choices) {
    const options = rows.length / width;
    const scores = new Float64Array(options);
    for (let option = 0; option < options; option++) scores[option] = dot(rows, option * width, weights);
    const top = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
    const shares = scores.map((score) => Math.exp(score - top));
    const total = shares.reduce((sum, share) => sum + share, 0);
    loss += Math.log(total) + top - (scores[target] ?? 0);
    const mean = new Float64Array(width);
    for (let option = 0; option < options; option++) {
      const share = (shares[option] ?? 0) / total;
      for (let at = 0; at < width; at++) {
        const value = rows[option * width + at] ?? 0;
        mean[at] = (mean[at] ?? 0) + share * value;
        const row = hessian[at];
        if (row === undefined) continue;
        for (let other = 0; other <= at; other++)
          row[other] = (row[other] ?? 0) + share * value * (rows[option * width + other] ?? 0);
      }
    }
    for (let at = 0; at < width; at++) {
      gradient[at] = (gradient[at] ?? 0) + (mean[at] ?? 0) - (rows[target * width + at] ?? 0);
      const row = hessian[at];
      if (row === undefined) continue;
      for (let other = 0; other <= at; other++)
        row[other] = (row[other] ?? 0) - (mean[at] ?? 0) * (mean[other] ?? 0);
    }
  }
  return { loss, gradient, hessian };
}

/** Solves `matrix x = right` by Cholesky's decomposition; `matrix` is positive definite, its lower half is read. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const lower = matrix.map((row) => row.slice());
  const entry = (row: number, column: number): number => lower[row]?.[column] ?? 0;
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) {
      let sum = entry(row, column);
      for (let at = 0; at < column; at++) sum -= entry(row, at) * entry(column, at);
      const found = lower[row];
      if (found !== undefined)
        found[column] = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / entry(column, column);
    }
  const solution = right.slice();
  for (let row = 0; row < size; row++) {
    let sum = solution[row] ?? 0;
    for (let at = 0; at < row; at++) sum -= entry(row, at) * (solution[at] ?? 0);
    solution[row] = sum / entry(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = solution[row] ?? 0;
    for (let at = row + 1; at < size; at++) sum -= entry(at, row) * (solution[at] ?? 0);
    solution[row] = sum / entry(row, row);
  }
  return solution;
}

function dot(rows: Float32Array, from: number, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += (rows[from + at] ?? 0) * (weights[at] ?? 0);
  return sum;
}
