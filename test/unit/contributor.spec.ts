import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { memoryLedger } from '../../demo/memory-ledger.ts';
import { type ContributorParts, createContributor, parseTasks } from '../../src/contribute/contributor.ts';
import type { Device } from '../../src/contribute/kinds.ts';
import type { Ledger } from '../../src/contribute/ledger.ts';
import { ownUpdate } from '../../src/learn/own-update.ts';
import { plainUpdate, toSparse } from '../../src/learn/plain-update.ts';
import {
  BUDGET,
  epsilonSpent,
  PERIOD_MS,
  rhoOfSlot,
  SLOT_MS,
  whyUnaffordable,
} from '../../src/privacy/budget.ts';
import { boundOf, toMeanUpdate, toMeasurement, toWholeUpdate } from '../../src/privacy/whole-update.ts';
import type { ContributionTask } from '../../src/wire/contribution-task.ts';
import { rhoOf } from '../../src/wire/contribution-task.ts';
import type { LocalTask } from '../../src/wire/local-task.ts';
import { seededBits } from '../support/chi-square.ts';
import { plantLists } from '../support/planted-lists.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24);
const id = (letter: string) => letter.repeat(43);

const WEIGHTS: ContributionTask = {
  format: 'reshelf-task@1',
  id: id('A'),
  region: 'eu',
  leader: 'https://leader.example/',
  helper: 'https://helper.example/',
  collector: 'https://collector.example/',
  timePrecisionSeconds: 3600,
  minBatch: 100,
  expiresAt: NOW / 1000 + 400 * 86_400,
  variance: Math.ceil(127 ** 2 / (2 * rhoOfSlot())),
  signingKey: id('K'),
  content: {
    kind: 'weights',
    features: ['order.linear', 'title.last'],
    scales: [0.2, 0.2],
    clip: 1,
    rate: 1,
    bits: 8,
    chunkLength: 4,
  },
};
const LOCAL: LocalTask = {
  format: 'reshelf-local-task@1',
  id: id('L'),
  region: 'eu',
  server: 'https://local.example/',
  topic: 'styles',
  buckets: ['a', 'b', 'c'],
  epsilon: 1,
  periodDays: 92,
  minBatch: 50,
  expiresAt: WEIGHTS.expiresAt,
};

interface Scene {
  readonly ledger: Ledger;
  readonly requests: { url: string; body: Uint8Array }[];
  reply: () => Response | Promise<Response>;
  grant: string | null;
  readonly parts: ContributorParts;
}

function scene(tasks: ContributorParts['tasks'] = [WEIGHTS], bornAt = NOW - 40 * DAY): Scene {
  const ledger = memoryLedger(bornAt);
  const device: Device = {
    update: async () => Float64Array.of(0.3, -0.4),
    bucket: async ({ topic }) => (topic === 'styles' ? 1 : undefined),
    tally: async ({ topic }) => (topic === 'lift' ? [1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] : undefined),
  };
  const made: Scene = {
    ledger,
    requests: [],
    reply: () => new Response(null, { status: 201 }),
    grant: 'receipt-1',
    parts: {
      ledger,
      device,
      region: 'eu',
      tasks,
      grantOf: async () => made.grant,
      seal: async (task, value, now) => new TextEncoder().encode(`${task.id} ${value} ${now}`),
      fetch: async (input, init) => {
        made.requests.push({
          url: String(input),
          body: new Uint8Array(init?.body as Uint8Array<ArrayBuffer>),
        });
        return made.reply();
      },
      random: seededBits(3),
    },
  };
  return made;
}

test('an update in whole steps never exceeds the bound, whatever it was', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 64 }),
      fc.double({ min: 0.01, max: 10, noNaN: true }),
      fc.constantFrom(4, 8, 12),
      (update, clip, bits) => {
        const bound = boundOf(bits);
        const { steps, shrunk } = toWholeUpdate(Float64Array.from(update), clip, bound);
        const square = steps.reduce((sum, step) => sum + step * step, 0);
        const fits = toMeasurement(steps, bound).every(
          (value) => Number.isInteger(value) && value >= 0 && value < 2 ** bits,
        );
        return square <= bound * bound && shrunk > 0 && shrunk <= 1 && fits;
      },
    ),
    { numRuns: 500 },
  );
  expect([...toWholeUpdate(new Float64Array(3), 1, 127).steps]).toEqual([0, 0, 0]);
  expect([...toWholeUpdate(Float64Array.of(30, 40), 1, 127).steps]).toEqual([76, 101]); // 76² + 102² is 16,180, 127² is 16,129
  // Rounding alone would give (90, 90): longer than 127.
  const rounded = toWholeUpdate(Float64Array.of(1, 1), 1, 127).steps;
  expect(90 * 90 * 2).toBeGreaterThan(127 * 127);
  expect(rounded.reduce((sum, step) => sum + step * step, 0)).toBeLessThanOrEqual(127 * 127);
  expect(() => toWholeUpdate(Float64Array.of(Number.NaN), 1, 127)).toThrow(RangeError);
  expect([...toMeanUpdate([254n + 127n, 0n], 2, 1, 127)]).toEqual([0.5, -1]);
});

test('one malicious client moves the mean by no more than the stated bound', () => {
  // Prio3 proves each number to be of 8 bits, and no more: 127 (or 128, of 255) either way in each of 32 entries.
  const honest = Array.from({ length: 99 }, () => Array<number>(32).fill(127));
  const meanWith = (value: number) => {
    const all = [...honest, Array<number>(32).fill(value)];
    const sum = Array.from({ length: 32 }, (_, at) =>
      all.reduce((total, one) => total + BigInt(one[at] ?? 0), 0n),
    );
    return toMeanUpdate(sum, all.length, 1, 127);
  };
  const bound = (128 / 127) * Math.sqrt(32) * (1 / 100); // 128/127 x sqrt(d) x clip / n
  for (const value of [0, 255])
    expect(Math.hypot(...meanWith(value))).toBeLessThanOrEqual(bound * (1 + 1e-12));
  expect(Math.hypot(...meanWith(255))).toBeGreaterThan(bound * 0.99); // the bound is reached, and so no looser than true
  expect(Math.hypot(...meanWith(127))).toBe(0);
});

test('tensors and the gradient on paper give the same update', () => {
  const lists = plantLists({ weights: [1, -0.5, 2, 0], lists: 12, candidates: 8, seed: 3 });
  const options = {
    weights: Float64Array.of(0.2, 0, -0.1, 0.5),
    scales: Float64Array.of(1, 0.5, 2, 1),
    steps: 3,
    learningRate: 0.5,
  };
  const [first, ...rest] = lists;
  if (first === undefined) throw new TypeError('expected lists');
  const masked = [
    {
      ...first,
      masked: Uint8Array.from({ length: 8 }, (_, row) => (first.chosen.includes(row) || row > 3 ? 0 : 1)),
    },
    ...rest,
  ];
  const tensors = ownUpdate(masked, options);
  const paper = plainUpdate(toSparse(masked, options.scales), options);
  expect(Math.hypot(...paper)).toBeGreaterThan(0.01);
  tensors.forEach((value, at) => {
    expect(Math.abs(value - (paper[at] ?? Number.NaN))).toBeLessThan(1e-5);
  });
  expect([...ownUpdate([], options)]).toEqual([0, 0, 0, 0]);
});

test('twelve contributions cost the whole budget of epsilon 4, and no thirteenth is made in twelve months', async () => {
  const { ledger, parts } = scene();
  const contributor = createContributor(parts);
  const made: number[] = [];
  for (let day = 0; day <= 366; day++) {
    const now = NOW + day * DAY;
    for (let step = 0; step < 3; step++) if ((await contributor.step(now)).kind === 'made') made.push(day);
    const view = await contributor.ledger(now);
    expect(view.epsilon).toBeLessThanOrEqual(BUDGET.epsilon + 1e-9);
  }
  expect(made.slice(0, 4)).toEqual([0, 31, 62, 93]);
  expect(made.filter((day) => day < 365).length).toBeLessThanOrEqual(12);
  expect((await ledger.rows()).length).toBe(made.length);
  const twelve = Array.from({ length: 12 }, () => ({ rho: rhoOf(WEIGHTS), pure: 0 }));
  expect(epsilonSpent(twelve)).toBeGreaterThan(3.999);
  expect(epsilonSpent(twelve)).toBeLessThanOrEqual(4);
  const spent = twelve.map((one, at) => ({ ...one, at: NOW - 360 * DAY + at * 20 * DAY }));
  expect(whyUnaffordable(spent, 0, rhoOf(WEIGHTS), NOW)).toBe('period-spent');
});

test('a store that is wiped every week or every month never spends more than a twelfth of the budget in a twelfth of the year', async () => {
  for (const wipeDays of [7, 30, 31, 45]) {
    const spent: number[] = [];
    let made = scene([WEIGHTS], NOW);
    for (let day = 0; day < 365; day++) {
      if (day % wipeDays === 0) made = scene([WEIGHTS], NOW + day * DAY);
      const contributor = createContributor(made.parts);
      for (let step = 0; step < 2; step++)
        if ((await contributor.step(NOW + day * DAY)).kind === 'made') spent.push(NOW + day * DAY);
    }
    for (const at of spent)
      expect(spent.filter((other) => other > at - SLOT_MS && other <= at)).toHaveLength(1);
    expect(spent.length).toBeLessThanOrEqual(12);
    if (wipeDays === 7) expect(spent).toEqual([]);
  }
});

test('a task with less noise than the build allows, or changed under the same grant, is refused', async () => {
  const noisy = scene([{ ...WEIGHTS, variance: Math.floor(WEIGHTS.variance * 0.9) }]);
  expect(await createContributor(noisy.parts).step(NOW)).toEqual({
    kind: 'refused',
    why: 'too-little-noise',
  });
  const silent = scene([{ ...WEIGHTS, variance: 0 }]);
  expect(await createContributor(silent.parts).step(NOW)).toEqual({
    kind: 'refused',
    why: 'too-little-noise',
  });
  expect(silent.requests).toEqual([]);
  const first = scene();
  await createContributor(first.parts).step(NOW);
  await createContributor(first.parts).step(NOW);
  const later = NOW + 31 * DAY;
  const elsewhere = { ...first.parts, tasks: [{ ...WEIGHTS, helper: 'https://other.example/' }] };
  expect(await createContributor(elsewhere).step(later)).toEqual({ kind: 'refused', why: 'changed-task' });
  first.grant = 'receipt-9';
  expect(await createContributor(elsewhere).step(later)).toEqual({ kind: 'made' });
});

test('a region without a task contributes nothing and asks nobody', async () => {
  const { parts, requests } = scene();
  const abroad = createContributor({ ...parts, region: 'us' });
  expect(await abroad.step(NOW)).toEqual({ kind: 'nothing-due' });
  expect(requests).toEqual([]);
});

test('the same bytes are sent until they arrive, and counted as one contribution', async () => {
  const made = scene();
  const contributor = createContributor(made.parts);
  expect(await contributor.step(NOW)).toEqual({ kind: 'made' });
  made.reply = () => {
    throw new TypeError('offline');
  };
  const postponed = await contributor.step(NOW);
  expect(postponed.kind).toBe('postponed');
  expect((await contributor.step(NOW + 1000)).kind).toBe('postponed');
  expect(made.requests).toHaveLength(1);
  made.reply = () => new Response('', { status: 503 });
  await contributor.step(NOW + 6 * 60_000);
  // The server had the report, its answer was lost; the next try hears so.
  made.reply = () =>
    new Response(JSON.stringify({ detail: 'the report was uploaded before' }), { status: 400 });
  expect(await contributor.step(NOW + 60 * 60_000)).toEqual({ kind: 'sent' });
  expect(new Set(made.requests.map(({ body }) => body.join())).size).toBe(1);
  expect(made.requests).toHaveLength(3);
  const rows = await made.ledger.rows();
  expect(rows.map(({ state }) => state)).toEqual(['sent']);
});

test('a report that is stale, or refused for good, is dropped, and its budget stays spent', async () => {
  for (const reply of ['stale', 'refused'] as const) {
    const made = scene();
    const contributor = createContributor(made.parts);
    await contributor.step(NOW);
    made.reply = () =>
      reply === 'stale'
        ? Promise.reject(new TypeError('offline'))
        : new Response('{"detail":"no"}', { status: 400 });
    await contributor.step(NOW);
    const last = await contributor.step(NOW + 8 * DAY);
    expect((await made.ledger.rows())[0]?.state).toBe('dropped');
    expect(last.kind).toBe(reply === 'stale' ? 'dropped' : 'nothing-due');
    expect((await contributor.step(NOW + 8 * DAY)).kind).toBe('nothing-due');
    expect((await contributor.ledger(NOW + 8 * DAY)).epsilon).toBeGreaterThan(0);
  }
});

test('withdrawal drops what waits, ends what would come, and leaves the ledger', async () => {
  const made = scene();
  const contributor = createContributor(made.parts);
  await contributor.step(NOW);
  made.grant = null;
  expect(await contributor.step(NOW)).toEqual({ kind: 'withheld' });
  expect(made.requests).toEqual([]);
  expect(await made.ledger.queued()).toBeUndefined();
  expect(await contributor.step(NOW + 100 * DAY)).toEqual({ kind: 'withheld' });
  const view = await contributor.ledger(NOW);
  expect(view.lines.map(({ state, numbers }) => [state, numbers])).toEqual([['dropped', [38, -51]]]);
  expect(view.lines[0]?.words).toContain('2 of 2 reasons');
  expect(view.lines[0]?.epsilon).toBeGreaterThan(0.5);
  expect(view.notBefore).toBe(NOW + SLOT_MS);
});

test('without lists, zeros are sent: the same bytes long, and nobody can tell', async () => {
  const made = scene();
  const idle = createContributor({
    ...made.parts,
    device: { ...made.parts.device, update: async () => new Float64Array(2) },
  });
  await idle.step(NOW);
  const [row] = await made.ledger.rows();
  expect(row?.numbers).toEqual([0, 0]);
  expect(row?.words).toContain('Nothing');
  expect(new TextDecoder().decode(row?.bytes)).toContain('127,127');
});

test('a local answer is drawn once a period, within the epsilon that the time allows', async () => {
  const made = scene([LOCAL], NOW - 100 * DAY);
  const contributor = createContributor(made.parts);
  expect(await contributor.step(NOW)).toEqual({ kind: 'made' });
  made.reply = () => new Response('', { status: 500 });
  await contributor.step(NOW);
  made.reply = () => new Response(null, { status: 201 });
  expect((await contributor.step(NOW + DAY)).kind).toBe('sent');
  expect(new Set(made.requests.map(({ body }) => body.join())).size).toBe(1);
  expect((await contributor.step(NOW + 2 * DAY)).kind).toBe('nothing-due');
  expect((await contributor.ledger(NOW)).epsilon).toBeCloseTo(1, 12);
  const eager = scene([{ ...LOCAL, epsilon: 2 }], NOW - 100 * DAY);
  expect(await createContributor(eager.parts).step(NOW)).toEqual({
    kind: 'refused',
    why: 'too-little-noise',
  });
  const fresh = scene([LOCAL], NOW - 50 * DAY);
  expect(await createContributor(fresh.parts).step(NOW)).toEqual({ kind: 'refused', why: 'new-ledger' });
  let answers = 0;
  for (let day = 0; day < 730; day++)
    if ((await contributor.step(NOW + day * DAY)).kind === 'made') answers += 1;
  expect(answers).toBeGreaterThanOrEqual(5);
  expect((await contributor.ledger(NOW + 730 * DAY)).epsilon).toBeLessThanOrEqual(4);
  expect(PERIOD_MS).toBe(365 * DAY);
});

test('tasks are checked field by field', () => {
  expect(parseTasks([WEIGHTS, LOCAL])).toEqual([WEIGHTS, LOCAL]);
  const bad: unknown[] = [
    null,
    {},
    [null],
    [{ ...WEIGHTS, id: 'x' }],
    [{ ...WEIGHTS, leader: 'ftp://leader.example/' }],
    [{ ...WEIGHTS, leader: 'https://me:secret@leader.example/' }],
    [{ ...WEIGHTS, minBatch: 49 }],
    [{ ...WEIGHTS, variance: -1 }],
    [{ ...WEIGHTS, content: { ...WEIGHTS.content, kind: 'raw' } }],
    [{ ...WEIGHTS, content: { ...WEIGHTS.content, scales: [0.2] } }],
    [{ ...WEIGHTS, content: { ...WEIGHTS.content, features: Array(65).fill('a') } }],
    [{ ...LOCAL, epsilon: 3 }],
    [{ ...LOCAL, buckets: Array(65).fill('a') }],
  ];
  for (const value of bad) expect(() => parseTasks(value), JSON.stringify(value)).toThrow(/tasks/);
});
