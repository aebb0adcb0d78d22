import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import type { Browser } from 'playwright';
import { page as html, TAG } from '../support/html.ts';
import { serve } from '../support/server.ts';
import type { Comparison } from './compare-worker.ts';
import type { BenchAnswer, BenchQuestion } from './ranking-worker.ts';

export interface RankingTimes {
  readonly byProducts: readonly BenchAnswer[];
  readonly bySignals: readonly BenchAnswer[];
  /** Median time of a page's `reshelf.rank` of 1,000 products: clone, database, scores, slate and back. */
  readonly roundTripMs: number;
  readonly comparison: Comparison;
}

const REPEATS = 41;

/** Times the code of `src/rank` in a real worker of Chromium, and a question through the built worker. */
export async function benchRanking(browser: Browser): Promise<RankingTimes> {
  const wasm = 'tfjs-backend-wasm-simd.wasm';
  const server = await serve({
    routes: { '/': html({ title: 'Bench', tag: TAG, body: '' }) },
    files: {
      'bench.js': await bundled('test/bench/ranking-worker.ts'),
      'compare.js': await bundled('test/bench/compare-worker.ts'),
    },
    assets: new Map([
      [`/wasm/${wasm}`, readFileSync(`node_modules/@tensorflow/tfjs-backend-wasm/dist/${wasm}`)],
    ]),
  });
  const page = await browser.newPage();
  try {
    await page.goto(server.origin);
    const run = <Answer>(file: string, question: object) =>
      page.evaluate(
        ([name, asked]) =>
          new Promise<Answer>((resolve, reject) => {
            const bench = new Worker(`/reshelf/${name}`);
            bench.onmessage = ({ data }) => {
              bench.terminate();
              resolve(data as Answer);
            };
            bench.onerror = ({ message }) => reject(new Error(message));
            bench.postMessage(asked);
          }),
        [file, question] as const,
      );
    const ask = (question: BenchQuestion) => run<BenchAnswer>('bench.js', question);
    const comparison = await run<Comparison>('compare.js', {});
    const byProducts: BenchAnswer[] = [];
    for (const products of [50, 200, 1000, 5000, 10_000])
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
    return { byProducts, bySignals, roundTripMs, comparison };
  } finally {
    await page.close();
    await server.close();
  }
}

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    external: ['fs', 'path', 'worker_threads', 'perf_hooks', 'os'], // named by tfjs for Node, never reached here
  });
  return outputFiles[0]?.text ?? '';
}
