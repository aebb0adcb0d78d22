import type { FeaturePrior } from '../rank/feature-priors.ts';
import type { Model } from '../rank/model.ts';
import { seededRandom } from '../rank/random.ts';

/**
 * What is trained: score(x) = x·linear + relu(x·inner + bias)·outer. With h = 0 it is the linear model. Features are
 * in units of their scale (see {@link featureScales}), so that one step size and one pull suit all.
 */
export interface Parameters {
  /** Shape [d]. */
  readonly linear: Float32Array;
  /** Shape [d, h]. */
  readonly inner: Float32Array;
  /** Shape [h]. */
  readonly bias: Float32Array;
  /** Shape [h]. */
  readonly outer: Float32Array;
}
export const PARAMETER_NAMES = ['linear', 'inner', 'bias', 'outer'] as const;
type ByName<Value> = Readonly<Record<keyof Parameters, Value>>;

/** Lowest and highest allowed value of each parameter. */
export type Bounds = ByName<{ readonly low: Float32Array; readonly high: Float32Array }>;

/**
 * Where training starts: at the priors exactly. Units of the hidden layer add nothing yet and differ from each other
 * by chance; even ones add to the score, odd ones take from it, and each feature enters them with the sign that its
 * prior asks for.
 */
export function startAt(
  priors: readonly FeaturePrior[],
  scales: Float64Array,
  hidden: number,
  seed: number,
): Parameters {
  const random = seededRandom(seed);
  const spread = Math.sqrt(3 / priors.length); // Glorot and Bengio 2010 (AISTATS), uniform, fan-out 1 left out
  const inner = Float32Array.from({ length: priors.length * hidden }, (_, at) => {
    const { sign, isFixed } = priors[Math.floor(at / hidden)] as FeaturePrior; // at / hidden is below the length
    const draw = (2 * random() - 1) * spread;
    if (isFixed === true) return 0;
    return sign === 0 ? draw : sign * outwards(at % hidden) * Math.abs(draw);
  });
  return {
    linear: Float32Array.from(priors, ({ prior }, column) => prior * (scales[column] ?? 1)),
    inner,
    bias: new Float32Array(hidden),
    outer: new Float32Array(hidden),
  };
}

/** 1 for units that add to the score, -1 for units that take from it. */
const outwards = (unit: number): 1 | -1 => (unit % 2 === 0 ? 1 : -1);

/**
 * The box that keeps every feature's sign: with the sign of each unit's way out fixed, a feature that enters it with
 * its own sign times that one can only move the score its own way. Fixed features stay at their start.
 */
export function boundsOf(priors: readonly FeaturePrior[], start: Parameters): Bounds {
  const hidden = start.bias.length;
  const box = (values: Float32Array, signOf: (at: number) => number | 'fixed') => ({
    low: values.map((value, at) => (signOf(at) === 'fixed' ? value : signOf(at) === 1 ? 0 : -Infinity)),
    high: values.map((value, at) => (signOf(at) === 'fixed' ? value : signOf(at) === -1 ? 0 : Infinity)),
  });
  const ofFeature = (column: number) => {
    const { sign, isFixed } = priors[column] as FeaturePrior; // a column of the same width
    return isFixed === true ? 'fixed' : sign;
  };
  return {
    linear: box(start.linear, ofFeature),
    inner: box(start.inner, (at) => {
      const sign = ofFeature(Math.floor(at / hidden));
      return sign === 'fixed' ? sign : sign * outwards(at % hidden);
    }),
    bias: box(start.bias, () => 0),
    outer: box(start.outer, outwards),
  };
}

/**
 * The parameters as a model of raw features: scales folded in. Two units of a network carry its linear part, since
 * z = relu(z) - relu(-z).
 */
export function toModel(
  { linear, inner, bias, outer }: Parameters,
  scales: Float64Array,
  id: string,
  features: readonly string[],
): Model {
  const width = features.length;
  const weights = Float64Array.from(linear, (value, column) => value / (scales[column] ?? 1));
  if (bias.length === 0) return { kind: 'linear', id, features, weights };
  const hidden = bias.length + 2;
  const folded = new Float64Array(width * hidden);
  for (let column = 0; column < width; column++) {
    const base = column * hidden;
    folded[base] = weights[column] ?? 0;
    folded[base + 1] = -(weights[column] ?? 0);
    for (let unit = 0; unit < bias.length; unit++)
      folded[base + 2 + unit] = (inner[column * bias.length + unit] ?? 0) / (scales[column] ?? 1);
  }
  return {
    kind: 'network',
    id,
    features,
    hidden,
    inner: folded,
    bias: Float64Array.of(0, 0, ...bias),
    outer: Float64Array.of(1, -1, ...outer),
  };
}

/** The other way: any model as parameters of unscaled features; a network has no linear part of its own. */
export function fromModel(model: Model): Parameters {
  const width = model.features.length;
  const none = new Float32Array(0);
  if (model.kind === 'linear')
    return { linear: Float32Array.from(model.weights), inner: none, bias: none, outer: none };
  return {
    linear: new Float32Array(width),
    inner: Float32Array.from(model.inner),
    bias: Float32Array.from(model.bias),
    outer: Float32Array.from(model.outer),
  };
}

/**
 * What serving makes of a model trained with features that the page cannot tell: each is held at one value for every
 * candidate, so that its effect is the same for all and moves nobody.
 * @param constants value by feature name
 */
export function holdConstant(model: Model, constants: Readonly<Record<string, number>>): Model {
  const columns = model.features.flatMap((name, column) => {
    const value = constants[name];
    return value === undefined ? [] : [{ column, value }];
  });
  if (model.kind === 'linear') {
    const weights = model.weights.slice();
    for (const { column } of columns) weights[column] = 0; // the same for every row: no order depends on it
    return { ...model, weights };
  }
  const { hidden } = model;
  const inner = model.inner.slice();
  const bias = model.bias.slice();
  for (const { column, value } of columns)
    for (let unit = 0; unit < hidden; unit++) {
      bias[unit] = (bias[unit] ?? 0) + value * (inner[column * hidden + unit] ?? 0);
      inner[column * hidden + unit] = 0;
    }
  return { ...model, inner, bias };
}
