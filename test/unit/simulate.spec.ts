import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { FEDERATED_FEATURES } from '../../src/cli/coordinator/federated-features.ts';
import { runCell } from '../../src/cli/simulate/cells.ts';
import { toPicture } from '../../src/cli/simulate/picture.ts';
import type { Result } from '../../src/cli/simulate/result.ts';
import { toResult, toTable } from '../../src/cli/simulate/result.ts';
import { COLUMN, FEATURES, type FeatureName } from '../../src/rank/feature-specs.ts';
import { runCli } from '../support/coordinator.ts';
import { plantLists } from '../support/planted-lists.ts';
import { seeded } from '../support/statistics.ts';

test.setTimeout(600_000); // on a machine that does other things too

const STYLES = ['linen', 'denim', 'wool', 'silk'];
const USERS = 140;

/** Records of shoppers who take what stands first, whatever they looked at before: other than the priors believe. */
function writeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'reshelf-simulate-'));
  const random = seeded(4);
  const products = Array.from({ length: 48 }, (_, at) => ({
    id: `p${at}`,
    category: 'all',
    price: 20 + (at % 7),
    brand: STYLES[at % 4],
  }));
  const write = (name: string, lines: readonly object[]) =>
    writeFileSync(join(folder, `${name}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const train: object[] = [];
  const dev: object[] = [];
  const tasks: object[] = [];
  let t = 1_700_000_000;
  const shuffled = () =>
    products
      .map(({ id }) => ({ id, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ id }) => id);
  for (let visit = 0; visit < 5; visit++)
    for (let user = 0; user < USERS; user++) {
      const events = Array.from({ length: 3 }, () => {
        const list = shuffled();
        t += 60;
        return { t, type: 'view', list, id: list[Math.floor(random() ** 4 * 12)] };
      }).filter((event, at, all) => event.id !== all[at - 1]?.id);
      const session = { session: `s${visit}-${user}`, user: `u${user}`, events };
      if (visit < 4) train.push(session);
      else {
        dev.push(session);
        const [, second] = events;
        if (second !== undefined)
          tasks.push({
            session: session.session,
            k: 1,
            target: second.id,
            list: products.map(({ id }) => id),
          });
      }
    }
  write('catalog', products);
  write('train', train);
  write('dev', dev);
  write('tasks-dev', tasks);
  return folder;
}

test('people learn together, a killed run goes on where it was, and the result is the same', async () => {
  const folder = writeFolder();
  const args = (state: string) => [
    'simulate',
    folder,
    '--clients',
    '100',
    '--seeds',
    '2',
    '--rounds',
    '3',
    '--json',
    '--state',
    state,
  ];
  try {
    const whole = await runCli(args(join(folder, 'whole.json')));
    expect(whole.err).not.toContain('Error');
    const result = JSON.parse(whole.out) as Result;
    expect(result.people).toBe(USERS);
    expect(result.prio).toEqual({ reports: 100, isEqual: true });
    const [row] = result.rows;
    expect(row?.seeds).toBe(2);
    expect(row?.together.map(({ epsilon }) => epsilon)).toEqual([1, 2, 4, 8]);
    for (const gain of row?.together ?? []) expect(gain.least).toBeGreaterThan(-0.05);
    const state = join(folder, 'killed.json');
    const child = spawn(process.execPath, ['dist/cli/main.js', ...args(state)]);
    await expect
      .poll(() => existsSync(state) && JSON.parse(readFileSync(state, 'utf8')).cells.length, {
        intervals: [20],
        timeout: 60_000,
      })
      .toBeGreaterThan(0);
    child.kill('SIGKILL');
    const kept = JSON.parse(readFileSync(state, 'utf8')) as { cells: object[] };
    const resumed = await runCli([...args(state), '--picture', join(folder, 'picture.svg')]);
    expect(JSON.parse(resumed.out)).toEqual(result);
    expect(
      (JSON.parse(readFileSync(state, 'utf8')) as { cells: object[] }).cells.slice(0, kept.cells.length),
    ).toEqual(kept.cells);
    expect(readFileSync(join(folder, 'picture.svg'), 'utf8')).toContain('together, eps 2');
    const other = await runCli(['simulate', folder, '--rounds', '2', '--state', state]);
    expect([other.status, other.err]).toEqual([1, expect.stringContaining('another simulation')]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('300 devices with the same taste learn it together at epsilon 2, and not under noise of their own', () => {
  const columns = FEDERATED_FEATURES.map((name) => COLUMN[name as FeatureName]);
  const random = seeded(21);
  const truth = Array.from({ length: FEATURES.length }, (_, column) =>
    columns.includes(column) ? 4 * random() : 0,
  );
  const people = Array.from({ length: 300 }, (_, user) => ({
    user: `u${user}`,
    lists: plantLists({ weights: truth, lists: 4, candidates: 10, seed: user }),
  }));
  const heldOut = plantLists({ weights: truth, lists: 1000, candidates: 10, seed: 999_999 });
  const options = {
    start: new Float64Array(FEATURES.length),
    rounds: 6,
    columns,
    scales: columns.map(() => 0.2),
  };
  const cell = runCell({ people, heldOut }, 300, 1, options);
  const central = cell.central - cell.start;
  expect(central).toBeGreaterThan(0.2);
  expect((cell.withoutNoise - cell.start) / central).toBeGreaterThan(0.9);
  const [, atTwo = 0] = cell.together;
  expect((atTwo - cell.start) / central).toBeGreaterThan(0.9);
  const [localAtOne = 1] = cell.local;
  expect((localAtOne - cell.start) / central).toBeLessThan(0.5);
  expect(cell.adopted).toEqual([true, true, true, true]);
});

test('a share is given only of a gain that is one', () => {
  const cell = (seed: number, central: number) => ({
    clients: 100,
    seed,
    start: 0.4,
    central,
    withoutNoise: 0.41,
    together: [0.4, 0.41, 0.412, 0.412],
    local: [0.4, 0.4, 0.4, 0.405],
    adopted: [false, true, true, true],
  });
  const about = {
    dataset: 'x',
    people: 1,
    tasks: 1,
    weights: 32,
    rounds: 6,
    startFrom: 'y',
    prio: { reports: 1, isEqual: true },
  };
  const small = toResult([cell(0, 0.41), cell(1, 0.415)], about);
  expect(small.rows[0]?.together[1]?.share).toBeNull();
  expect(toTable(small)).toContain('No share is given');
  const large = toResult([cell(0, 0.425), cell(1, 0.425)], about);
  expect(large.rows[0]?.together[1]?.share).toBeCloseTo(0.4, 9);
  expect(large.rows[0]?.together[0]?.notAdopted).toBe(2);
  expect(toTable(large)).toContain('40%');
  expect(toPicture(large)).toContain('<svg');
});
