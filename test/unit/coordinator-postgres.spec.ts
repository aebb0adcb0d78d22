import { expect, test } from '@playwright/test';
import { inParallel } from '../../src/cli/audit/in-parallel.ts';
import type { ContributionTask } from '../../src/wire/contribution-task.ts';
import {
  clientOf,
  collect,
  deploy,
  type RoleProcess,
  reportOf,
  rounds,
  upload,
} from '../support/coordinator.ts';
import { startPostgres } from '../support/postgres.ts';
import { seeded } from '../support/statistics.ts';

test.setTimeout(900_000);

test('on PostgreSQL, the same SQL: exact sums, and a leader killed in the middle', async () => {
  const postgres = await startPostgres();
  const deployment = await deploy(['--unsafe-no-noise']);
  const env = { DATABASE_URL: postgres.url };
  const running: RoleProcess[] = [];
  try {
    for (const role of ['leader', 'helper', 'collector'] as const)
      running.push(await deployment.start(role, env));
    const task = deployment.tasks[0] as ContributionTask; // init makes one
    const random = seeded(8);
    const plain = Array.from({ length: 32 }, () => 0);
    const client = clientOf(task);
    await client.fetchKeyConfiguration();
    const send = (count: number) =>
      inParallel(Array.from({ length: count }), 8, async () => {
        const measurement = plain.map(() => Math.floor(random() * 255));
        const bytes = await reportOf(client, measurement);
        for (;;) {
          const reply = await upload(task, bytes).catch(() => undefined);
          const text = reply === undefined ? '' : await reply.text().catch(() => '');
          if (reply?.status === 201 || text.includes('before')) break;
          await new Promise((done) => setTimeout(done, 100));
        }
        measurement.forEach((value, at) => {
          plain[at] = (plain[at] ?? 0) + value;
        });
      });
    await send(40);
    const sending = send(40);
    await running[0]?.kill('SIGKILL');
    running[0] = await deployment.start('leader', env);
    await sending;
    // What the killed process had claimed is claimed again when its lease is over.
    await expect
      .poll(async () => (await collect(deployment)).tasks[0]?.kind, { timeout: 90_000, intervals: [1000] })
      .toBe('released');
    expect(await rounds(task)).toEqual([{ batch: 1, reports: 80, total: plain }]);
  } finally {
    for (const role of running) await role.kill('SIGKILL');
    await postgres.stop();
    deployment.remove();
  }
});
