import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { chromiumLaunch, ensureChromium } from '../support/chromium.ts';
import { benchContribution, benchCoordinator } from './coordinator.ts';
import { benchInteractions, GOOD_MS } from './interactions.ts';
import { benchRanking } from './ranking.ts';
import { benchTabs } from './tabs.ts';

/** `npm run bench`: prints what Reshelf costs. Times are of this machine; the ratios travel better. */
const asJson = process.argv.includes('--json');

ensureChromium();
const browser = await chromium.launch(chromiumLaunch());
const machine = {
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? 'unknown',
  /** Programs that wanted a core in the last minute, before this one. */
  load: loadavg()[0] ?? 0,
  node: process.version,
  chromium: browser.version(),
};
const ranking = await benchRanking(browser);
const tabs = await benchTabs(browser);
const { interactions, shifted } = await benchInteractions(browser);

const gzipBytes = Object.fromEntries(
  readdirSync('dist')
    .filter((name) => name.endsWith('.js'))
    .map((name) => [name, gzipSync(readFileSync(`dist/${name}`), { level: 9 }).length]),
);

if (asJson) console.log(JSON.stringify({ machine, gzipBytes, ranking, tabs, interactions, shifted }));
else {
  const ms = (value: number) => value.toFixed(2).padStart(8);
  console.log(
    `Node ${machine.node}, Chromium ${machine.chromium}, ${machine.cores} cores (${machine.processor}). Medians in ms, in a worker.`,
  );
  if (machine.load > machine.cores / 2)
    console.log(
      `Other programs keep this machine busy (load ${machine.load.toFixed(1)}): read the best, or run again.`,
    );
  console.log();
  console.log('products  signals    score     best    slate  dot loop  score / dot');
  for (const one of [...ranking.byProducts, ...ranking.bySignals])
    console.log(
      `${String(one.products).padStart(8)} ${String(one.signals).padStart(8)} ${ms(one.scoreMs)} ${ms(one.scoreBestMs)} ${ms(one.slateMs)}  ${one.dotMs.toFixed(3).padStart(8)}  ${(one.scoreMs / one.dotMs).toFixed(1).padStart(11)}`,
    );
  console.log(`\nA page's question for 1,000 products, there and back: ${ranking.roundTripMs.toFixed(1)} ms`);
  console.log(
    `A withdrawal in one tab, in force in another: ${tabs.otherTabMs.toFixed(1)} ms; the panel, opened again: ${tabs.openPanelMs.toFixed(1)} ms`,
  );
  console.log(`\nFrom a press to the next paint, median and longest; good is under ${GOOD_MS} ms`);
  for (const { what, medianMs, longestMs } of interactions)
    console.log(`${ms(medianMs)} ${ms(longestMs)}  ${what}${longestMs < GOOD_MS ? '' : '  <- slow'}`);
  console.log(`Layout shift of all of it together: ${shifted}`);
  const { scorerMs, tensorCpuMs, tensorWasmMs, coldProfileMs } = ranking.comparison;
  const score = ranking.bySignals.find(({ signals }) => signals === 50)?.scoreMs ?? Number.NaN;
  console.log('\n1,000 rows of features through the same model');
  console.log(`${ms(scorerMs)}  our scorer`);
  console.log(`${ms(tensorCpuMs)}  tfjs, CPU backend: ${(tensorCpuMs / scorerMs).toFixed(1)} times ours`);
  console.log(`${ms(tensorWasmMs)}  tfjs, WASM backend: ${(tensorWasmMs / scorerMs).toFixed(1)} times ours`);
  console.log(
    `${ms(coldProfileMs)}  opening IndexedDB and reading the profile of 50 signals; scoring 1,000 products takes ${(score / coldProfileMs).toFixed(1)} times that`,
  );
  console.log('\nBytes after gzip');
  for (const [name, bytes] of Object.entries(gzipBytes)) console.log(`${String(bytes).padStart(8)}  ${name}`);
  console.log('\nLearning together');
  await benchContribution(browser);
  await benchCoordinator();
}
await browser.close();
