import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { pickArm } from '../../src/contribute/draw-arm.ts';
import { tallyLift } from '../../src/contribute/lift-tally.ts';
import { liftsOf, preferenceOf, type Released } from '../../src/coordinator/insights/estimates.ts';
import { showSums } from '../../src/coordinator/insights/read-insights.ts';
import { asEpochMs } from '../../src/core/ids.ts';
import type { Signal } from '../../src/core/signal.ts';
import { noiseMultiplierFor } from '../../src/privacy/accountant.ts';
import { epsilonSpent } from '../../src/privacy/budget.ts';
import { draftTeams } from '../../src/rank/team-draft.ts';
import type { ContributionTask } from '../../src/wire/contribution-task.ts';
import { rhoOf } from '../../src/wire/contribution-task.ts';
import { METRICS, TALLY_DAYS, TALLY_ENTRIES, tallyReach, VOTE_WEIGHT } from '../../src/wire/tallies.ts';
import { seededBits } from '../support/chi-square.ts';
import { crowdRelease, liftVariance, SHARES, sightFor, withNoise } from '../support/lift-crowd.ts';
import { seeded } from '../support/statistics.ts';

test.setTimeout(900_000);

const DAY = 86_400_000;
const NOW = 400 * DAY + 1000;
const RUNS = 100;
const LIFT = TALLY_ENTRIES.lift;

const permutation = fc.integer({ min: 1, max: 40 }).chain((length) =>
  fc.tuple(
    fc.shuffledSubarray(
      Array.from({ length }, (_, at) => at),
      { minLength: length },
    ),
    fc.integer(),
  ),
);

test('a draft holds both orders: fair, and nothing comes before where either order has it', () => {
  fc.assert(
    fc.property(permutation, ([personal, seed]) => {
      const shop = [...personal].sort((a, b) => a - b);
      const { order, teams } = draftTeams(personal, shop, seeded(seed));
      const mine = teams.filter((team) => team === 'personal').length;
      const isWhole = new Set(order).size === shop.length && teams.length === shop.length;
      const isFair = Math.abs(2 * mine - shop.length) <= 1;
      const keepsRules = order.every(
        (one, place) => place >= Math.min(personal.indexOf(one), shop.indexOf(one)),
      );
      // In every round both have picked: the first of each is among the first two.
      const hasFirsts = [personal[0], shop[0]].every((first) => order.slice(0, 2).includes(first as number));
      return isWhole && isFair && keepsRules && hasFirsts;
    }),
    { numRuns: 300 },
  );
  expect(() => draftTeams([1, 2], [1, 3], Math.random)).toThrow(RangeError);
  expect(() => draftTeams([1, 1], [1, 2], Math.random)).toThrow(RangeError);
});

test('equal orders are credited to both teams alike, whatever is clicked', () => {
  const random = seeded(3);
  const order = [0, 1, 2, 3, 4, 5];
  const credits = [0, 0, 0, 0, 0, 0];
  for (let draw = 0; draw < 4000; draw++)
    draftTeams(order, order, random).teams.forEach((team, place) => {
      credits[place] = (credits[place] ?? 0) + (team === 'personal' ? 1 : -1);
    });
  for (const credit of credits) expect(Math.abs(credit)).toBeLessThan(4 * Math.sqrt(4000));
});

test('the coin keeps to the shares', () => {
  const bits = seededBits(8);
  const counts = { personalized: 0, holdout: 0, interleaved: 0 };
  for (let draw = 0; draw < 5000; draw++) counts[pickArm([70, 20, 10], bits)] += 1;
  expect(counts.personalized / 50).toBeCloseTo(70, -0.5);
  expect(counts.holdout / 50).toBeCloseTo(20, -0.5);
  expect(counts.interleaved / 50).toBeCloseTo(10, -0.5);
  expect(pickArm([100, 0, 0], bits)).toBe('personalized');
});

const signal = (fields: object): Signal => ({ at: asEpochMs(NOW - DAY), session: 1, ...fields }) as Signal;
const click = (itemId: string, at = NOW - DAY): Signal =>
  signal({ kind: 'click', itemId, slateId: 's', position: 0, at });

test('counts are capped by day and together, of whole days since the arm was drawn', () => {
  const arm = 'holdout' as const;
  const input = { arm, drawnAt: NOW - 20 * DAY, drafts: [], valueStep: 25, now: NOW };
  const many = (at: number) => Array.from({ length: 9 }, () => click('a', at));
  const of = (numbers: readonly number[], entry: string) => numbers[LIFT.indexOf(entry)];
  const dayCap = METRICS.find(({ name }) => name === 'clicks')?.dayCap ?? 0;
  expect(of(tallyLift({ ...input, journal: many(NOW - DAY) }), 'holdout.clicks')).toBe(dayCap);
  const often = Array.from({ length: TALLY_DAYS }, (_, day) => many(NOW - (day + 1) * DAY)).flat();
  expect(of(tallyLift({ ...input, journal: often }), 'holdout.clicks')).toBe(15);
  expect(tallyLift({ ...input, journal: often }).slice(0, METRICS.length)).toEqual([0, 0, 0, 0, 0]); // not personalized
  const outside = [...many(NOW), ...many(NOW - (TALLY_DAYS + 1) * DAY)]; // today, and too long ago
  expect(tallyLift({ ...input, journal: outside })).toEqual(LIFT.map(() => 0));
  expect(tallyLift({ ...input, drawnAt: NOW - DAY, journal: often })).toEqual(LIFT.map(() => 0)); // the coin's own day
  const bought = signal({ kind: 'purchase', itemId: 'a', quantity: 2, priceLevel: 8 * 5 }); // 2 x 32: two steps of 25
  const seen = ['s', 't', 'u', 'v', 'w'].map((slateId) =>
    signal({ kind: 'impression', slateId, position: 0 }),
  );
  const numbers = tallyLift({ ...input, journal: [bought, bought, ...seen] });
  expect(of(numbers, 'holdout.orders')).toBe(7); // one order a visit, weighed
  expect(of(numbers, 'holdout.value')).toBe(8); // 128 are five steps, of which four count
  expect(of(numbers, 'holdout.views')).toBe(1); // five lists are one unit
});

test('no report is longer than the sensitivity that its noise is made for', () => {
  const signals = fc.array(
    fc.record({
      kind: fc.constantFrom('impression', 'click', 'cart', 'purchase'),
      at: fc.integer({ min: NOW - 20 * DAY, max: NOW }),
      session: fc.integer({ min: 0, max: 50 }),
      slateId: fc.string({ maxLength: 2 }),
      itemId: fc.constantFrom('a', 'b'),
      quantity: fc.integer({ min: 1, max: 99 }),
      priceLevel: fc.integer({ min: -20, max: 120 }),
      position: fc.constant(0),
    }),
    { minLength: 50, maxLength: 300 },
  );
  fc.assert(
    fc.property(signals, fc.constantFrom('personalized', 'holdout', 'interleaved'), (journal, arm) => {
      const drafts = [{ slateId: 'a', at: NOW, personal: ['a'], shop: ['b'] }] as never;
      const input = {
        journal: journal as unknown as Signal[],
        arm,
        drafts,
        drawnAt: 0,
        valueStep: 1,
        now: NOW,
      };
      const numbers = tallyLift(input as Parameters<typeof tallyLift>[0]);
      const square = numbers.reduce((sum, value) => sum + value * value, 0);
      return square <= tallyReach('lift') && numbers.every((value) => Number.isInteger(value) && value < 32);
    }),
    { numRuns: 200 },
  );
});

test('clicks are credited by the logged draft alone', () => {
  const drafts = [{ slateId: 's', at: NOW - DAY, personal: ['a'], shop: ['b'] }] as never;
  const input = { arm: 'interleaved' as const, drawnAt: 0, drafts, valueStep: 0, now: NOW };
  const vote = (journal: Signal[]) => tallyLift({ ...input, journal }).slice(2 * METRICS.length);
  expect(vote([click('a'), click('a'), click('b')])).toEqual([VOTE_WEIGHT, 0]);
  expect(vote([click('b')])).toEqual([0, VOTE_WEIGHT]);
  expect(vote([click('a'), click('b')])).toEqual([0, 0]);
  expect(vote([click('c'), signal({ kind: 'click', itemId: 'a', slateId: null, position: 0 })])).toEqual([
    0, 0,
  ]);
});

for (const planted of [0.1, 0])
  test(`2,000 shoppers, a lift of ${100 * planted} % in clicks: the holdout interval covers it in 90 of 100 runs or more`, () => {
    const sight = sightFor(planted);
    const shares = [...SHARES];
    let covered = 0;
    let found = 0;
    for (let seed = 0; seed < RUNS; seed++) {
      const released = crowdRelease(2000, sight, 1 + 1000 * seed);
      const lift = liftsOf(released, shares).find(({ name }) => name === 'clicks')?.lift;
      if (lift !== undefined && lift.low <= planted && planted <= lift.high) covered += 1;
      if (preferenceOf(released, shares).value > 0) found += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(90);
    if (planted > 0)
      expect(found).toBeGreaterThanOrEqual(90); // by a tenth of the shoppers
    else expect(Math.abs(found - 50)).toBeLessThan(20);
  });

test('intervals hold at a crowd large enough to tell 10 % from nothing, and narrow with it', () => {
  const shares = [...SHARES];
  const sight = sightFor(0.1);
  const [small, large] = [2000, 30_000].map(
    (shoppers) =>
      liftsOf(crowdRelease(shoppers, sight, 5), shares).find(({ name }) => name === 'clicks')?.lift,
  );
  if (small === undefined || large === undefined) throw new TypeError('expected two lifts');
  expect(large.low).toBeGreaterThan(0);
  expect(large.high).toBeGreaterThan(0.1);
  expect(large.high - large.low).toBeLessThan((small.high - small.low) / 3);
});

test('a ratio is not told while what is without is not clear of the noise', () => {
  const nothing: Released = {
    totals: LIFT.map(() => 3),
    reports: 200,
    noiseVariance: 2 * liftVariance(),
    repeats: 1,
  };
  for (const { lift } of liftsOf(nothing, [...SHARES])) expect(lift).toBeUndefined();
});

const styles = Array.from({ length: 20 }, (_, at) => `style ${at}`);
const STYLES_TASK: ContributionTask = {
  format: 'reshelf-task@1',
  id: 'S'.repeat(43),
  region: 'eu',
  leader: 'https://leader.example/',
  helper: 'https://helper.example/',
  collector: 'https://collector.example/',
  timePrecisionSeconds: 3600,
  minBatch: 100,
  expiresAt: 2_000_000_000,
  variance: Math.ceil(2 * noiseMultiplierFor(1, 1e-6, 1) ** 2), // epsilon 1 for the one report
  signingKey: 'K'.repeat(43),
  content: { kind: 'counts', topic: 'popular-styles', buckets: styles, chunkLength: 4 },
};

test('1,000 contributions at epsilon 1: the true top 5 of 20 styles are within the first 7 shown', () => {
  const epsilon = epsilonSpent([{ rho: rhoOf(STYLES_TASK), pure: 0 }]);
  expect(epsilon).toBeGreaterThan(0.97);
  expect(epsilon).toBeLessThanOrEqual(1);
  const kept: number[] = [];
  for (let seed = 0; seed < 20; seed++) {
    const random = seeded(seed + 40);
    const weights = styles.map((_, at) => 1 / (at + 1) ** 0.8);
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    const counts = styles.map(() => 0);
    for (let shopper = 0; shopper < 1000; shopper++) {
      let left = random() * all;
      const style = weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
      counts[Math.max(style, 0)] = (counts[Math.max(style, 0)] ?? 0) + 1;
    }
    const { totals } = withNoise(counts, STYLES_TASK.variance, seed);
    const shown = showSums(STYLES_TASK, [{ totals, reports: 1000, askedAt: 0, releasedAt: DAY }]);
    if (shown.kind !== 'shares') throw new TypeError('expected shares');
    const first = shown.shares.slice(0, 7).map(({ label }) => label);
    const top = [...styles].sort(
      (a, b) => (counts[styles.indexOf(b)] ?? 0) - (counts[styles.indexOf(a)] ?? 0),
    );
    kept.push(top.slice(0, 5).filter((style) => first.includes(style)).length);
  }
  kept.sort((a, b) => a - b);
  expect(((kept[9] ?? 0) + (kept[10] ?? 0)) / 2).toBe(5);
});
