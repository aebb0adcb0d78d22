import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Prio3SumVec } from '@divviup/prio3';
import { expect, test } from '@playwright/test';
import { inParallel } from '../../src/cli/audit/in-parallel.ts';
import { opaque16, opaque32 } from '../../src/coordinator/bytes.ts';
import { inputShareAad, inputShareInfo } from '../../src/coordinator/dap-report.ts';
import { seal } from '../../src/coordinator/hpke.ts';
import {
  decodePrepareAnswers,
  encodePrepareRequest,
  encodeReleaseRequest,
} from '../../src/coordinator/peer-messages.ts';
import { createPrio, vdafOf } from '../../src/coordinator/prio.ts';
import type { ContributionTask } from '../../src/wire/contribution-task.ts';
import {
  clientOf,
  collect,
  type Deployment,
  deploy,
  type RoleProcess,
  reportOf,
  rounds,
  runCli,
  upload,
} from '../support/coordinator.ts';
import { seeded } from '../support/statistics.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(900_000);

const MUTATIONS = 10_000;
let deployment: Deployment;
let weights: ContributionTask;
let votes: ContributionTask;
let running: RoleProcess[] = [];
const plain: number[] = [];
/** Of every report that was taken, in the order they came. */
const counted: Buffer[] = [];

const randomBytes = (length: number): Buffer => Buffer.from(crypto.getRandomValues(new Uint8Array(length)));

async function expectProblem(reply: Response, type: string | RegExp, status?: number): Promise<void> {
  const text = await reply.text();
  expect(reply.headers.get('content-type'), text).toBe('application/problem+json');
  const problem = JSON.parse(text) as Record<string, unknown>;
  expect(problem.type).toMatch(type);
  expect(problem.status).toBe(reply.status);
  if (status !== undefined) expect(reply.status).toBe(status);
  expect(reply.status).toBeGreaterThanOrEqual(400);
  expect(reply.status).toBeLessThan(500);
  expect(typeof problem.title).toBe('string');
}

function count(report: Buffer, measurement: readonly number[]): void {
  counted.push(report.subarray(0, 16));
  measurement.forEach((value, at) => {
    plain[at] = (plain[at] ?? 0) + value;
  });
}

async function sendGood(reports: number): Promise<void> {
  const client = clientOf(weights);
  await client.fetchKeyConfiguration();
  await inParallel(Array.from({ length: reports }), 8, async () => {
    const measurement = Array.from({ length: 32 }, () => Math.floor(Math.random() * 255));
    const report = await reportOf(client, measurement);
    expect((await upload(weights, report)).status).toBe(201);
    count(report, measurement);
  });
}

/** A report with any shares, sealed as a client would. */
async function forge(
  share: { leader: Buffer; helper: Buffer; publicShare: Buffer; id?: Buffer },
  change: {
    time?: number;
    taskId?: string;
    /** Whose share is sealed as if it were for the other. */
    swapped?: readonly ('leader' | 'helper')[];
    leaderConfig?: number;
    extension?: boolean;
  } = {},
): Promise<Buffer> {
  const { leader, helper } = deployment;
  const id = share.id ?? randomBytes(16);
  const time = change.time ?? Math.floor(Date.now() / 3_600_000) * 3600;
  const aad = inputShareAad(Buffer.from(change.taskId ?? weights.id, 'base64url'), {
    id,
    time,
    publicShare: share.publicShare,
  });
  const wrap = (payload: Buffer) =>
    Buffer.concat([opaque16(change.extension ? Buffer.of(0, 1, 0, 0) : Buffer.alloc(0)), opaque32(payload)]);
  const info = (role: 'leader' | 'helper') =>
    inputShareInfo((change.swapped?.includes(role) ?? false) === (role === 'leader') ? 'helper' : 'leader');
  const forLeader = await seal(leader.seal, info('leader'), wrap(share.leader), aad);
  const forHelper = await seal(helper.seal, info('helper'), wrap(share.helper), aad);
  const at = Buffer.alloc(8);
  at.writeBigUInt64BE(BigInt(time));
  const encode = ({ configId, encapsulated, payload }: typeof forLeader) =>
    Buffer.concat([Buffer.of(configId), opaque16(encapsulated), opaque32(payload)]);
  return Buffer.concat([
    id,
    at,
    opaque32(share.publicShare),
    encode({ ...forLeader, configId: change.leaderConfig ?? forLeader.configId }),
    encode(forHelper),
  ]);
}

async function shard(
  measurement: readonly number[] | number,
  id = randomBytes(16),
  vdaf = vdafOf(weights.content),
) {
  const { publicShare, inputShares } = await vdaf.shardEncoded(
    measurement as never,
    id,
    randomBytes(vdaf.randSize),
  );
  const [leader, helper] = inputShares as [Buffer, Buffer]; // two aggregators
  return { leader, helper, publicShare, id };
}

/** Shares that fit each other, with a proof of what is not so: only the proof can give it away. */
function shardChanged(
  { content }: ContributionTask,
  measurement: readonly number[] | number,
  change: (encoded: bigint[], modulus: bigint) => bigint[],
) {
  const vdaf = vdafOf(content);
  const { flp } = vdaf as Prio3SumVec;
  const encode = flp.encode.bind(flp);
  flp.encode = (values) => change(encode(values), flp.field.modulus);
  return shard(measurement, undefined, vdaf);
}
const HONEST = Array.from({ length: 32 }, () => 127);

test.beforeAll(async () => {
  test.setTimeout(900_000); // the file's own does not reach here
  deployment = await deploy(['--unsafe-no-noise', '--counts', 'styles=a,b,c,d,e,f']);
  [weights, votes] = deployment.tasks as [ContributionTask, ContributionTask]; // init makes both
  running = await Promise.all(
    (['leader', 'helper', 'collector'] as const).map((role) => deployment.start(role)),
  );
});
test.afterAll(async () => {
  for (const role of running) await role.kill('SIGTERM');
  deployment.remove();
});

test('forged as an honest report, a report is taken: what is refused below is refused for its own fault', async () => {
  const report = await forge(await shard(HONEST));
  const reply = await upload(weights, report);
  expect(reply.status, await reply.text()).toBe(201);
  // Longer than a client keeps an idle connection, or its next request meets one that is being closed.
  expect(reply.headers.get('keep-alive')).toBe('timeout=65');
  count(report, HONEST);
});

test('a collection below the minimum batch, and of a batch that is not there, is refused', async () => {
  await sendGood(10);
  const ask = (batch: unknown, token = deployment.collector.collectorToken) =>
    fetch(
      new URL(`tasks/${weights.id}/collection_jobs/${randomBytes(16).toString('base64url')}`, weights.leader),
      {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ batch }),
      },
    );
  await expectProblem(await ask(1), 'invalidBatchSize', 400);
  // The leader itself: were it the helper alone, the batch would have been closed for the collection that came too early.
  await expectProblem(await ask(1), 'invalidBatchSize', 400);
  await expectProblem(await ask(7), 'batchInvalid', 400);
  await expectProblem(await ask('1'), 'invalidMessage', 400);
  await expectProblem(await ask(1, deployment.collector.operatorToken), 'unauthorizedRequest', 403);
});

test('bad reports are refused with a problem document each, and none is counted', async () => {
  const honest = await shard(HONEST);
  const good = await reportOf(clientOf(weights), HONEST);
  await expectProblem(await upload(weights, good.subarray(0, good.length - 1)), 'invalidMessage', 400);
  await expectProblem(await upload(weights, Buffer.concat([good, Buffer.of(0)])), 'invalidMessage', 400);
  await expectProblem(await upload(weights, Buffer.alloc(0)), 'invalidMessage', 400);
  await expectProblem(await upload(weights, good, 'text/plain'), 'invalidMessage', 400);
  await expectProblem(await upload(weights, Buffer.alloc(70_000)), 'tooLarge', 413);
  const other = { ...weights, id: randomBytes(32).toString('base64url') };
  await expectProblem(await upload(other, good), 'unrecognizedTask', 404);
  await expectProblem(
    await upload(weights, await forge(honest, { taskId: other.id })),
    'reportRejected',
    400,
  );
  for (const swapped of [['leader', 'helper'], ['leader'], ['helper']] as const)
    await expectProblem(
      await upload(weights, await forge(await shard(HONEST), { swapped })),
      'reportRejected',
      400,
    );
  await expectProblem(
    await upload(weights, await forge(honest, { leaderConfig: 77 })),
    'outdatedConfig',
    400,
  );
  await expectProblem(await upload(weights, await forge(honest, { extension: true })), 'reportRejected', 400);
  const hour = Math.floor(Date.now() / 3_600_000) * 3600;
  await expectProblem(
    await upload(weights, await forge(honest, { time: hour + 7200 })),
    'reportTooEarly',
    400,
  );
  await expectProblem(
    await upload(weights, await forge(honest, { time: hour - 15 * 86_400 })),
    'reportRejected',
    400,
  );
  await expectProblem(await upload(weights, await forge(honest, { time: hour + 1 })), 'invalidMessage', 400);
  await expectProblem(
    await upload(weights, await forge({ ...honest, leader: honest.leader.subarray(16) })),
    'reportRejected',
    400,
  );
  await expectProblem(
    await upload(weights, await forge({ ...honest, helper: honest.helper.subarray(16) })),
    'reportRejected',
    400,
  );
  await expectProblem(
    await upload(weights, await forge({ ...honest, publicShare: honest.publicShare.subarray(1) })),
    'reportRejected',
    400,
  );
  const notInField = Buffer.from(honest.leader);
  notInField.fill(0xff, 0, 16);
  await expectProblem(
    await upload(weights, await forge({ ...honest, leader: notInField })),
    'reportRejected',
    400,
  );
});

test('a report out of range is refused by both aggregators together: neither sees it alone', async () => {
  const honest = await shard(HONEST);
  const prio = createPrio(weights.content, Buffer.alloc(16));
  const bits = Buffer.from(honest.leader);
  const low = bits.readBigUInt64LE(0);
  bits.writeBigUInt64LE(low + 1000n < 2n ** 64n ? low + 1000n : low - 1000n, 0); // a "bit" that is worth 1,000
  prio.checkLeaderShare(bits); // on its own it looks right
  await expectProblem(await upload(weights, await forge({ ...honest, leader: bits })), 'reportRejected', 400);
  const joint = Buffer.from(honest.publicShare);
  joint[20] = (joint[20] ?? 0) ^ 1;
  await expectProblem(
    await upload(weights, await forge({ ...honest, publicShare: joint })),
    'reportRejected',
    400,
  );
});

test('a report whose shares are consistent but whose value is out of range is refused for its proof', async () => {
  const send = async (task: ContributionTask, sharded: ReturnType<typeof shard>) =>
    upload(task, await forge(await sharded, { taskId: task.id }));
  const first = (value: (modulus: bigint) => bigint) => (encoded: bigint[], modulus: bigint) =>
    encoded.with(0, value(modulus));
  // Made the same way and left as it was, it is taken.
  const honest = await forge(await shardChanged(weights, HONEST, (encoded) => encoded));
  expect((await upload(weights, honest)).status).toBe(201);
  count(honest, HONEST);
  const vote = await send(
    votes,
    shardChanged(votes, 2, (encoded) => encoded),
  );
  expect(vote.status).toBe(201);

  for (const value of [() => 2n, () => 1_000n, (modulus: bigint) => modulus - 1n])
    await expectProblem(
      await send(weights, shardChanged(weights, HONEST, first(value))),
      'reportRejected',
      400,
    );
  const dishonest: readonly (readonly bigint[])[] = [
    [0n, 0n, 1_000n, 0n, 0n, 0n],
    [1n, 0n, 1n, 0n, 0n, 0n],
    [0n, 0n, 0n, 0n, 0n, 0n],
    [2n, 0n, -1n, 0n, 0n, 0n],
  ];
  for (const buckets of dishonest) {
    const encoded = (modulus: bigint) => buckets.map((votes) => (votes + modulus) % modulus);
    const reply = await send(
      votes,
      shardChanged(votes, 2, (_, modulus) => encoded(modulus)),
    );
    await expectProblem(reply, 'reportRejected', 400);
  }
});

test('the same report again, and its id under other content, is refused', async () => {
  const id = randomBytes(16);
  const report = await forge(await shard(HONEST, id));
  const replies = await Promise.all([
    upload(weights, report),
    upload(weights, report),
    upload(weights, report),
  ]);
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  count(report, HONEST);
  for (const reply of replies) if (reply.status !== 201) await expectProblem(reply, 'reportRejected', 400);
  await expectProblem(await upload(weights, await forge(await shard(HONEST, id))), 'reportRejected', 400);
});

/** Asks the helper as the leader does. */
const askHelper = (path: string, body: string, token = deployment.helper.peerToken) =>
  fetch(new URL(path, weights.helper), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body,
  });

/** The release of a batch of the reports counted so far, asked for as a leader would that holds the same. */
function releaseOf(batch: number): string {
  const checksum = Buffer.alloc(32);
  for (const id of counted)
    createHash('sha256')
      .update(id)
      .digest()
      .forEach((byte, at) => {
        checksum[at] = (checksum[at] ?? 0) ^ byte;
      });
  return encodeReleaseRequest({
    taskId: weights.id,
    batch,
    collectionId: randomBytes(16).toString('base64url'),
    reports: counted.length,
    checksum,
  });
}

test('the helper itself refuses a batch below the minimum, whatever the leader says', async () => {
  expect(counted.length).toBeLessThan(50);
  await expectProblem(await askHelper('release', releaseOf(1)), 'invalidBatchSize', 400);
});

test('the helper counts a report in one batch only, whatever the leader says', async () => {
  const { leader, helper, publicShare, id } = await shard(HONEST);
  const time = Math.floor(Date.now() / 3_600_000) * 3600;
  const task = Buffer.from(weights.id, 'base64url');
  const head = { id, time, publicShare };
  const share = Buffer.concat([opaque16(Buffer.alloc(0)), opaque32(helper)]);
  const ciphertext = await seal(
    deployment.helper.seal,
    inputShareInfo('helper'),
    share,
    inputShareAad(task, head),
  );
  const verifyKey = Buffer.from(deployment.leader.tasks[0]?.verifyKey ?? '', 'base64url');
  const own = await createPrio(weights.content, verifyKey).prepare('leader', id, publicShare, leader);
  const ask = async (batch: number) => {
    const reports = [{ ...head, ciphertext, leaderShare: own.share }];
    const reply = await askHelper('prepare', encodePrepareRequest({ taskId: weights.id, batch, reports }));
    return decodePrepareAnswers(await reply.json(), 1)[0];
  };
  // A batch that nobody collects: the leader knows nothing of this report.
  const first = await ask(40);
  expect(first).toHaveProperty('message');
  expect(await ask(40), 'the same question again gets the same answer').toEqual(first);
  expect(await ask(41)).toEqual({ reason: expect.stringContaining('another batch') });
});

test('the helper listens to nobody but the leader, and what is no message is refused', async () => {
  for (const path of ['prepare', 'release']) {
    await expectProblem(
      await askHelper(path, '{}', deployment.helper.collectorToken),
      'unauthorizedRequest',
      403,
    );
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '{"taskId":1}',
      JSON.stringify({ taskId: weights.id, batch: -1, reports: [] }),
    ])
      await expectProblem(await askHelper(path, body), 'invalidMessage', 400);
  }
  const release = {
    taskId: weights.id,
    batch: 1,
    collectionId: randomBytes(16).toString('base64url'),
    reports: 60,
  };
  const checksum = randomBytes(32).toString('base64url');
  await expectProblem(
    await askHelper('release', JSON.stringify({ ...release, checksum })),
    'batchMismatch',
    409,
  );
  await expectProblem(
    await askHelper('release', JSON.stringify({ ...release, batch: 9, checksum })),
    'batchInvalid',
    400,
  );
  await expectProblem(await fetch(new URL('nothing/here', weights.helper)), 'unknownAddress', 404);
  await expectProblem(await fetch(new URL('hpke_config?task_id=x', weights.helper)), 'unrecognizedTask', 404);
  await expectProblem(
    await fetch(new URL('collect', weights.collector), { method: 'POST' }),
    'unauthorizedRequest',
    403,
  );
});

test(`${MUTATIONS.toLocaleString('en')} mutations of a report are refused with a problem document each`, async () => {
  const random = seeded(99);
  const below = (bound: number) => Math.floor(random() * bound);
  const client = clientOf(weights);
  await client.fetchKeyConfiguration();
  const bases: Buffer[] = [];
  for (let at = 0; at < 25; at++) bases.push(await reportOf(client, HONEST));
  function mutate(): Buffer {
    const base = bases[below(bases.length)] ?? Buffer.alloc(0);
    const bytes = Buffer.from(base);
    switch (below(7)) {
      case 0:
        bytes[below(bytes.length)] = below(256);
        break;
      case 1:
        for (let more = 1 + below(8); more > 0; more--) bytes[below(bytes.length)] = below(256);
        break;
      case 2:
        return bytes.subarray(0, below(bytes.length));
      case 3:
        return Buffer.concat([bytes, randomBytes(1 + below(40))]);
      case 4: {
        const other = bases[below(bases.length)] ?? Buffer.alloc(0);
        const cut = 1 + below(bytes.length - 1);
        return Buffer.concat([bytes.subarray(0, cut), other.subarray(cut)]);
      }
      case 5: {
        const from = below(bytes.length - 4);
        bytes.writeUInt32BE(below(2 ** 32), from); // lengths, among others
        break;
      }
      default:
        bytes[below(110)] = below(256); // ids, times, lengths, keys: the head
    }
    return bytes;
  }
  const isOriginal = (bytes: Buffer) => bases.some((base) => base.equals(bytes));
  const mutants: Buffer[] = [];
  while (mutants.length < MUTATIONS) {
    const bytes = mutate();
    if (!isOriginal(bytes)) mutants.push(bytes);
  }
  const wrong: string[] = [];
  const kinds = new Map<string, number>();
  await inParallel(mutants, 24, async (bytes, at) => {
    const reply = await upload(weights, bytes);
    const text = await reply.text();
    const isProblem = reply.headers.get('content-type') === 'application/problem+json';
    const { type = '', status = 0 } = isProblem
      ? (JSON.parse(text) as { type?: string; status?: number })
      : {};
    if (!type.startsWith('urn:') || status !== reply.status || status < 400 || status >= 500)
      wrong.push(`${at}: ${reply.status} ${text}`);
    kinds.set(type, (kinds.get(type) ?? 0) + 1);
  });
  expect(wrong).toEqual([]);
  expect(kinds.size, 'mutations reach more than the parser').toBeGreaterThanOrEqual(4);
  for (const role of running) expect(role.process.exitCode).toBeNull();
});

test('after all that, what was sound is counted exactly, once; a second collection of the batch is refused', async () => {
  await sendGood(60);
  expect((await collect(deployment)).tasks).toMatchObject([
    { kind: 'released', reports: counted.length },
    { kind: 'waiting' },
  ]);
  expect((await rounds(weights))[0]?.total).toEqual(plain);
  const again = await fetch(
    new URL(`tasks/${weights.id}/collection_jobs/${randomBytes(16).toString('base64url')}`, weights.leader),
    {
      method: 'PUT',
      headers: { authorization: `Bearer ${deployment.collector.collectorToken}` },
      body: JSON.stringify({ batch: 1 }),
    },
  );
  await expectProblem(again, 'batchQueriedTooManyTimes', 409);
  // Nor by the helper alone, should the leader ask it.
  await expectProblem(await askHelper('release', releaseOf(1)), 'batchQueriedTooManyTimes', 409);
  expect((await collect(deployment)).tasks).toMatchObject([{ kind: 'waiting' }, { kind: 'waiting' }]);
});

test('a folder in use is not opened by a second process, and a task without noise not without saying so', async () => {
  const config = join(deployment.folder, 'leader.json');
  const args = [
    'coordinator',
    'leader',
    '--config',
    config,
    '--data',
    join(deployment.folder, 'leader'),
    '--port',
    '0',
  ];
  const second = await runCli([...args, '--unsafe-no-noise']);
  expect(second.status).toBe(1);
  expect(second.err).toContain(`in use by process ${running[0]?.process.pid}`);
  expect((await runCli(args)).err).toContain('no noise');
  const swapped = await runCli(['coordinator', 'helper', '--config', config, '--data', '/nowhere']);
  expect(swapped.err).toContain('expected the helper’s file');
});
