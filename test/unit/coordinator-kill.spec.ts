import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { inParallel } from '../../src/cli/audit/in-parallel.ts';
import { encodeReleaseRequest } from '../../src/coordinator/peer-messages.ts';
import type { ContributionTask } from '../../src/wire/contribution-task.ts';
import {
  clientOf,
  collect,
  type Deployment,
  deploy,
  type RoleName,
  type RoleProcess,
  reportOf,
  rounds,
  upload,
} from '../support/coordinator.ts';
import { seeded } from '../support/statistics.ts';

test.setTimeout(1_200_000);

const KILLS = 20;
const ROLES: readonly RoleName[] = ['leader', 'helper', 'collector'];
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Roles that are killed and started again; `all` always holds the newest process of each. */
async function startAll(deployment: Deployment): Promise<Record<RoleName, RoleProcess>> {
  const [leader, helper, collector] = await Promise.all(ROLES.map((role) => deployment.start(role)));
  if (leader === undefined || helper === undefined || collector === undefined)
    throw new TypeError('expected three');
  return { leader, helper, collector };
}

async function killAndRestart(
  deployment: Deployment,
  all: Record<RoleName, RoleProcess>,
  role: RoleName,
): Promise<void> {
  await all[role].kill('SIGKILL');
  all[role] = await deployment.start(role);
}

/** Sends the same bytes until they are taken, as the device does. */
async function persist(task: ContributionTask, bytes: Buffer): Promise<void> {
  for (;;) {
    const reply = await upload(task, bytes).catch(() => undefined);
    if (reply?.status === 201) return;
    const text = (await reply?.text().catch(() => '')) ?? '';
    if (text.includes('was uploaded before')) return;
    if (reply !== undefined && reply.status < 500) throw new Error(text);
    await pause(100);
  }
}

/** Reports in rounds that are out. */
const released = async (task: ContributionTask): Promise<number> =>
  (await rounds(task)).reduce((sum, { reports }) => sum + reports, 0);

/** As many of each role as of the others, in random order. */
function shuffledRoles(length: number, random: () => number): RoleName[] {
  const order = Array.from({ length }, (_, at) => ({ at, key: random() })).sort((a, b) => a.key - b.key);
  return order.map(({ at }) => ROLES[at % ROLES.length] as RoleName); // within the list
}

test(`killed ${KILLS} times at random moments of their rounds, leader, helper and collector count every accepted report exactly once`, async () => {
  const deployment = await deploy(['--unsafe-no-noise']);
  const task = deployment.tasks[0] as ContributionTask; // init makes one
  const all = await startAll(deployment);
  const random = seeded(17);
  const plain = Array.from({ length: 32 }, () => 0);
  let sent = 0;
  let isOver = false;
  try {
    const client = clientOf(task);
    await client.fetchKeyConfiguration();
    const send = async () => {
      const measurement = plain.map(() => Math.floor(random() * 255));
      await persist(task, await reportOf(client, measurement));
      sent += 1;
      measurement.forEach((value, at) => {
        plain[at] = (plain[at] ?? 0) + value;
      });
    };
    // Reports come and rounds are asked for all the time, so that a kill meets whatever there is to do.
    const sending = inParallel(Array.from({ length: 16 }), 16, async () => {
      while (!isOver) await send();
    });
    const collecting = (async () => {
      while (!isOver) {
        await collect(deployment).catch(() => {}); // one of the three is away
        await pause(50);
      }
    })();
    for (const [at, role] of shuffledRoles(KILLS, random).entries()) {
      // Four at any moment, then three when there is a batch to release, and so on.
      const isAnyMoment = at % 7 < 4;
      if (!isAnyMoment) while (sent - (await released(task)) < task.minBatch) await pause(20);
      await pause(random() * (isAnyMoment ? 800 : 60));
      await killAndRestart(deployment, all, role);
    }
    isOver = true;
    await Promise.all([sending, collecting]);
    // What is left becomes a batch that is large enough.
    await inParallel(Array.from({ length: task.minBatch }), 16, send);
    for (let tries = 0; tries < 200 && (await released(task)) < sent; tries++) {
      await collect(deployment);
      await pause(100);
    }
    const out = await rounds(task);
    expect(out.map(({ batch }) => batch)).toEqual(out.map((_, at) => at + 1));
    expect(await released(task)).toBe(sent);
    expect(plain.map((_, at) => out.reduce((sum, { total }) => sum + (total[at] ?? 0), 0))).toEqual(plain);
    expect((await collect(deployment)).tasks).toMatchObject([{ kind: 'waiting' }]);
    const model = await fetch(new URL(`tasks/${task.id}/model`, task.collector));
    const { pointer } = (await model.json()) as { pointer: { text: string } };
    expect(JSON.parse(pointer.text), 'each round made one model').toMatchObject({
      version: out.length,
      sequence: out.length,
    });
  } finally {
    isOver = true;
    for (const role of ROLES) await all[role].kill('SIGKILL');
    deployment.remove();
  }
});

test('asked twice at once, both times for the same collection, the leader draws its noise once', async () => {
  const deployment = await deploy();
  const task = deployment.tasks[0] as ContributionTask; // init makes one
  const all = await startAll(deployment);
  try {
    const client = clientOf(task);
    await client.fetchKeyConfiguration();
    await inParallel(Array.from({ length: 50 }), 8, async () => {
      expect((await upload(task, await reportOf(client, Array<number>(32).fill(127)))).status).toBe(201);
    });
    const address = new URL(`tasks/${task.id}/collection_jobs/${'A'.repeat(22)}`, task.leader);
    const replies = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const reply = await fetch(address, {
          method: 'PUT',
          headers: { authorization: `Bearer ${deployment.collector.collectorToken}` },
          body: JSON.stringify({ batch: 1 }),
        });
        return { status: reply.status, text: await reply.text() };
      }),
    );
    expect(replies[0]?.status).toBe(200);
    for (const reply of replies) expect(reply).toEqual(replies[0]);
  } finally {
    for (const role of ROLES) await all[role].kill('SIGKILL');
    deployment.remove();
  }
});

test('noise is drawn once: after kills in the middle of a release, every later answer is the same to the byte', async () => {
  const deployment = await deploy();
  const task = deployment.tasks[0] as ContributionTask; // init makes one
  expect(task.variance).toBeGreaterThan(300_000);
  const all = await startAll(deployment);
  const random = seeded(18);
  const collectionId = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');
  const send = async (address: URL, method: string, token: string, body: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const reply = await fetch(address, { method, headers, body }).catch(() => undefined);
    return reply === undefined
      ? undefined
      : { status: reply.status, text: await reply.text().catch(() => '') };
  };
  const ask = (id = collectionId) =>
    send(
      new URL(`tasks/${task.id}/collection_jobs/${id}`, task.leader),
      'PUT',
      deployment.collector.collectorToken,
      JSON.stringify({ batch: 1 }),
    );
  const REPORTS = 55;
  const checksum = Buffer.alloc(32);
  /** What the leader asks the helper for, again. */
  const askHelper = () =>
    send(
      new URL('release', task.helper),
      'POST',
      deployment.helper.peerToken,
      encodeReleaseRequest({ taskId: task.id, batch: 1, collectionId, reports: REPORTS, checksum }),
    );
  try {
    const client = clientOf(task);
    await client.fetchKeyConfiguration();
    await inParallel(Array.from({ length: REPORTS }), 8, async () => {
      const report = await reportOf(client, Array<number>(32).fill(127));
      expect((await upload(task, report)).status).toBe(201);
      createHash('sha256')
        .update(report.subarray(0, 16))
        .digest()
        .forEach((byte, at) => {
          checksum[at] = (checksum[at] ?? 0) ^ byte;
        });
    });
    const answers = new Set<string>();
    const note = (answer: { status: number; text: string } | undefined) => {
      if (answer?.status === 200) answers.add(answer.text);
    };
    for (const role of ['helper', 'leader', 'helper', 'leader'] as const) {
      const asking = ask().then(note);
      await pause(random() * 25);
      await killAndRestart(deployment, all, role);
      await asking;
    }
    for (let tries = 0; tries < 100 && answers.size === 0; tries++) {
      note(await ask());
      await pause(200);
    }
    note(await ask());
    const ofHelper = await askHelper();
    expect(ofHelper?.status).toBe(200);
    await killAndRestart(deployment, all, 'leader');
    await killAndRestart(deployment, all, 'helper');
    note(await ask());
    expect(answers.size).toBe(1);
    expect(await askHelper(), 'the helper’s half, which the leader keeps, is not drawn anew either').toEqual(
      ofHelper,
    );
    const other = await ask(Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url'));
    expect(other?.status).toBe(409);
  } finally {
    for (const role of ROLES) await all[role].kill('SIGKILL');
    deployment.remove();
  }
});
