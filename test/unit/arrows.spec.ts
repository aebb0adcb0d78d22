import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from '@playwright/test';

const NODE = ['node:crypto', 'node:fs', 'node:path'];
const TENSORS = ['@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu'];

/** Which rooms and packages each room may import. Entry points at the top of `src` join rooms and hold nothing else. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  wire: ['core', 'comlink'],
  store: ['core', 'idb'],
  rank: ['core'],
  privacy: ['core'],
  contribute: [
    'core',
    'wire',
    'store',
    'rank',
    'privacy',
    'learn',
    'worker',
    'comlink',
    'idb',
    '@divviup/dap',
    '@hpke/core',
  ],
  coordinator: [
    'core',
    'wire',
    'privacy',
    ...NODE,
    'hono',
    '@hpke/core',
    '@divviup/prio3',
    '@electric-sql/pglite',
    'pg',
  ],
  learn: ['core', 'wire', 'rank', ...TENSORS],
  worker: ['core', 'wire', 'store', 'rank', 'learn', 'comlink'],
  panel: ['core', 'wire', 'preact'],
  consent: ['core', 'wire'],
  page: ['core', 'wire', 'consent', 'panel', 'comlink'],
  bindings: ['core', 'page'],
};

/** Entry points join rooms; the command line and the bundler's plugins may use any room, and nothing imports them. */
const FREE = ['entry', 'cli', 'bundle'];

interface Arrow {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Every import and export-from of every file of `src`, as an arrow between rooms or to a package. */
function arrows(): Arrow[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  return files.flatMap((name) => {
    const file = join('src', name);
    const text = readFileSync(file, 'utf8');
    const targets = [...text.matchAll(/(?<![\w'-])(?:from|import)(?:\s+|\s*\(\s*)'([^']+)'/g)].map(
      (match) => match[1] ?? '',
    );
    return targets.map((target) => ({
      file,
      from: roomOf(file),
      to: target.startsWith('.') ? roomOf(join(dirname(file), target)) : packageOf(target),
    }));
  });
}

/** `@scope/name` for a file deep in a package. */
function packageOf(target: string): string {
  return target.split('/', target.startsWith('@') ? 2 : 1).join('/');
}

/** `core` for `src/core/ids.ts`, `entry` for files at the top. */
function roomOf(file: string): string {
  const parts = relative('src', file).split('/');
  return parts.length > 1 ? (parts[0] ?? '') : 'entry';
}

test('every import follows an arrow of the house', () => {
  const wrong = arrows().filter(
    ({ from, to }) => from !== to && !FREE.includes(from) && !ALLOWED[from]?.includes(to),
  );
  expect(wrong).toEqual([]);
});

test('nothing imports an entry point, and the page and the worker never meet', () => {
  const all = arrows();
  expect(all.length).toBeGreaterThan(50);
  const outside = all.filter(({ from }) => from !== 'bundle'); // it is run by Rollup, and ships nowhere
  expect(outside.filter(({ from, to }) => FREE.includes(to) && from !== to)).toEqual([]);
  const worker = ['worker', 'store', 'rank', 'learn', 'contribute', 'idb'];
  const page = ['page', 'panel', 'consent'];
  expect(all.filter(({ from, to }) => page.includes(from) && worker.includes(to))).toEqual([]);
  expect(all.filter(({ from, to }) => worker.includes(from) && page.includes(to))).toEqual([]);
});

test('a room has no barrel: only entry points re-export', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const barrels = files.filter(
    (name) => name.includes('/') && /^export .* from /m.test(readFileSync(join('src', name), 'utf8')),
  );
  expect(barrels).toEqual([]);
});
