import { expect, type Page, test } from '@playwright/test';
import { build } from 'esbuild';
import { type Trained, type TrainSettings, train } from '../../src/learn/train.ts';
import type { TrainingList } from '../../src/learn/training-list.ts';
import { scoreRows } from '../../src/rank/model.ts';
import { plantLists } from '../support/planted-lists.ts';
import { serve, type TestServer } from '../support/server.ts';

/** What the probe worker is asked and answers. */
interface Asked {
  readonly lists: readonly TrainingList[];
  readonly settings: TrainSettings;
}
interface Answer {
  readonly trained?: Trained;
  readonly scores?: Float64Array;
  readonly tensors?: number;
  readonly error?: { readonly code?: string; readonly message: string };
}

/** A classic worker of the real loader and nothing else; it loads the built trainer from beside itself. */
async function probe(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { loadTrainer } from './src/worker/trainer-loader.ts';
        self.onmessage = async ({ data: { lists, settings } }) => {
          try {
            const trainer = loadTrainer();
            const trained = await trainer.train(lists, settings);
            const scores = trainer.scoreWithTensors(trained.model, lists[0].rows, 10);
            self.postMessage({ trained, scores, tensors: trainer.tensorCount() });
          } catch ({ code, message }) {
            self.postMessage({ error: { code, message } });
          }
        };`,
      resolveDir: '.',
    },
    bundle: true,
    write: false,
    format: 'iife',
  });
  return outputFiles[0]?.text ?? '';
}

const ask = (page: Page, worker: string, asked: Asked): Promise<Answer> =>
  page.evaluate(
    ([url, question]) =>
      new Promise<Answer>((done, fail) => {
        const thread = new Worker(url);
        thread.onmessage = ({ data }: MessageEvent<Answer>) => done(data);
        thread.onerror = ({ message }) => fail(new Error(message));
        thread.postMessage(question);
      }),
    [worker, asked] as const,
  );

const LISTS = plantLists({ weights: [1, -0.5, 2, 0], lists: 300, candidates: 10, seed: 7 });
const settings = (hidden: number): TrainSettings => ({
  id: 'planted@1',
  features: ['a', 'b', 'c', 'd'],
  priors: Array.from({ length: 4 }, () => ({ sign: 0 as const, prior: 0 })),
  hidden,
  epochs: 6,
});

test.describe('the trainer in a worker', () => {
  let server: TestServer;
  test.beforeAll(async () => {
    server = await serve({
      routes: { '/': '<!doctype html><title>Shop</title>' },
      files: { 'probe.js': await probe(), 'lonely/probe.js': await probe() },
    });
  });
  test.afterAll(() => server.close());

  for (const hidden of [0, 4])
    test(`gives the weights that Node gives, with ${hidden} hidden units`, async ({ page }) => {
      await page.goto(server.origin);
      const url = `${server.origin}/reshelf/probe.js`;
      const { trained, scores, tensors, error } = await ask(page, url, {
        lists: LISTS,
        settings: settings(hidden),
      });
      expect(error).toBeUndefined();
      const here = await train(LISTS, settings(hidden));
      if (trained === undefined || scores === undefined) throw new TypeError('expected an answer');
      expect(trained.model.kind).toBe(hidden === 0 ? 'linear' : 'network');
      const numbers = ({ model }: Trained) =>
        model.kind === 'linear' ? [...model.weights] : [...model.inner, ...model.bias, ...model.outer];
      expect(numbers(trained)).toHaveLength(numbers(here).length);
      numbers(trained).forEach((weight, k) => {
        expect(Math.abs(weight - (numbers(here)[k] ?? Number.NaN))).toBeLessThan(1e-5);
      });
      expect(trained.epochs).toBe(here.epochs);
      expect(trained.after.loss).toBeLessThan(trained.before.loss);
      const plain = scoreRows(trained.model, LISTS[0]?.rows ?? new Float32Array(), 10);
      plain.forEach((score, row) => {
        expect(Math.abs(score - (scores[row] ?? Number.NaN))).toBeLessThan(1e-5);
      });
      expect(tensors).toBe(0);
    });

  test('carries the version of the worker’s address along', async ({ page }) => {
    await page.goto(server.origin);
    const from = server.requests.length;
    await ask(page, `${server.origin}/reshelf/probe.js?v=0.1.0`, { lists: LISTS, settings: settings(0) });
    expect(server.requests.slice(from)).toEqual([
      'GET /reshelf/probe.js?v=0.1.0',
      'GET /reshelf/reshelf.trainer.js?v=0.1.0',
    ]);
  });

  test('says so when its file is not beside the worker’s', async ({ page }) => {
    await page.goto(server.origin);
    const url = `${server.origin}/reshelf/lonely/probe.js`;
    const { error } = await ask(page, url, { lists: LISTS, settings: settings(0) });
    expect(error?.code).toBe('worker/unavailable');
    expect(error?.message).toContain('reshelf.trainer.js');
  });

  test('sets one name beside tfjs’ own, and opens neither storage nor network', async ({ page }) => {
    await page.goto(server.origin);
    const before = server.requests.length;
    const added = await page.evaluate(async (url) => {
      const known = new Set(Object.getOwnPropertyNames(self));
      await new Promise((done, fail) => {
        const script = Object.assign(document.createElement('script'), {
          src: url,
          onload: done,
          onerror: fail,
        });
        document.head.append(script);
      });
      const names = Object.getOwnPropertyNames(self).filter((name) => !known.has(name));
      return { names, stored: localStorage.length, databases: (await indexedDB.databases()).length };
    }, `${server.origin}/reshelf/reshelf.trainer.js`);
    expect(added.names.filter((name) => !name.startsWith('_tf'))).toEqual(['reshelfTrainer']);
    expect([added.stored, added.databases]).toEqual([0, 0]);
    expect(server.requests.slice(before)).toEqual(['GET /reshelf/reshelf.trainer.js']);
  });
});
