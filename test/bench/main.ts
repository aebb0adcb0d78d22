import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { chromiumPath, ensureChromium } from '../support/chromium.ts';
import { benchRanking } from './ranking.ts';

/** `npm run bench`: prints what Reshelf costs. Times are of this machine; the ratios travel better. */
const asJson = process.argv.includes('--json');

ensureChromium();
const path = chromiumPath();
const browser = await chromium.launch(path === undefined ? {} : { executablePath: path });
const machine = { cores: availableParallelism(), node: process.version, chromium: browser.version() };
const ranking = await benchRanking(browser);
await browser.close();

const gzipBytes = Object.fromEntries(
  readdirSync('dist')
    .filter((name) => name.endsWith('.js'))
    .map((name) => [name, gzipSync(readFileSync(`dist/${name}`), { level: 9 }).length]),
);

if (asJson) console.log(JSON.stringify({ machine, gzipBytes, ranking }));
else {
  const ms = (value: number) => value.toFixed(2).padStart(8);
  console.log(
    `Node ${machine.node}, Chromium ${machine.chromium}, ${machine.cores} cores. Medians in ms, in a worker.\n`,
  );
  console.log('products  signals    score    slate  dot loop  score / dot');
  for (const one of [...ranking.byProducts, ...ranking.bySignals])
    console.log(
      `${String(one.products).padStart(8)} ${String(one.signals).padStart(8)} ${ms(one.scoreMs)} ${ms(one.slateMs)}  ${one.dotMs.toFixed(3).padStart(8)}  ${(one.scoreMs / one.dotMs).toFixed(1).padStart(11)}`,
    );
  console.log(`\nA page's question for 1,000 products, there and back: ${ranking.roundTripMs.toFixed(1)} ms`);
  console.log('\nBytes after gzip');
  for (const [name, bytes] of Object.entries(gzipBytes)) console.log(`${String(bytes).padStart(8)}  ${name}`);
}
