import { readFileSync } from 'node:fs';
import { sealReport } from '../../src/contribute/seal-report.ts';
import { ownUpdate } from '../../src/learn/own-update.ts';
import type { ContributionTask } from '../../src/wire/contribution-task.ts';
import { clientOf, deploy, inParallel, type RoleProcess, reportOf, upload } from '../support/coordinator.ts';
import { plantLists } from '../support/planted-lists.ts';
import { startPostgres } from '../support/postgres.ts';

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

/** What one contribution costs a device: the step on 50 lists of 24, and the report, the very first in this process. */
export async function benchContribution(): Promise<void> {
  const deployment = await deploy();
  const running: RoleProcess[] = [];
  try {
    for (const role of ['leader', 'helper'] as const) running.push(await deployment.start(role));
    const task = deployment.tasks[0];
    if (task === undefined) throw new TypeError('expected a task');
    const weights = Array.from({ length: 32 }, (_, at) => (at % 3) - 1);
    const lists = plantLists({ weights, lists: 50, candidates: 24, seed: 1 });
    const cpu = process.cpuUsage();
    const update = ownUpdate(lists, {
      weights: new Float64Array(32),
      scales: new Float64Array(32).fill(1),
      steps: 4,
      learningRate: 0.3,
    });
    const learned = process.cpuUsage(cpu);
    const bytes = await sealReport(
      task,
      Array.from(update, () => 127),
      Date.now(),
      fetch,
    );
    const all = process.cpuUsage(cpu);
    const ms = ({ user, system }: NodeJS.CpuUsage) => ((user + system) / 1000).toFixed(0);
    console.log(
      `one contribution, cold: ${ms(all)} ms of processor (learning ${ms(learned)}), report of ${bytes.length} bytes`,
    );
  } finally {
    for (const role of running) await role.kill('SIGKILL');
    deployment.remove();
  }
}
