import type { Model } from '../rank/model.ts';
import type { Batch } from './batch.ts';
import { type Bounds, fromModel, PARAMETER_NAMES, type Parameters } from './parameters.ts';
import { quietTensors, type Scalar, type Tensor, tf, type Variable } from './tensors.ts';

export interface LearnerOptions {
  readonly start: Parameters;
  readonly bounds: Bounds;
  /** L2 pull per unit of squared distance, divided by the number of lists trained on. */
  readonly pull: number;
  /** Where the pull leads to. */
  readonly home: Parameters;
  /** Adam's step size, in units of scaled features. */
  readonly learningRate: number;
}

/** Holds tensors: `dispose` it. */
export interface Learner {
  /** One step of Adam on one batch, then back into the bounds. */
  step(batch: Batch): void;
  parameters(): Parameters;
  dispose(): void;
}

/** Kingma and Ba 2015 (arXiv:1412.6980), section 2: the values given there. */
const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

type Tensors = Readonly<Record<keyof Parameters, Tensor>>;

/** The forward pass. @param rows shape [n, d] @returns shape [n, 1] */
function forward({ linear, inner, bias, outer }: Tensors, rows: Tensor): Tensor {
  const straight = tf.matMul(rows, linear);
  if (bias.size === 0) return straight;
  return tf.add(straight, tf.matMul(tf.relu(tf.add(tf.matMul(rows, inner), bias)), outer));
}

/** A model's scores by tensors; for comparison with `scoreRows`, which is what serves. @returns shape [n] */
export function scoreWithTensors(model: Model, rows: Float32Array, count: number): Float64Array {
  quietTensors();
  const parameters = fromModel(model);
  const scores = tf.tidy(() => {
    const table = tf.tensor(rows, [count, model.features.length]);
    return Float32Array.from(
      forward(
        mapNames((name) => toTensor(parameters, name)),
        table,
      ).dataSync(),
    );
  });
  return Float64Array.from(scores);
}

export function createLearner({ start, bounds, pull, home, learningRate }: LearnerOptions): Learner {
  quietTensors();
  const width = start.linear.length;
  const variables = mapNames((name) => tf.tidy(() => tf.variable(toTensor(start, name))));
  const homes = mapNames((name) => toTensor(home, name));
  const used = PARAMETER_NAMES.filter((name) => start[name].length > 0);
  const optimizer = new tf.AdamOptimizer(learningRate, BETA_1, BETA_2, EPSILON);

  /** Listwise softmax cross-entropy in nats a list, plus the pull. */
  function lossOf({ rows, barred, targets, lists, longest }: Batch): Scalar {
    const scores = forward(variables, tf.tensor(rows, [lists * longest, width]));
    const open = tf.add(tf.reshape(scores, [lists, longest]), tf.tensor(barred, [lists, longest]));
    const hits = tf.sum<Scalar>(tf.mul(tf.logSoftmax(open), tf.tensor(targets, [lists, longest])));
    let loss = tf.mul<Scalar>(tf.neg(hits), 1 / lists);
    for (const name of used) {
      const away = tf.sum<Scalar>(tf.square(tf.sub(variables[name], homes[name])));
      loss = tf.add(loss, tf.mul(away, pull / 2));
    }
    return loss;
  }

  return {
    step(batch) {
      tf.tidy(() => {
        optimizer.minimize(
          () => lossOf(batch),
          false,
          used.map((name) => variables[name]),
        );
        for (const name of used) clamp(variables[name], bounds[name]);
      });
    },
    parameters: () => mapNames((name) => Float32Array.from(variables[name].dataSync())),
    dispose() {
      optimizer.dispose();
      for (const name of PARAMETER_NAMES) tf.dispose([variables[name], homes[name]]);
    },
  };
}

/** Inside a `tidy`. */
function clamp(variable: Variable, { low, high }: Bounds[keyof Bounds]): void {
  const values = Float32Array.from(variable.dataSync(), (value, at) =>
    Math.min(Math.max(value, low[at] ?? value), high[at] ?? value),
  );
  variable.assign(tf.tensor(values, variable.shape));
}

function toTensor(parameters: Parameters, name: keyof Parameters): Tensor {
  const width = parameters.linear.length;
  const hidden = parameters.bias.length;
  const shapes = { linear: [width, 1], inner: [width, hidden], bias: [hidden], outer: [hidden, 1] };
  return tf.tensor(parameters[name], shapes[name]);
}

const mapNames = <Value>(toValue: (name: keyof Parameters) => Value): Record<keyof Parameters, Value> => ({
  linear: toValue('linear'),
  inner: toValue('inner'),
  bias: toValue('bias'),
  outer: toValue('outer'),
});
