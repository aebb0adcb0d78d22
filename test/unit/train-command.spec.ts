import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { CliError } from '../../src/cli/cli-error.ts';
import { run, usage } from '../../src/cli/train/command.ts';
import { gather } from '../../src/cli/train/gather.ts';
import { runTrain } from '../../src/cli/train/train-command.ts';
import type { TrainingSource } from '../../src/cli/train/training-source.ts';
import type { TrainingList } from '../../src/learn/training-list.ts';
import { parseModel } from '../../src/rank/model-file.ts';
import { plantLists } from '../support/planted-lists.ts';

const FEATURES = ['a', 'b', 'c', 'd'];
const LISTS = plantLists({ weights: [1, -0.5, 2, 0], lists: 800, candidates: 8, seed: 7 });

async function* stream(lists: readonly TrainingList[]): AsyncGenerator<TrainingList> {
  yield* lists;
}

const source = (lists = LISTS, features = FEATURES): TrainingSource => ({
  name: 'planted',
  features,
  priors: features.map(() => ({ sign: 0, prior: 0 })),
  lists: () => stream(lists),
});

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reshelf-train-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

async function trainInto(file: string, given: TrainingSource, ...more: string[]) {
  const printed: string[] = [];
  const noted: string[] = [];
  const terminal = { print: (text: string) => printed.push(text), note: (text: string) => noted.push(text) };
  const out = join(folder, file);
  const status = await runTrain(['records', '--out', out, ...more], async () => given, terminal);
  return { status, text: readFileSync(out, 'utf8'), printed: printed.join('\n'), noted };
}

test('writes a model that its reader takes, and says what came of it', async () => {
  const { status, text, printed, noted } = await trainInto('model.json', source());
  expect(status).toBe(0);
  const { model, provenance } = parseModel(text, FEATURES);
  if (model.kind !== 'linear') throw new TypeError('expected a linear model');
  expect(model.id).toBe('trained-linear@1');
  expect(model.weights[2]).toBeGreaterThan(1.5);
  expect(provenance).toMatchObject({ source: 'planted', seed: 1 });
  expect(provenance.lists + provenance.heldOut).toBe(800);
  expect(provenance.tool).toMatch(/^reshelf \d+\.\d+\.\d+/);
  expect(noted[0]).toBe('800 lists read, 4 features');
  expect(noted.filter((line) => line.startsWith('epoch')).length).toBeGreaterThan(2);
  expect(printed).toMatch(/priors +2\.07944 +0\.\d{4}\ntrained +1\.\d{5} +0\.\d{4}/);
  expect(printed).toContain(`model.json: ${Buffer.byteLength(text)} bytes`);
});

test('the same records and seed write the same bytes; options are heard', async () => {
  const first = await trainInto('a.json', source(), '--epochs', '2', '--hidden', '3', '--seed', '5');
  const again = await trainInto('b.json', source(), '--epochs', '2', '--hidden', '3', '--seed', '5');
  expect(again.text).toBe(first.text);
  const { model, provenance } = parseModel(first.text, FEATURES);
  expect([model.kind, model.id, provenance.seed]).toEqual(['network', 'trained-network@1', 5]);
  expect(first.noted.filter((line) => line.startsWith('epoch'))).toHaveLength(2);
  const other = await trainInto('c.json', source(), '--epochs', '2', '--hidden', '3', '--seed', '6');
  expect(other.text).not.toBe(first.text);
});

test('impossible arguments are refused before anything is read', async () => {
  const quiet = { print: () => {}, note: () => {} };
  const never = async (): Promise<TrainingSource> => {
    throw new Error('opened');
  };
  const out = join(folder, 'model.json');
  const bad: [string[], RegExp][] = [
    [[], /expected one folder, got 0/],
    [['x', 'y', '--out', out], /expected one folder, got 2/],
    [['x'], /--out/],
    [['x', '--out', out, '--seed', '-1'], /--seed|argument/],
    [['x', '--out', out, '--seed', '1.5'], /whole number from 0/],
    [['x', '--out', out, '--epochs', '0'], /--epochs to be a whole number from 1/],
    [['x', '--out', out, '--hidden', 'many'], /--hidden/],
    [['x', '--out', join(folder, 'no', 'such', 'model.json')], /folder that exists/],
  ];
  for (const [args, words] of bad)
    await expect(runTrain(args, never, quiet), args.join(' ')).rejects.toThrow(words);
  await expect(runTrain(['x', '--out', out, '--hiden', '3'], never, quiet)).rejects.toMatchObject({
    code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION',
  });
  expect(usage).toContain('reshelf train <folder> --out model.json');
  await expect(run([])).rejects.toThrow(CliError);
});

test('too little to learn from and too large a model are errors for people', async () => {
  await expect(trainInto('m.json', source([]))).rejects.toThrow(/two sessions or more/);
  await expect(trainInto('m.json', source(LISTS.slice(0, 5)))).rejects.toThrow(CliError); // one session
  const wide = Array.from({ length: 64 }, (_, k) => `feature${k}`);
  await expect(trainInto('m.json', source(LISTS, wide), '--hidden', '40')).rejects.toThrow(
    /--hidden 40: with 64 features a model of 16384 bytes has room for \d+/,
  );
});

test('more lists than memory should hold are thinned by session, the same way every time', async () => {
  const read: number[] = [];
  const limit = 800 * 32 * 0.6;
  const kept = await gather(stream(LISTS), 1, (count) => read.push(count), limit);
  expect(read.at(-1)).toBe(800);
  expect(kept.share).toBe(0.5);
  const sessions = new Set(kept.lists.map(({ session }) => session));
  expect(kept.lists).toHaveLength(LISTS.filter(({ session }) => sessions.has(session)).length); // whole sessions
  expect(sessions.size).toBeGreaterThan(50);
  expect(sessions.size).toBeLessThan(110);
  const backwards = await gather(stream([...LISTS].reverse()), 1, () => {}, limit);
  expect(new Set(backwards.lists.map(({ session }) => session))).toEqual(sessions);
  expect((await gather(stream(LISTS), 1, () => {})).lists).toHaveLength(800);
});
