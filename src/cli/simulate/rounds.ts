import { FEDERATED } from '../../learn/federated-settings.ts';
import { narrowList, ofNarrow } from '../../learn/narrow-list.ts';
import { plainUpdate, toSparse } from '../../learn/plain-update.ts';
import { drawDiscreteGaussian, whole } from '../../privacy/discrete-noise.ts';
import type { RandomIntegers } from '../../privacy/random-integers.ts';
import { boundOf, toMeanUpdate, toMeasurement, toWholeUpdate } from '../../privacy/whole-update.ts';
import { FEATURE_PRIORS } from '../../rank/feature-priors.ts';
import { FEATURES } from '../../rank/feature-specs.ts';
import type { Person } from './people.ts';

export interface Learned {
  /** Columns that are learned, and one scale each. */
  readonly columns: readonly number[];
  readonly scales: readonly number[];
}

export type NoiseOf = 'nobody' | 'two-aggregators' | 'every-device';

export interface RoundsOptions extends Learned {
  /** Shape [d] of all features. */
  readonly start: Float64Array;
  readonly rounds: number;
  readonly noise: NoiseOf;
  /** z of one round: noise's standard deviation in units of the largest update. */
  readonly noiseMultiplier: number;
  readonly random: RandomIntegers;
}

export interface Ready {
  readonly lists: ReturnType<typeof toSparse>;
}

/** Lists in the form that is learned from; done once. */
export const toReady = ({ lists }: Person, start: Float64Array, { columns, scales }: Learned): Ready => ({
  lists: toSparse(
    lists.map((list) => narrowList(list, columns, start)),
    ofNarrow(columns, start, scales).scales,
  ),
});

/** One device's contribution, by the device's own code: step, clip, whole numbers. */
export function contributionOf(
  person: Ready,
  weights: Float64Array,
  { columns, scales }: Learned,
): Int32Array {
  const update = plainUpdate(person.lists, {
    ...ofNarrow(columns, weights, scales),
    steps: FEDERATED.steps,
    learningRate: FEDERATED.learningRate,
  });
  return toWholeUpdate(update.slice(0, columns.length), FEDERATED.clip, boundOf(FEDERATED.bits)).steps;
}

/**
 * Rounds in which everybody contributes once: real integers, real sampler, real arithmetic of the collector. Noise of
 * every device is drawn as one number of n times the variance: a sum of n discrete Gaussians that wide is one, to far
 * less than can be seen here (Canonne, Kamath, Steinke 2020, section 4).
 * @returns the weights after the last round, signs kept as training keeps them
 */
export function learnTogether(people: readonly Ready[], options: RoundsOptions): Float64Array {
  const { columns, scales, noise, noiseMultiplier, random, rounds } = options;
  const bound = boundOf(FEDERATED.bits);
  const variance = Math.ceil((noiseMultiplier * bound) ** 2);
  const draw = (): bigint => {
    if (noise === 'nobody') return 0n;
    if (noise === 'every-device') return drawDiscreteGaussian(random, whole(variance * people.length));
    return drawDiscreteGaussian(random, whole(variance)) + drawDiscreteGaussian(random, whole(variance));
  };
  let weights = options.start.slice();
  for (let round = 0; round < rounds; round++) {
    const sum = columns.map(() => 0);
    for (const person of people)
      toMeasurement(contributionOf(person, weights, options), bound).forEach((value, at) => {
        sum[at] = (sum[at] ?? 0) + value;
      });
    const noisy = sum.map((value) => BigInt(value) + draw());
    const mean = toMeanUpdate(noisy, people.length, FEDERATED.clip, bound);
    columns.forEach((column, at) => {
      weights[column] = (weights[column] ?? 0) + (FEDERATED.rate * (mean[at] ?? 0)) / (scales[at] ?? 1);
    });
    weights = keepSigns(weights);
  }
  return weights;
}

const CENTRAL_STEPS = 60;
const CENTRAL_RATE = 0.5;
const MOMENTUM = 0.8;

/** The same features learned from the same people's lists in one place: what there is to gain. */
export function learnCentrally(
  people: readonly Ready[],
  start: Float64Array,
  { columns, scales }: Learned,
): Float64Array {
  const lists = people.flatMap((person) => person.lists);
  const speed = columns.map(() => 0);
  let weights = start.slice();
  for (let step = 0; step < CENTRAL_STEPS; step++) {
    const update = plainUpdate(lists, {
      ...ofNarrow(columns, weights, scales),
      steps: 1,
      learningRate: CENTRAL_RATE,
    });
    columns.forEach((column, at) => {
      speed[at] = MOMENTUM * (speed[at] ?? 0) + (update[at] ?? 0);
      weights[column] = (weights[column] ?? 0) + (speed[at] ?? 0) / (scales[at] ?? 1);
    });
    weights = keepSigns(weights);
  }
  return weights;
}

/** Explanations stay true: a weight never crosses to the wrong side of 0. */
function keepSigns(weights: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  return weights.map((weight, column) => {
    const { sign } = FEATURE_PRIORS[FEATURES[column] ?? 'order.first'];
    return sign === 1 ? Math.max(0, weight) : sign === -1 ? Math.min(0, weight) : weight;
  });
}
