import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createTally, rankOf } from '../../src/cli/replay/tally.ts';

const PRODUCTS = ['a', 'b', 'c', 'd', 'e'].map((id, i) => ({
  id,
  category: 'shirts',
  price: 10 + i,
  title: `${id} linen shirt`,
}));
const view = (t: number, id: string) => ({ t, type: 'view', id });
const FOLDER: Readonly<Record<string, readonly object[]>> = {
  catalog: PRODUCTS,
  train: [
    { session: 't1', user: 'u', events: [view(1000, 'd'), view(1010, 'd'), view(1020, 'e')] },
    { session: 't2', events: [view(1100, 'b')] },
  ],
  dev: [
    {
      session: 'd1',
      user: 'u',
      events: [view(2000, 'a'), view(2010, 'e'), { t: 2020, type: 'search', q: 'shirt' }, view(2030, 'b')],
    },
  ],
  'tasks-dev': [
    { session: 'd1', k: 1, target: 'e', list: ['a', 'b', 'c', 'd', 'e'] },
    { session: 'd1', k: 2, target: 'b', list: ['a', 'b', 'c', 'd', 'e'] },
  ],
};

/** Writes a folder of sessions, with some files' text replaced, and runs the real command on it. */
function replay(replaced: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'reshelf-replay-'));
  for (const [name, records] of Object.entries(FOLDER))
    writeFileSync(
      join(folder, `${name}.jsonl`),
      replaced[name] ?? records.map((one) => JSON.stringify(one)).join('\n'),
    );
  const done = spawnSync('npx', ['tsx', 'src/cli/main.ts', 'replay', folder, ...args], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return done;
}

test('ranks count from one, and equal scores keep the shop’s order', () => {
  expect(rankOf([1, 3, 2], 2)).toBe(2);
  expect(rankOf([0, 0, 0], 2)).toBe(3);
  expect(rankOf([0, 5, 5], 2)).toBe(2);
});

test('figures are those worked out by hand, the interval clustered by session', () => {
  const tally = createTally(1);
  for (const [rank, other] of [
    [1, 2],
    [2, 2],
  ] as const)
    tally.add(rank, [other]);
  tally.endSession();
  tally.add(4, [1]);
  tally.endSession();
  tally.add(20, [10]);
  tally.endSession();
  const { n, mrr, hr10, ndcg10, meanRank, ci95 } = tally.figures();
  expect(n).toBe(4);
  expect(mrr).toBeCloseTo((1 + 0.5 + 0.25 + 0.05) / 4, 12);
  expect(hr10).toBeCloseTo(3 / 4, 12);
  expect(ndcg10).toBeCloseTo((1 + 1 / Math.log2(3) + 1 / Math.log2(5)) / 4, 12);
  expect(meanRank).toBeCloseTo(27 / 4, 12);
  // clusters: residual sums 1.5 - 2m, 0.25 - m, 0.05 - m with m = 0.45
  const residual = (1.5 - 0.9) ** 2 + (0.25 - 0.45) ** 2 + (0.05 - 0.45) ** 2;
  expect(ci95).toBeCloseTo((1.96 * Math.sqrt((residual * 3) / 2)) / 4, 12);
  expect(tally.difference(0).mean).toBeCloseTo((0.5 + 0 - 0.75 - 0.05) / 4, 12);
});

test('the command prints one JSON object with every method and slice', () => {
  const { status, stdout, stderr } = replay({}, '--json');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ split: 'dev' });
  expect(result.methods['shop-order']).toMatchObject({ n: 2, mrr: (1 / 5 + 1 / 2) / 2, deltaShop: 0 });
  // in this session a was met before "e" is asked for, a and e before "b": "recently viewed" finds them above it
  expect(result.methods['recently-viewed'].mrr).toBeCloseTo((1 / 5 + 1 / 3) / 2, 12);
  expect(Object.keys(result.methods).sort()).toEqual(
    [
      'random',
      'shop-order',
      'popularity',
      'popularity-recent',
      'fitted-order',
      'non-personal',
      'recently-viewed',
      'layout',
      'content',
      'item-item',
      'v-sknn',
      'stan',
      'reshelf-cold',
      'reshelf-cold-slate',
      'reshelf',
      'reshelf-boot',
    ].sort(),
  );
  for (const figures of Object.values<object>(result.methods))
    expect(Object.keys(figures)).toEqual(
      expect.arrayContaining([
        'n',
        'mrr',
        'ndcg10',
        'hr10',
        'meanRank',
        'ci95',
        'slices',
        'deltaShop',
        'deltaShopCi95',
        'deltaNonPersonal',
        'deltaNonPersonalCi95',
      ]),
    );
  expect(Object.keys(result.methods['reshelf-cold'].slices)).toEqual([
    'new',
    'fresh',
    'not-last',
    'events-0',
    'events-1',
    'events-2',
    'events-3-5',
    'events-6+',
    'page-context',
    'one-event',
  ]);
  expect(result.methods['reshelf-cold'].slices.new.n).toBe(1);
  expect(result.methods['reshelf-cold'].slices['page-context'].n).toBe(1);
  expect(result.methods['reshelf-cold'].slices['one-event'].n).toBe(2);
});

const BROKEN: Readonly<Record<string, readonly [files: Record<string, string>, words: RegExp]>> = {
  'a line that is no JSON': [{ train: '{"session": "t1"' }, /train\.jsonl:1/],
  'an unknown product': [
    { 'tasks-dev': JSON.stringify({ session: 'd1', k: 1, target: 'z', list: ['a', 'z'] }) },
    /tasks-dev\.jsonl:1: .*z/,
  ],
  'an unknown kind of event': [
    { dev: JSON.stringify({ session: 'd1', events: [{ t: 1, type: 'glance', id: 'a' }] }) },
    /dev\.jsonl:1: .*glance/,
  ],
  'an empty split': [{ dev: '', 'tasks-dev': '' }, /task/],
};
for (const [what, [files, words]] of Object.entries(BROKEN))
  test(`${what} is one clear sentence with file and line`, () => {
    const { status, stdout, stderr } = replay(files);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

test('--methods prints the chosen ones beside what they are compared with; --model is checked first', () => {
  const { stdout, status } = replay({}, '--json', '--methods', 'item-item,reshelf-cold');
  expect(status).toBe(0);
  expect(Object.keys(JSON.parse(stdout).methods)).toEqual([
    'shop-order',
    'non-personal',
    'item-item',
    'reshelf-cold',
  ]);
  expect(replay({}, '--methods', 'best').stderr).toMatch(/got "best"/);
  expect(replay({}, '--model', 'nowhere.json').stderr).toMatch(/"nowhere\.json" does not exist/);
});
