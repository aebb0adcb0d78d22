import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { CliError } from '../../src/cli/cli-error.ts';
import { fitFolder, isHarm } from '../../src/cli/train/fit-folder.ts';
import type { FolderList } from '../../src/cli/train/folder-lists.ts';
import { runTrain } from '../../src/cli/train/train-command.ts';
import { FEATURES } from '../../src/rank/feature-specs.ts';
import { parseModel } from '../../src/rank/model-file.ts';
import { writeRecords } from '../support/shop-records.ts';
import { seeded } from '../support/statistics.ts';

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reshelf-train-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

async function trainInto(file: string, ...more: string[]) {
  const printed: string[] = [];
  const noted: string[] = [];
  const terminal = { print: (text: string) => printed.push(text), note: (text: string) => noted.push(text) };
  const out = join(folder, file);
  await runTrain([join(folder, 'shop'), '--out', out, ...more], terminal);
  return { text: readFileSync(out, 'utf8'), printed: printed.join('\n'), noted };
}

test('learns a folder’s habit, writes a model its reader takes, and says what came of it', async () => {
  writeRecords(join(folder, 'shop'));
  const { text, printed, noted } = await trainInto('model.json', '--epochs', '6');
  const { model, provenance } = parseModel(text, FEATURES);
  expect(model.kind).toBe('network');
  expect(provenance).toMatchObject({ source: 'shop', seed: 1 });
  expect(provenance.lists).toBeGreaterThan(300);
  expect(noted.some((line) => line.startsWith('epoch'))).toBe(true);
  const row = (name: string) => Number(new RegExp(`${name} +(0\\.\\d+)`).exec(printed)?.[1]);
  expect(row('trained')).toBeGreaterThan(2 * row("shop's order"));
  expect(row('trained')).toBeGreaterThanOrEqual(row('default'));
  expect(printed).toContain(`model.json: ${Buffer.byteLength(text)} bytes`);
});

test('the same records and seed write the same bytes; options are heard', async () => {
  writeRecords(join(folder, 'shop'), 30);
  const options = ['--epochs', '2', '--hidden', '0', '--seed', '5'];
  const first = await trainInto('a.json', ...options);
  const again = await trainInto('b.json', ...options);
  expect(again.text).toBe(first.text);
  expect(parseModel(first.text, FEATURES)).toMatchObject({
    model: { kind: 'linear' },
    provenance: { seed: 5 },
  });
});

test('replay with the trained model finds what customers went for, by tables and titles and by the snapshot', async () => {
  writeRecords(join(folder, 'shop'));
  await trainInto('model.json', '--epochs', '3', '--hidden', '0');
  const { stdout, status } = spawnSync(
    'npx',
    [
      'tsx',
      'src/cli/main.ts',
      'replay',
      join(folder, 'shop'),
      '--json',
      '--model',
      join(folder, 'model.json'),
    ],
    { encoding: 'utf8' },
  );
  expect(status).toBe(0);
  const { methods } = JSON.parse(stdout);
  const mrr = (name: string): number => methods[name].mrr;
  for (const name of ['item-item', 'content', 'reshelf-cold', 'reshelf', 'reshelf-boot'])
    expect(mrr(name), name).toBeGreaterThan(2 * mrr('shop-order'));
  expect(methods.reshelf.deltaShop - methods.reshelf.deltaShopCi95).toBeGreaterThan(0.1);
  expect(mrr('reshelf-boot') - mrr('shop-order')).toBeGreaterThan(0.6 * (mrr('reshelf') - mrr('shop-order')));
});

test('impossible arguments are refused before anything is read or written', async () => {
  const quiet = { print: () => {}, note: () => {} };
  const out = join(folder, 'model.json');
  const bad: [string[], RegExp][] = [
    [[], /expected one folder, got 0/],
    [['x', 'y', '--out', out], /expected one folder, got 2/],
    [['x'], /--out/],
    [['x', '--out', out], /expected a folder with catalog/],
    [['x', '--out', out, '--seed', '1.5'], /whole number from 0/],
    [['x', '--out', out, '--epochs', '0'], /--epochs to be a whole number from 1/],
    [['x', '--out', out, '--hidden', 'many'], /--hidden/],
    [
      ['x', '--out', out, '--hidden', '40'],
      /--hidden 40: with 64 features a model of 16384 bytes has room for \d+/,
    ],
    [['x', '--out', join(folder, 'no', 'such', 'model.json')], /folder that exists/],
  ];
  for (const [args, words] of bad) {
    const running = runTrain(args, quiet);
    await expect(running, args.join(' ')).rejects.toThrow(words);
    await expect(running).rejects.toBeInstanceOf(CliError);
  }
  await expect(runTrain(['x', '--out', out, '--hiden', '3'], quiet)).rejects.toMatchObject({
    code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION',
  });
  expect(existsSync(out)).toBe(false);
});

/** Lists whose choice is told by one feature, the shop's order or nothing. */
function lists(count: number, choose: (random: () => number) => number, isNew: boolean): FolderList[] {
  const random = seeded(3);
  return Array.from({ length: count }, (_, at) => {
    const rows = new Float32Array(10 * FEATURES.length);
    for (let row = 0; row < 10; row++) {
      rows[row * FEATURES.length + FEATURES.indexOf('order.linear')] = -row / 9;
      rows[row * FEATURES.length + FEATURES.indexOf('popular.all')] = random();
    }
    return { session: `${isNew}${at}`, rows, chosen: [choose(random)], isNew };
  });
}

test('finding new things must not become harder than the shop had made it', async () => {
  const quality = (mrr: number, newMrr: number) => ({ mrr, newMrr });
  const shop = quality(0.4, 0.3);
  const ofDefault = quality(0.5, 0.3);
  expect(isHarm({ shop, ofDefault, ofTrained: quality(0.6, 0.295) })).toBe(false);
  expect(isHarm({ shop, ofDefault, ofTrained: quality(0.6, 0.285) })).toBe(true);

  // the first of the list is always taken, and the default model follows the shop's order: nothing to gain or lose
  const first = await fitFolder(
    lists(200, () => 0, true),
    { epochs: 3, hidden: 0 },
    () => {},
  );
  expect(first.heldOut.shop.newMrr).toBe(1);
  expect(first.heldOut.ofTrained.newMrr).toBeGreaterThan(0.98);
  // the last of the list is always taken: the first weight does harm to nobody, since the shop's order is the worst
  const last = await fitFolder(
    lists(200, () => 9, true),
    { epochs: 3, hidden: 0 },
    () => {},
  );
  expect(last.newWeight).toBe(first.newWeight);
  await expect(fitFolder([], {}, () => {})).rejects.toThrow(/two sessions or more/);
});
