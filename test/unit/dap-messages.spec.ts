import { Task } from '@divviup/dap';
import { expect, test } from '@playwright/test';
import {
  decodeCiphertext,
  decodePlaintextShare,
  decodeReport,
  encodeCiphertext,
  inputShareAad,
  inputShareInfo,
} from '../../src/coordinator/dap-report.ts';
import { createOpener, encodeConfigList, generateSealKeys, seal } from '../../src/coordinator/hpke.ts';
import { janusTasks } from '../../src/coordinator/janus-task.ts';
import { provision, type TaskPlan } from '../../src/coordinator/provision.ts';
import { parseRoleConfig } from '../../src/coordinator/role-config.ts';

/*
 * Messages of draft-ietf-ppm-dap-09 written out by hand from the structures of its sections 4.1, 4.4.1 and 4.4.2; no
 * encoder of ours or of the library made them.
 */
const hex = (...parts: string[]): Buffer => Buffer.from(parts.join('').replace(/\s/g, ''), 'hex');
const TASK_ID = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const REPORT_ID = 'a0a1a2a3a4a5a6a7a8a9aaabacadaeaf';
const TIME = '0000000067452300'; // 1732584192, unsigned 64 bits, big-endian

/** struct { ReportMetadata; opaque public_share<0..2^32-1>; HpkeCiphertext leader; HpkeCiphertext helper } */
const REPORT = hex(
  REPORT_ID, // ReportID report_id, 16 bytes
  TIME, // Time time
  '00000004 deadbeef', // public_share
  '01', // leader: HpkeConfigId
  '0003 0a0b0c', // enc<1..2^16-1>
  '00000002 f00d', // payload<1..2^32-1>
  '02', // helper
  '0001 ff',
  '00000005 0102030405',
);

test('a report is read as DAP-09 writes it', () => {
  const report = decodeReport(REPORT);
  expect(report.id.toString('hex')).toBe(REPORT_ID);
  expect(report.time).toBe(0x67452300);
  expect(report.publicShare.toString('hex')).toBe('deadbeef');
  expect(report.leader).toEqual({ configId: 1, encapsulated: hex('0a0b0c'), payload: hex('f00d') });
  expect(report.helper).toEqual({ configId: 2, encapsulated: hex('ff'), payload: hex('0102030405') });
  for (let length = 0; length < REPORT.length; length++)
    expect(() => decodeReport(REPORT.subarray(0, length))).toThrow(RangeError);
  expect(() => decodeReport(Buffer.concat([REPORT, Buffer.of(0)]))).toThrow(RangeError);
});

test('a ciphertext is written as it is read', () => {
  const bytes = hex('07', '0002 0102', '00000003 aabbcc');
  expect(encodeCiphertext(decodeCiphertext(bytes))).toEqual(bytes);
});

test('shares are bound to task, id, time and public share, for one role, from a client', () => {
  const aad = inputShareAad(hex(TASK_ID), decodeReport(REPORT));
  expect(aad.toString('hex')).toBe(hex(TASK_ID, REPORT_ID, TIME, '00000004 deadbeef').toString('hex'));
  // "dap-09 input share", 0x01 for the client, then the role: 0x02 leader, 0x03 helper.
  const label = '6461702d3039 20 696e707574 20 7368617265';
  expect(inputShareInfo('leader').toString('hex')).toBe(hex(label, '01', '02').toString('hex'));
  expect(inputShareInfo('helper').toString('hex')).toBe(hex(label, '01', '03').toString('hex'));
});

test('a plaintext share is extensions and payload, and an extension is refused', () => {
  expect(decodePlaintextShare(hex('0000', '00000003 112233')).toString('hex')).toBe('112233');
  expect(() => decodePlaintextShare(hex('0004 00010000', '00000000'))).toThrow(/extension/);
  expect(() => decodePlaintextShare(hex('0000', '00000003 1122'))).toThrow(RangeError);
});

test('a list of keys is one HpkeConfig of X25519, HKDF-SHA256 and AES-128-GCM', () => {
  const key = Buffer.alloc(32, 7);
  const list = encodeConfigList({ configId: 9, publicKey: key.toString('base64url') });
  expect(list.toString('hex')).toBe(
    hex('0029', '09', '0020', '0001', '0001', '0020', key.toString('hex')).toString('hex'), // 41 bytes in all
  );
});

test('the library’s own report, unmodified, is one that we read and open', async () => {
  const keys = [await generateSealKeys(5), await generateSealKeys(6)] as const;
  const id = Buffer.from(TASK_ID, 'hex').toString('base64url');
  const task = new Task({
    type: 'sumVec',
    length: 32,
    bits: 8,
    chunkLength: 16,
    id,
    leader: 'https://l.example/',
    helper: 'https://h.example/',
    timePrecisionSeconds: 3600,
  });
  task.fetch = async (input) =>
    new Response(new Uint8Array(encodeConfigList(keys[String(input).startsWith('https://l.') ? 0 : 1])), {
      headers: { 'content-type': 'application/dap-hpke-config-list' },
    });
  const report = await task.generateReport(Array<number>(32).fill(127), {
    timestamp: new Date(1_732_584_192_000),
  });
  const bytes = report.encode();
  expect(bytes.length).toBeLessThanOrEqual(6000);
  const read = decodeReport(bytes);
  expect(read.time).toBe(Math.floor(1_732_584_192 / 3600) * 3600);
  const aad = inputShareAad(hex(TASK_ID), read);
  const leader = await createOpener(keys[0]);
  const share = decodePlaintextShare(await leader.open(read.leader, inputShareInfo('leader'), aad));
  expect(share.length).toBe(16 * (32 * 8 + 2 * 16 + 2 * 32 - 1) + 16);
  await expect(leader.open(read.leader, inputShareInfo('helper'), aad)).rejects.toThrow();
  await expect(leader.open(read.helper, inputShareInfo('leader'), aad)).rejects.toThrow();
  const helper = await createOpener(keys[1]);
  expect(decodePlaintextShare(await helper.open(read.helper, inputShareInfo('helper'), aad)).length).toBe(48);
  const sealed = await seal(keys[0], inputShareInfo('leader'), hex('01'), aad);
  expect((await leader.open(sealed, inputShareInfo('leader'), aad)).toString('hex')).toBe('01');
});

const PLAN: TaskPlan = {
  region: 'eu',
  leader: 'https://l.example/',
  helper: 'https://h.example/',
  collector: 'https://c.example/',
  timePrecisionSeconds: 3600,
  minBatch: 100,
  expiresAt: 1_800_000_000,
  variance: 311_112,
  content: {
    kind: 'weights',
    features: ['title.last', 'words.long'],
    scales: [0.2, 0.2],
    clip: 0.3,
    rate: 2,
    bits: 8,
    chunkLength: 4,
  },
};

test('keys are drawn, and read back as they were written; what is missing or wrong is named', async () => {
  const made = await provision([PLAN]);
  for (const config of [made.leader, made.helper, made.collector]) {
    const text = JSON.stringify(config);
    expect(parseRoleConfig(JSON.parse(text))).toEqual(config);
    expect(() => parseRoleConfig({ ...config, collectorToken: 'x' })).toThrow(/collectorToken/);
    expect(() => parseRoleConfig({ ...config, seal: {} })).toThrow(/seal/);
  }
  expect(made.leader.seal).not.toEqual(made.helper.seal);
  expect(JSON.stringify(made.tasks)).not.toContain(made.leader.seal.privateKey);
});

test('the tasks for Janus 0.7 carry the same ids, keys and parameters, the leader’s and the helper’s each their own', async () => {
  const buckets = ['a', 'b', 'c'];
  const counts: TaskPlan = { ...PLAN, content: { kind: 'counts', topic: 'styles', buckets, chunkLength: 2 } };
  const { leader, helper, tasks } = await provision([PLAN, counts]);
  const forLeader = janusTasks(leader);
  for (const line of [
    `- task_id: "${tasks[0]?.id}"`,
    '  peer_aggregator_endpoint: "https://h.example/"',
    '  vdaf: !Prio3SumVec\n    bits: 8\n    length: 2\n    chunk_length: 4',
    '  vdaf: !Prio3Histogram\n    length: 3\n    chunk_length: 2\n    dp_strategy:\n      dp_strategy: PureDpDiscreteLaplace',
    '  role: Leader',
    `  vdaf_verify_key: "${leader.tasks[0]?.verifyKey}"`,
    '  query_type: !FixedSize',
    '  min_batch_size: 100',
    '  time_precision: 3600',
    '  task_expiration: 1800000000',
    '  aggregator_auth_token:\n    type: "Bearer"',
    `    private_key: "${leader.seal.privateKey}"`,
  ])
    expect(forLeader).toContain(line);
  const forHelper = janusTasks(helper);
  expect(forHelper).toContain('  role: Helper');
  expect(forHelper).toContain('  peer_aggregator_endpoint: "https://l.example/"');
  expect(forHelper).toContain('  aggregator_auth_token_hash:\n    type: "Bearer"\n    hash: "');
  expect(forHelper).not.toContain(helper.peerToken);
  expect(forHelper).not.toContain(leader.seal.privateKey);
});
