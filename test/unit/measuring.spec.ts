import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { memoryLedger } from '../../demo/memory-ledger.ts';
import { createContributor, parseTasks } from '../../src/contribute/contributor.ts';
import type { Device } from '../../src/contribute/kinds.ts';
import { styleOf, tallyHealth } from '../../src/contribute/self-report.ts';
import { asEpochMs } from '../../src/core/ids.ts';
import { emptyProfile, fold } from '../../src/core/profile.ts';
import type { Purpose } from '../../src/core/receipt.ts';
import type { Signal } from '../../src/core/signal.ts';
import type { ContributionTask } from '../../src/wire/contribution-task.ts';
import { styleBuckets } from '../../src/wire/styles.ts';
import { TALLY_ENTRIES } from '../../src/wire/tallies.ts';
import { seededBits } from '../support/chi-square.ts';
import { runCli } from '../support/coordinator.ts';

const DAY = 86_400_000;
const NOW = Date.now();

async function tasksOf(...options: string[]): Promise<ContributionTask[]> {
  const folder = mkdtempSync(join(tmpdir(), 'reshelf-measuring-'));
  try {
    const made = await runCli(['coordinator', 'init', folder, '--days', '800', ...options]);
    if (made.status !== 0) throw new Error(made.err);
    return parseTasks(JSON.parse(readFileSync(join(folder, 'tasks.json'), 'utf8'))) as ContributionTask[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const ALL = ['--styles', 'dresses,jeans', '--lift', '45,45,10', '--health'];

const device: Device = {
  update: async ({ features }) => new Float64Array(features.length).fill(0.1),
  bucket: async () => 1,
  tally: async ({ topic }) => TALLY_ENTRIES[topic].map((_, at) => (at === 1 ? 1 : 0)),
};

function contributorOf(
  tasks: ContributionTask[],
  given: { readonly device?: Device; readonly grants?: readonly Purpose[] } = {},
) {
  const ledger = memoryLedger(NOW - 40 * DAY);
  const { grants = ['measure', 'contribute'] } = given;
  const contributor = createContributor({
    ledger,
    device: given.device ?? device,
    region: 'eu',
    tasks,
    grantOf: async (purpose) => (grants.includes(purpose) ? `for-${purpose}` : null),
    seal: async () => new Uint8Array(9),
    fetch: async () => new Response(null, { status: 201 }),
    random: seededBits(4),
  });
  return { contributor, ledger };
}

test('all kinds of report of one deployment fit the budget, each once a month, for a year and on', async () => {
  const { contributor, ledger } = contributorOf(await tasksOf(...ALL));
  for (let day = 0; day < 730; day++) {
    for (let step = 0; step < 10; step++) {
      const { kind } = await contributor.step(NOW + day * DAY);
      expect(kind).not.toBe('refused');
      if (kind === 'nothing-due') break;
    }
    if (day < 365 || day % 73 !== 0) continue;
    const { epsilon } = await contributor.ledger(NOW + day * DAY);
    expect(epsilon).toBeGreaterThan(3.6);
    expect(epsilon).toBeLessThanOrEqual(4);
  }
  const rows = await ledger.rows();
  const topics = new Map<string, number>();
  for (const { taskId } of rows) topics.set(taskId, (topics.get(taskId) ?? 0) + 1);
  expect([...topics.values()]).toEqual([24, 24, 24, 24]);
  expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['weights', 'counts', 'tallies']));
});

test('each kind of report is made for its own grant: counts to measure, weights to contribute', async () => {
  const tasks = await tasksOf(...ALL);
  for (const [grants, kinds] of [
    [['measure'], ['counts', 'tallies', 'tallies']],
    [['contribute'], ['weights']],
    [[], []],
  ] as const) {
    const { contributor, ledger } = contributorOf(tasks, { grants });
    for (let step = 0; step < 10; step++) await contributor.step(NOW);
    expect((await ledger.rows()).map(({ kind }) => kind)).toEqual(kinds);
  }
});

test('without an arm there is no report of lift; the ledger tells the others in words', async () => {
  const [, , lift, health] = await tasksOf(...ALL);
  if (lift === undefined || health === undefined) throw new TypeError('expected four tasks');
  const armless: Device = {
    ...device,
    tally: async ({ topic }) => (topic === 'lift' ? undefined : TALLY_ENTRIES.health.map(() => 0)),
  };
  const { contributor, ledger } = contributorOf([lift, health], { device: armless });
  for (let step = 0; step < 10; step++) await contributor.step(NOW);
  const rows = await ledger.rows();
  expect(rows.map(({ taskId, state }) => [taskId, state])).toEqual([[health.id, 'sent']]);
  expect(rows[0]?.words).toContain('zeros are sent so that nobody can tell');
  const told = contributorOf([lift]);
  for (let step = 0; step < 10; step++) await told.contributor.step(NOW);
  expect((await told.ledger.rows())[0]?.words).toContain('clicks in your personal order 1');
});

test('a shop that asks wrongly is told what was expected', async () => {
  const wrong = async (...options: string[]) => tasksOf(...options).then(() => '', String);
  expect(await wrong('--lift', '50,50')).toContain('three whole percents of 100');
  expect(await wrong('--lift', '100,0,0')).toContain('the first two above 0');
  expect(await wrong('--styles', Array.from({ length: 32 }, (_, at) => `c${at}`).join(','))).toContain(
    'expected 1 to 31 categories',
  );
  const [, task] = await tasksOf('--lift', '45,45,10');
  if (task === undefined) throw new TypeError('expected two tasks');
  for (const content of [
    { ...task.content, shares: [45, 45, 11] },
    { ...task.content, shares: [45.5, 44.5, 10] },
    { ...task.content, topic: 'names' },
    { ...task.content, valueStep: -1 },
  ])
    expect(() => parseTasks([{ ...task, content }]), JSON.stringify(content)).toThrow();
});

test('a profile is in the group of what it likes most, and of whether it has bought', () => {
  const buckets = styleBuckets(['Dresses', 'Jeans']);
  expect(buckets).toHaveLength(5);
  const profile = emptyProfile();
  const labelOf = () => buckets[styleOf(buckets, profile)];
  expect(labelOf()).toBe('nothing in particular');
  const seen = (kind: 'view' | 'purchase', category: string, at: number): Signal =>
    ({ kind, at: asEpochMs(at), session: 1, itemId: `${at}`, category, dwellMs: 0, quantity: 1 }) as never;
  fold(profile, seen('view', 'women > jeans', 1));
  expect(labelOf()).toBe('Jeans, looks');
  fold(profile, seen('view', 'hats', 2));
  fold(profile, seen('view', 'hats', 3));
  expect(labelOf()).toBe('Jeans, looks'); // hats have no group
  fold(profile, seen('purchase', 'women > dresses', 4));
  expect(labelOf()).toBe('Dresses, buys');
});

test('health is yes or no: judged, drifted, and the troubles that the page has counted', () => {
  const lists = Array.from({ length: 10 }, () => ({ session: 's', rows: new Float32Array(0), chosen: [0] }));
  const falls = (half: readonly object[]) => (half[0] === lists[0] ? 0.8 : 0.4);
  const entries = (numbers: readonly number[]) =>
    TALLY_ENTRIES.health.filter((_, at) => (numbers[at] ?? 0) > 0);
  expect(entries(tallyHealth(lists, falls, {}))).toEqual(['replayed', 'drifted']);
  expect(entries(tallyHealth(lists, () => 0.5, { 'list/contested': 3 }))).toEqual(['replayed', 'contested']);
  expect(entries(tallyHealth(lists.slice(0, 4), falls, { 'list/in-use': 1, 'worker/lost': 2 }))).toEqual([
    'stoodDown',
    'failed',
  ]);
  expect(entries(tallyHealth([], () => Number.NaN, { 'list/contested': 0 }))).toEqual([]);
});
