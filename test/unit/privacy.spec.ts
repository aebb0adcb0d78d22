import { expect, test } from '@playwright/test';
import { generateSealKeys } from '../../src/coordinator/hpke.ts';
import { createPrio } from '../../src/coordinator/prio.ts';
import { releaseBatch } from '../../src/coordinator/release.ts';
import {
  compose,
  epsilonOf,
  gaussianRenyi,
  noiseMultiplierFor,
  ORDERS,
  pureRenyi,
} from '../../src/privacy/accountant.ts';
import {
  drawDiscreteGaussian,
  drawDiscreteLaplace,
  type Fraction,
  whole,
} from '../../src/privacy/discrete-noise.ts';
import { deltaForGaussian, normalQuantile, sigmaForGaussian } from '../../src/privacy/gaussian.ts';
import { createRandomIntegers } from '../../src/privacy/random-integers.ts';
import {
  answerLocally,
  bestLocalMechanism,
  estimateCounts,
  kRandomizedResponse,
  optimizedUnary,
} from '../../src/privacy/randomized-response.ts';
import { chiSquareP, seededBits } from '../support/chi-square.ts';
import { LEAST_VARIANCE } from '../support/contributing.ts';
import { audit } from '../support/privacy-audit.ts';

const DRAWS = 400_000;
const WHOLE_ORDERS = [...Array.from({ length: 63 }, (_, at) => at + 2), 128, 256];
const FINE_ORDERS = Array.from({ length: 98_999 }, (_, at) => 1 + (at + 1) / 1000);

const isClose = (value: number, expected: number, relative: number) =>
  expect(Math.abs(value / expected - 1), `${value} beside ${expected}`).toBeLessThan(relative);

test('the Gaussian mechanism has the deltas that google/differential-privacy tests for', () => {
  isClose(deltaForGaussian(10, 1, 0.1), 0.00875176814581, 1e-9);
  isClose(deltaForGaussian(10, 5, Math.log(3)), 0.004159742234000802, 1e-9);
  isClose(deltaForGaussian(0.5, 1, 0), 0.6826894921370859, 1e-12);
});

test('the analytic sigma is the one of dp_accounting', () => {
  for (const [epsilon, sigma] of [
    [0.5, 8.05761848],
    [1, 4.22467889],
    [2, 2.23047627],
    [4, 1.19351859],
    [8, 0.65293538],
  ] as const)
    isClose(sigmaForGaussian(epsilon, 1e-6, 1), sigma, 1e-6);
});

test('the Rényi accountant gives the figures of dp_accounting', () => {
  isClose(epsilonOf(gaussianRenyi(4.530877117, FINE_ORDERS), 1e-6).epsilon, 1, 1e-6);
  const flat = { orders: WHOLE_ORDERS.filter((order) => order <= 32), values: Array<number>(31).fill(1.1) };
  const best = epsilonOf(flat, 1e-5);
  isClose(best.epsilon, 1.32783806176, 1e-9);
  expect(best.order).toBe(32);
  const composed = (z: number, releases: number, orders: readonly number[]) =>
    epsilonOf(compose(Array(releases).fill(gaussianRenyi(z, orders)), orders), 1e-6).epsilon;
  isClose(composed(8, 12, WHOLE_ORDERS), 2.068043523753668, 1e-12);
  isClose(composed(8, 52, WHOLE_ORDERS), 4.659928660953289, 1e-12);
  for (const [z, releases, epsilon] of [
    [8, 12, 2.068043523753668],
    [8, 52, 4.64477],
    [10, 52, 3.620244],
    [16, 52, 2.161794],
  ] as const)
    isClose(composed(z, releases, ORDERS), epsilon, 1e-6);
});

test('the noise for a budget is the one of the design: z for epsilon 4 and 2 over 12 and 52 releases', () => {
  for (const [epsilon, releases, z] of [
    [4, 12, 4.3935],
    [2, 12, 8.2535],
    [4, 52, 9.1457],
    [2, 52, 17.181],
  ] as const) {
    isClose(noiseMultiplierFor(epsilon, 1e-6, releases, WHOLE_ORDERS), z, 1e-5);
    expect(noiseMultiplierFor(epsilon, 1e-6, releases)).toBeLessThan(z * 1.00001); // more orders never ask for more
  }
});

test('nothing released costs nothing, and a pure epsilon is never counted as more than itself', () => {
  expect(epsilonOf(compose([]), 1e-6).epsilon).toBe(0);
  expect(epsilonOf(pureRenyi(1), 1e-6).epsilon).toBeLessThanOrEqual(1.02);
  expect(Math.max(...pureRenyi(0.5).values)).toBe(0.5);
});

test('discrete Laplace noise of scale 1 has the chances it claims', () => {
  const random = createRandomIntegers(seededBits(11));
  const draws = Array.from({ length: DRAWS }, () => Number(drawDiscreteLaplace(random, whole(1))));
  const ratio = Math.exp(-1);
  const chance = (value: number) => ((1 - ratio) / (1 + ratio)) * ratio ** Math.abs(value);
  isClose(chance(0), 0.4621171573, 1e-9);
  isClose((2 * ratio) / (1 - ratio) ** 2, 1.8413471884, 1e-9);
  expect(chiSquareP(draws, chance)).toBeGreaterThan(1e-4);
  expect(chiSquareP(draws, (value) => chance(value) * (value === 0 ? 1.02 : 0.983))).toBeLessThan(1e-4);
});

for (const [variance, atZero] of [
  [{ numerator: 1n, denominator: 4n }, 0.786570707],
  [whole(1), 0.3989422783],
  [whole(4), 0.1994711402],
  [{ numerator: 401n, denominator: 2n }, undefined],
] as const satisfies readonly (readonly [Fraction, number | undefined])[])
  test(`discrete Gaussian noise of variance ${variance.numerator}/${variance.denominator} has the chances it claims`, () => {
    const random = createRandomIntegers(seededBits(12));
    const draws = Array.from({ length: DRAWS }, () => Number(drawDiscreteGaussian(random, variance)));
    const chanceWith = (sigma2: number) => {
      const weight = (value: number) => Math.exp(-(value * value) / (2 * sigma2));
      let total = weight(0);
      for (let value = 1; value < 40 * Math.sqrt(sigma2) + 10; value++) total += 2 * weight(value);
      return (value: number) => weight(value) / total;
    };
    const sigma2 = Number(variance.numerator) / Number(variance.denominator);
    if (atZero !== undefined) isClose(chanceWith(sigma2)(0), atZero, 1e-8);
    expect(chiSquareP(draws, chanceWith(sigma2))).toBeGreaterThan(1e-4);
    expect(
      chiSquareP(draws, chanceWith(sigma2 * 1.04)),
      'the test itself sees 4 % more variance',
    ).toBeLessThan(1e-4);
  });

test('coins of exact chance: exp(-gamma) below and above 1', () => {
  const random = createRandomIntegers(seededBits(13));
  for (const [numerator, denominator] of [
    [1n, 3n],
    [1n, 1n],
    [7n, 3n],
  ] as const) {
    const expected = Math.exp(-Number(numerator) / Number(denominator));
    let hits = 0;
    for (let at = 0; at < 100_000; at++) if (random.coinExp(numerator, denominator)) hits += 1;
    expect(Math.abs(hits / 100_000 - expected)).toBeLessThan(
      4.5 * Math.sqrt((expected * (1 - expected)) / 100_000),
    );
  }
  expect(() => random.below(0n)).toThrow(RangeError);
  const bound = 3n ** 40n;
  for (let at = 0; at < 1000; at++) expect(random.below(bound) < bound).toBe(true);
});

test('randomized response and unary encoding have the published figures, and the better one is chosen', () => {
  isClose(optimizedUnary(10, 1).q, 0.26894142, 1e-7);
  isClose(optimizedUnary(10, 1).variance, 3.682694, 1e-6);
  isClose(kRandomizedResponse(10, 1).p, 0.23196932, 1e-7);
  isClose(kRandomizedResponse(10, 1).variance, 3.630249, 1e-6);
  expect(bestLocalMechanism(10, 1).kind).toBe('k-rr');
  expect(bestLocalMechanism(11, 1).kind).toBe('oue');
  expect(bestLocalMechanism(64, 2).kind).toBe('oue');
  for (const [buckets, epsilon] of [
    [4, 1],
    [24, 2],
  ] as const)
    isClose(
      kRandomizedResponse(buckets, epsilon).p / kRandomizedResponse(buckets, epsilon).q,
      Math.exp(epsilon),
      1e-12,
    );
  const { p, q } = optimizedUnary(5, 1.5);
  isClose((p * (1 - q)) / (q * (1 - p)), Math.exp(1.5), 1e-12);
});

for (const mechanism of [kRandomizedResponse(5, 1), optimizedUnary(12, 1)])
  test(`counts estimated from ${mechanism.kind} answers are unbiased, with the variance claimed`, () => {
    const random = createRandomIntegers(seededBits(14));
    const devices = 2000;
    const truth = Array.from({ length: mechanism.buckets }, (_, at) =>
      at === 0 ? 1200 : at === 1 ? 800 : 0,
    );
    const rare: number[] = [];
    const sums = truth.map(() => 0);
    const rounds = 200;
    for (let round = 0; round < rounds; round++) {
      const counts = truth.map(() => 0);
      for (let device = 0; device < devices; device++)
        for (const bucket of answerLocally(mechanism, device < 1200 ? 0 : 1, random))
          counts[bucket] = (counts[bucket] ?? 0) + 1;
      const estimates = estimateCounts(mechanism, counts, devices);
      estimates.forEach((estimate, at) => {
        sums[at] = (sums[at] ?? 0) + estimate;
      });
      rare.push(estimates[3] ?? Number.NaN);
    }
    const deviation = Math.sqrt(mechanism.variance * devices);
    truth.forEach((count, at) => {
      expect(Math.abs((sums[at] ?? 0) / rounds - count)).toBeLessThan(
        (5 * deviation * 1.2) / Math.sqrt(rounds),
      );
    });
    const spread = rare.reduce((sum, value) => sum + value * value, 0) / rounds;
    expect(spread / deviation ** 2).toBeGreaterThan(0.6);
    expect(spread / deviation ** 2).toBeLessThan(1.5);
  });

test('quantiles of the normal distribution', () => {
  isClose(normalQuantile(0.975), 1.959963984540054, 1e-9);
  isClose(normalQuantile(1e-6), -4.753424308822899, 1e-9);
});

const SENSITIVITY = 127; // of weights of 8 bits
const TRIALS = 20_000;

/** One aggregator's noise on as many coordinates, by the code that releases a batch, from the variance it is told. */
async function noiseOf(role: 'leader' | 'helper', seed: number, variance: number): Promise<number[]> {
  let drawn: readonly bigint[] = [];
  const parts = {
    role,
    taskId: 'A'.repeat(43),
    prio: {
      ...createPrio({ kind: 'counts', topic: 'x', buckets: ['a', 'b'], chunkLength: 1 }, Buffer.alloc(16)),
      length: TRIALS,
      sum: (_: unknown, noise: readonly bigint[]) => {
        drawn = noise;
        return Buffer.alloc(16);
      },
    },
    variance,
    random: createRandomIntegers(seededBits(seed)),
    collector: await generateSealKeys(3),
  };
  const nothing = { query: async () => [] };
  await releaseBatch(
    nothing,
    parts,
    1,
    { reports: 100, checksum: Buffer.alloc(32), outputShares: [] },
    'B'.repeat(22),
  );
  return drawn.map(Number);
}

for (const role of ['leader', 'helper'] as const)
  test(`what the ${role}’s noise alone gives away, measured, is within the claim; half the noise is caught`, async () => {
    const z = noiseMultiplierFor(4, 1e-6, 12);
    const claim = 1 / z;
    const measure = async (actual: number) => {
      const withOne = await noiseOf(role, 22, actual);
      return audit(
        await noiseOf(role, 21, actual),
        withOne.map((noise) => noise + SENSITIVITY),
        SENSITIVITY / 2,
        1e-6,
      );
    };
    const honest = await measure(LEAST_VARIANCE);
    expect(honest.mu).toBeLessThanOrEqual(claim);
    expect(honest.mu, 'the audit has power: it finds most of what is there').toBeGreaterThan(claim * 0.6);
    expect(honest.epsilon).toBeLessThanOrEqual(epsilonOf(gaussianRenyi(z), 1e-6).epsilon);
    expect((await measure(Math.floor(LEAST_VARIANCE / 4))).mu, 'half the standard deviation').toBeGreaterThan(
      claim,
    );
    expect((await measure(Math.floor(LEAST_VARIANCE / 2))).mu, 'half the variance').toBeGreaterThan(claim);
  });
