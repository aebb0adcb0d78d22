import { expect, test } from '@playwright/test';
import { inParallel } from '../../src/cli/audit/in-parallel.ts';
import {
  clientOf,
  collect,
  type Deployment,
  deploy,
  reportOf,
  rounds,
  upload,
} from '../support/coordinator.ts';
import { seeded } from '../support/statistics.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(900_000);

test('with the noise off, the sum through two processes is the plain sum of 1,000 reports, bit for bit; so are 200 votes', async () => {
  const deployment: Deployment = await deploy(['--unsafe-no-noise', '--counts', 'styles=a,b,c,d,e,f']);
  const running = await Promise.all(
    (['leader', 'helper', 'collector'] as const).map((role) => deployment.start(role)),
  );
  try {
    const [weights, counts] = deployment.tasks;
    if (weights?.content.kind !== 'weights' || counts === undefined)
      throw new TypeError('expected two tasks');
    const random = seeded(5);
    const expected = weights.content.features.map(() => 0);
    const votes = [0, 0, 0, 0, 0, 0];
    const client = clientOf(weights);
    const voter = clientOf(counts);
    await client.fetchKeyConfiguration();
    await voter.fetchKeyConfiguration();
    await inParallel(Array.from({ length: 1000 }), 16, async () => {
      const measurement = expected.map(() => Math.floor(random() * 255));
      measurement.forEach((value, at) => {
        expected[at] = (expected[at] ?? 0) + value;
      });
      const reply = await upload(weights, await reportOf(client, measurement));
      expect(reply.status, await reply.text()).toBe(201);
    });
    await inParallel(Array.from({ length: 200 }), 16, async () => {
      const bucket = Math.floor(random() * random() * 6);
      votes[bucket] = (votes[bucket] ?? 0) + 1;
      const reply = await upload(counts, await reportOf(voter, bucket));
      expect(reply.status, await reply.text()).toBe(201);
    });
    const answer = await collect(deployment);
    expect(answer.tasks.map(({ kind, reports }) => [kind, reports])).toEqual([
      ['released', 1000],
      ['released', 200],
    ]);
    expect((await rounds(weights))[0]?.total).toEqual(expected);
    expect((await rounds(counts))[0]?.total).toEqual(votes);
  } finally {
    for (const role of running) await role.kill('SIGTERM');
    deployment.remove();
  }
});
