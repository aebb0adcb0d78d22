import { evaluate } from '../../learn/evaluate.ts';
import type { TrainingList } from '../../learn/training-list.ts';
import { noiseMultiplierFor } from '../../privacy/accountant.ts';
import { BUDGET } from '../../privacy/budget.ts';
import { createRandomIntegers } from '../../privacy/random-integers.ts';
import { FEATURES } from '../../rank/feature-specs.ts';
import { seededRandom } from '../../rank/random.ts';
import type { People } from './people.ts';
import { type Learned, learnCentrally, learnTogether, type NoiseOf, type Ready, toReady } from './rounds.ts';

export const EPSILONS = [1, 2, 4, 8] as const;
export const CLIENTS = [100, 300, 1000, 3000] as const;

/** One draw of people: MRR on the held-out tasks of whatever was learned from them. */
export interface Cell {
  readonly clients: number;
  readonly seed: number;
  readonly start: number;
  readonly central: number;
  readonly withoutNoise: number;
  /** By epsilon, in the order of `EPSILONS`. */
  readonly together: readonly number[];
  readonly local: readonly number[];
  /** Whether the devices' own lists were ordered no worse than at the start: else the release is not adopted. */
  readonly adopted: readonly boolean[];
}

export interface CellOptions extends Learned {
  readonly start: Float64Array;
  readonly rounds: number;
}

export function runCell(people: People, clients: number, seed: number, options: CellOptions): Cell {
  const { start, rounds } = options;
  const random = seededRandom(seed * 7919 + clients);
  const drawn = draw(people.people, clients, random);
  const ready: Ready[] = drawn.map((person) => toReady(person, start, options));
  const mrr = (weights: Float64Array, lists: readonly TrainingList[]) =>
    evaluate({ kind: 'linear', id: 'simulated@1', features: FEATURES, weights }, lists).mrr;
  const own = drawn.flatMap(({ lists }) => lists);
  const integers = createRandomIntegers((into) => {
    for (let at = 0; at < into.length; at++) into[at] = Math.floor(random() * 2 ** 32);
  });
  const learn = (noise: NoiseOf, epsilon: number) =>
    learnTogether(ready, {
      ...options,
      noise,
      noiseMultiplier: noise === 'nobody' ? 0 : noiseMultiplierFor(epsilon, BUDGET.delta, rounds),
      random: integers,
    });
  const ofStart = mrr(start, people.heldOut);
  const ownStart = mrr(start, own);
  const adopted: boolean[] = [];
  const together = EPSILONS.map((epsilon) => {
    const weights = learn('two-aggregators', epsilon);
    const isBetter = mrr(weights, own) >= ownStart;
    adopted.push(isBetter);
    return isBetter ? mrr(weights, people.heldOut) : ofStart;
  });
  const local = EPSILONS.map((epsilon) => {
    const weights = learn('every-device', epsilon);
    return mrr(weights, own) >= ownStart ? mrr(weights, people.heldOut) : ofStart;
  });
  return {
    clients,
    seed,
    start: ofStart,
    central: mrr(learnCentrally(ready, start, options), people.heldOut),
    withoutNoise: mrr(learn('nobody', 1), people.heldOut),
    together,
    local,
    adopted,
  };
}

function draw<Value>(values: readonly Value[], count: number, random: () => number): Value[] {
  const left = [...values];
  const drawn: Value[] = [];
  while (drawn.length < count && left.length > 0) {
    const at = Math.floor(random() * left.length);
    const value = left[at] as Value; // below the length
    left[at] = left[left.length - 1] as Value;
    left.pop();
    drawn.push(value);
  }
  return drawn;
}
