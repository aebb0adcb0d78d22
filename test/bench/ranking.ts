import { build } from 'esbuild';
import type { Browser } from 'playwright';
import { page as html, TAG } from '../support/html.ts';
import { serve } from '../support/server.ts';
import type { BenchAnswer, BenchQuestion } from './ranking-worker.ts';

export interface RankingTimes {
  readonly byProducts: readonly BenchAnswer[];
  readonly bySignals: readonly BenchAnswer[];
  /** Median time of a page's `reshelf.rank` of 1,000 products: clone, database, scores, slate and back. */
  readonly roundTripMs: number;
}

const REPEATS = 41;

/** Times the code of `src/rank` in a real worker of Chromium, and a question through the built worker. */
export async function benchRanking(browser: Browser): Promise<RankingTimes> {
  const { outputFiles } = await build({
    entryPoints: ['test/bench/ranking-worker.ts'],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  });
  const worker = outputFiles[0]?.text ?? '';
  const server = await serve({
    routes: { '/': html({ title: 'Bench', tag: TAG, body: '' }) },
    files: { 'bench.js': worker },
  });
  const page = await browser.newPage();
  try {
    await page.goto(server.origin);
    const ask = (question: BenchQuestion) =>
      page.evaluate(
        (asked) =>
          new Promise<BenchAnswer>((resolve, reject) => {
            const bench = new Worker('/reshelf/bench.js');
            bench.onmessage = ({ data }) => {
              bench.terminate();
              resolve(data as BenchAnswer);
            };
            bench.onerror = ({ message }) => reject(new Error(message));
            bench.postMessage(asked);
          }),
        question,
      );
    const byProducts: BenchAnswer[] = [];
    for (const products of [50, 200, 1000])
      byProducts.push(await ask({ products, signals: 50, repeats: REPEATS }));
    const bySignals: BenchAnswer[] = [];
    for (const signals of [1, 10, 50, 200, 1000])
      bySignals.push(await ask({ products: 1000, signals, repeats: REPEATS }));
    const roundTripMs = await page.evaluate(async (repeats) => {
      const { reshelf } = window;
      await reshelf.consent.set({ personalize: true }, { source: 'api', noticeId: 'bench' });
      const products = Array.from({ length: 1000 }, (_, i) => ({
        id: `p${i}`,
        title: `linen dress ${i}`,
        price: 20 + i,
      }));
      for (const item of products.slice(0, 50)) await reshelf.signal({ kind: 'view', item });
      const times: number[] = [];
      for (let i = 0; i < repeats; i++) {
        const start = performance.now();
        await reshelf.rank(products);
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b)[Math.floor(repeats / 2)] ?? 0;
    }, REPEATS);
    return { byProducts, bySignals, roundTripMs };
  } finally {
    await page.close();
    await server.close();
  }
}
