import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import type { Browser } from 'playwright';
import { inParallel } from '../../src/cli/audit/in-parallel.ts';
import { encodeConfigList } from '../../src/coordinator/hpke.ts';
import { provision, type TaskPlan } from '../../src/coordinator/provision.ts';
import type { ContributionTask } from '../../src/wire/contribution-task.ts';
import { clientOf, deploy, type RoleProcess, reportOf, upload } from '../support/coordinator.ts';
import { plantLists } from '../support/planted-lists.ts';
import { startPostgres } from '../support/postgres.ts';
import { serve } from '../support/server.ts';

const REPORTS = 300;
const BUCKETS = Array.from({ length: 64 }, (_, at) => `b${at}`).join(',');
/** Clock ticks a second of Linux' accounting, on every machine we know. */
const TICKS = 100;

/** Seconds of processor that a process has used. */
function cpuOf(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Reports that one core of each aggregator takes in a second, by the processor time they cost. */
export async function benchCoordinator(): Promise<void> {
  for (const where of ['PGlite', 'PostgreSQL'] as const) {
    const postgres = where === 'PostgreSQL' ? await startPostgres() : undefined;
    const deployment = await deploy(['--counts', `styles=${BUCKETS}`]);
    const env: Record<string, string> = postgres === undefined ? {} : { DATABASE_URL: postgres.url };
    const running: RoleProcess[] = [];
    try {
      for (const role of ['leader', 'helper'] as const) running.push(await deployment.start(role, env));
      for (const task of deployment.tasks) {
        const bodies = await reportsOf(task);
        await inParallel(bodies.slice(0, 50), 16, async (bytes) => void (await upload(task, bytes))); // warm
        const before = running.map(({ process }) => cpuOf(process.pid));
        const from = performance.now();
        let taken = 0;
        await inParallel(bodies.slice(50), 32, async (bytes) => {
          if ((await upload(task, bytes)).status === 201) taken += 1;
        });
        const seconds = (performance.now() - from) / 1000;
        const [leader = 0, helper = 0] = running.map(
          ({ process }, at) => taken / (cpuOf(process.pid) - (before[at] ?? 0)),
        );
        const what = task.content.kind === 'weights' ? '32 weights of 8 bits' : 'histogram of 64';
        console.log(
          `${where}, ${what}: ${leader.toFixed(0)} reports/s per core of the leader, ${helper.toFixed(0)} of the helper (${(taken / seconds).toFixed(0)}/s on the clock, all on this machine)`,
        );
      }
    } finally {
      for (const role of running) await role.kill('SIGKILL');
      deployment.remove();
      await postgres?.stop();
    }
  }
}

async function reportsOf(task: ContributionTask): Promise<Buffer[]> {
  const client = clientOf(task);
  const bodies: Buffer[] = [];
  const measurement = task.content.kind === 'weights' ? Array<number>(32).fill(127) : 3;
  for (let at = 0; at < REPORTS + 50; at++) bodies.push(await reportOf(client, measurement));
  return bodies;
}

/**
 * What one contribution costs a device: the step on 24 lists of 24 products, and the report, by the built code's parts in
 * a worker of Chromium that has just started. The aggregators' keys are handed to it, so that no network is timed.
 */
export async function benchContribution(browser: Browser): Promise<void> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { ownUpdate } from './src/learn/own-update.ts';
        import { sealReport } from './src/contribute/seal-report.ts';
        self.onunhandledrejection = ({ reason }) => setTimeout(() => { throw reason; });
        self.onmessage = async ({ data: { lists, task, key } }) => {
          const from = performance.now();
          const update = ownUpdate(lists, { weights: new Float64Array(32), scales: new Float64Array(32).fill(1), steps: 4, learningRate: 0.3 });
          const learned = performance.now();
          const headers = { 'content-type': 'application/dap-hpke-config-list' };
          const bytes = await sealReport(task, Array.from(update, () => 127), Date.now(), async () => new Response(key, { headers }));
          self.postMessage([learned - from, performance.now() - learned, bytes.length]);
        };`,
      resolveDir: '.',
    },
    bundle: true,
    write: false,
    format: 'iife',
    alias: {
      'hpke-js': './src/contribute/hpke-parts.ts',
      '@tensorflow/tfjs': './src/learn/tensor-parts.ts',
      buffer: './node_modules/buffer/index.js',
    },
    platform: 'browser',
    external: ['crypto'],
  });
  const { tasks, leader } = await provision([PLAN]);
  const key = [...encodeConfigList(leader.seal)];
  const weights = Array.from({ length: 32 }, (_, at) => (at % 3) - 1);
  const lists = plantLists({ weights, lists: 24, candidates: 24, seed: 1 });
  const server = await serve({
    routes: { '/': '<!doctype html>' },
    files: { 'bench.js': outputFiles[0]?.text ?? '' },
  });
  const all: number[][] = [];
  for (let run = 0; run < 7; run++) {
    const page = await browser.newPage();
    await page.goto(server.origin);
    all.push(
      await page.evaluate(
        ({ question, bytes }) =>
          new Promise<number[]>((done, fail) => {
            const worker = new Worker('/reshelf/bench.js');
            worker.onmessage = ({ data }: MessageEvent<number[]>) => done(data);
            worker.onerror = ({ message }) => fail(new Error(message));
            worker.postMessage({ ...question, key: new Uint8Array(bytes) });
          }),
        { question: { lists, task: tasks[0] }, bytes: key },
      ),
    );
    await page.close();
  }
  await server.close();
  const sums = all.map(([learned = 0, sealed = 0]) => learned + sealed).sort((a, b) => a - b);
  const ms = (value: number | undefined) => (value ?? 0).toFixed(0);
  console.log(
    `one contribution in a fresh worker: ${ms(sums[3])} ms (best ${ms(sums[0])}), of which learning ${ms(all[0]?.[0])} in the first; report of ${all[0]?.[2]} bytes`,
  );
}

const PLAN: TaskPlan = {
  region: 'eu',
  leader: 'https://leader.example/',
  helper: 'https://helper.example/',
  collector: 'https://collector.example/',
  timePrecisionSeconds: 3600,
  minBatch: 100,
  expiresAt: 2_000_000_000,
  variance: 311_112,
  content: {
    kind: 'weights',
    features: Array.from({ length: 32 }, (_, at) => `f${at}`),
    scales: Array<number>(32).fill(1),
    clip: 0.3,
    rate: 2,
    bits: 8,
    chunkLength: 16,
  },
};
