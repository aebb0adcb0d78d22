/** A trained ranker as plain numbers: linear, or one hidden layer of rectified units. Row-major typed arrays. */
export type Model = LinearModel | NetworkModel;

interface ModelBase {
  /** Name and version, e.g. "linear@2"; goes with every slate. */
  readonly id: string;
  /** Names of the features it was trained on, shape [d]; a scorer with other features must refuse it. */
  readonly features: readonly string[];
}
export interface LinearModel extends ModelBase {
  readonly kind: 'linear';
  /** Shape [d]. */
  readonly weights: Float64Array;
}
export interface NetworkModel extends ModelBase {
  readonly kind: 'network';
  /** Units of the hidden layer, h. */
  readonly hidden: number;
  /** Shape [d, h]. */
  readonly inner: Float64Array;
  /** Shape [h]. */
  readonly bias: Float64Array;
  /** Shape [h]. */
  readonly outer: Float64Array;
}

/** Feature rows, row-major, shape [n, d]; the worker's are of 64 bits, training lists of 32. */
export type Rows = Float64Array | Float32Array;

/** @returns scores, shape [n], of feature rows, shape [n, d] */
export function scoreRows(model: Model, rows: Rows, count: number): Float64Array {
  const width = model.features.length;
  const scores = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const base = row * width;
    scores[row] =
      model.kind === 'linear' ? dot(model.weights, rows, base) : throughNetwork(model, rows, base);
  }
  return scores;
}

function dot(weights: Float64Array, rows: Rows, base: number): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += (weights[k] ?? 0) * (rows[base + k] ?? 0);
  return sum;
}

function throughNetwork(
  { hidden, inner, bias, outer, features }: NetworkModel,
  rows: Rows,
  base: number,
): number {
  let score = 0;
  for (let unit = 0; unit < hidden; unit++) {
    let sum = bias[unit] ?? 0;
    for (let k = 0; k < features.length; k++) sum += (rows[base + k] ?? 0) * (inner[k * hidden + unit] ?? 0);
    if (sum > 0) score += sum * (outer[unit] ?? 0);
  }
  return score;
}
