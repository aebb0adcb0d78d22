import { toBatch } from './batch.ts';
import { quietTensors, type Scalar, tf } from './tensors.ts';
import type { TrainingList } from './training-list.ts';

export interface OwnUpdateOptions {
  /** Shape [d]: the weights in force. */
  readonly weights: Float64Array;
  /** Shape [d], above 0: one unit of update is one unit of weight divided by this. */
  readonly scales: Float64Array;
  /** Steps of gradient descent over all lists. */
  readonly steps: number;
  readonly learningRate: number;
}

/**
 * What one device's lists say about the weights: plain gradient descent on the listwise softmax cross-entropy, in
 * scaled units, from the weights in force. (Adam, which `train` uses, makes every feature move alike; clipped, little
 * would be left of what the lists really say.)
 * @returns the change, shape [d], in units of scaled weight; zeros without lists
 */
export function ownUpdate(
  lists: readonly TrainingList[],
  { weights, scales, steps, learningRate }: OwnUpdateOptions,
): Float64Array {
  if (lists.length === 0) return new Float64Array(weights.length);
  quietTensors();
  const batch = toBatch(lists, scales, 1);
  const start = Float32Array.from(weights, (weight, column) => weight * (scales[column] ?? 1));
  const scaled = tf.tidy(() => tf.variable(tf.tensor(start, [start.length, 1])));
  try {
    for (let step = 0; step < steps; step++)
      tf.tidy(() => {
        const { grads } = tf.variableGrads(() => {
          const scores = tf.matMul(
            tf.tensor(batch.rows, [batch.lists * batch.longest, start.length]),
            scaled,
          );
          const open = tf.add(
            tf.reshape(scores, [batch.lists, batch.longest]),
            tf.tensor(batch.barred, [batch.lists, batch.longest]),
          );
          const targets = tf.tensor(batch.targets, [batch.lists, batch.longest]);
          const hits = tf.sum<Scalar>(tf.mul(tf.logSoftmax(open), targets));
          return tf.mul<Scalar>(tf.neg(hits), 1 / batch.lists);
        }, [scaled]);
        const [gradient] = Object.values(grads);
        if (gradient !== undefined) scaled.assign(tf.sub(scaled, tf.mul(gradient, learningRate)));
      });
    return Float64Array.from(scaled.dataSync(), (value, column) => value - (start[column] ?? 0));
  } finally {
    scaled.dispose();
  }
}
