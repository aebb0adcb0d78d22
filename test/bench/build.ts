/**
 * `tsx test/bench/build.ts [products] [lines]`: how long `reshelf build` takes on a made-up shop of 100,000 products
 * and 2,000,000 order lines, and how much memory the process takes at its peak. Not part of `npm test`.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../src/cli/build/command.ts';

const CATEGORIES = 60;
const THEMES = 2000;
const CUSTOMERS = 150_000;

/** A small generator with a seed (mulberry32), so that every run measures the same shop. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const file = createWriteStream(path);
  let block = '';
  for (const line of lines) {
    block += `${line}\n`;
    if (block.length < 1 << 20) continue;
    if (!file.write(block)) await once(file, 'drain');
    block = '';
  }
  file.end(block);
  await once(file, 'finish');
}

const WORDS = Array.from({ length: 3000 }, (_, i) => `word${i.toString(36)}`);

function* catalogue(products: number): Generator<string> {
  const random = createRandom(1);
  for (let i = 0; i < products; i++) {
    const words = Array.from({ length: 6 }, () => WORDS[Math.floor(random() ** 3 * WORDS.length)]);
    const category = `Shop > Kind ${i % CATEGORIES}`;
    yield JSON.stringify({
      id: `p-${i}`,
      category,
      price: 10 + (i % 90),
      title: words.join(' '),
      brand: `Brand ${i % 300}`,
    });
  }
}

/** Orders of 1 to 40 products, most of them small; two of three products belong to the order's theme. */
function* orders(products: number, lines: number): Generator<string> {
  const random = createRandom(2);
  yield 'Order ID,Customer ID,Product ID,Date';
  let order = 0;
  for (let written = 0; written < lines; order++) {
    const size = Math.min(lines - written, 1 + Math.floor(40 * random() ** 4 + 2 * random()));
    const customer = Math.floor(CUSTOMERS * random() ** 2);
    const theme = Math.floor(THEMES * random() ** 2);
    const date = new Date(Date.UTC(2025, 0, 1) + order * 60_000).toISOString();
    for (let i = 0; i < size; i++, written++) {
      const inTheme = random() < 0.67;
      const rank = random() ** 3;
      const product = inTheme
        ? theme + THEMES * Math.floor((rank * products) / THEMES)
        : Math.floor(rank * products);
      yield `${order},customer-${customer},p-${product},${date}`;
    }
  }
}

async function main(products: number, lines: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'reshelf-bench-'));
  try {
    const [feed, history, out] = ['catalogue.jsonl', 'orders.csv', 'out'].map((name) => join(folder, name));
    if (feed === undefined || history === undefined || out === undefined) return;
    await writeLines(feed, catalogue(products));
    await writeLines(history, orders(products, lines));
    const mb = ((await stat(feed)).size + (await stat(history)).size) / 1e6;
    console.log(`${products} products, ${lines} order lines, ${mb.toFixed(0)} MB`);
    const self = fileURLToPath(import.meta.url);
    const args = ['--import', 'tsx', self, '--build', feed, '--orders', history, '--out', out];
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    process.exitCode = status ?? 1;
    console.log(`${(await readdir(out)).length} files`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === '--build') {
  const start = performance.now();
  process.exitCode = await run(process.argv.slice(3));
  const seconds = (performance.now() - start) / 1000;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const cpu = (userCPUTime + systemCPUTime) / 1e6;
  console.log(
    `${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of CPU, peak RSS ${(maxRSS / 1000).toFixed(0)} MB`,
  );
} else await main(Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 2_000_000));
