import { expect, test } from '@playwright/test';
import { memoryLedger } from '../../demo/memory-ledger.ts';
import { createAdoption } from '../../src/contribute/adoption.ts';
import { createContributor } from '../../src/contribute/contributor.ts';
import { createCollector } from '../../src/coordinator/collector.ts';
import type { Database } from '../../src/coordinator/database.ts';
import { openFolderDatabase } from '../../src/coordinator/database.ts';
import { createLocalServer } from '../../src/coordinator/local.ts';
import { parseLocalConfig, provisionLocal } from '../../src/coordinator/local-config.ts';
import { createModelShelf } from '../../src/coordinator/model-shelf.ts';
import { type Provisioned, provision } from '../../src/coordinator/provision.ts';
import type { ContributionTask, WeightsContent } from '../../src/wire/contribution-task.ts';
import type { LocalTask } from '../../src/wire/local-task.ts';
import { periodOf } from '../../src/wire/local-task.ts';
import { parsePointer, parseRelease, type Signed } from '../../src/wire/released-model.ts';
import { seededBits } from '../support/chi-square.ts';

test.describe.configure({ mode: 'serial' });

const CONTENT: WeightsContent = {
  kind: 'weights',
  features: ['title.last', 'words.long'],
  scales: [0.2, 0.5],
  clip: 0.3,
  rate: 2,
  bits: 8,
  chunkLength: 4,
};
let made: Provisioned;
let task: ContributionTask;
let database: Database;
let app: Awaited<ReturnType<typeof createCollector>>['app'];

test.beforeAll(async () => {
  const address = (role: string) => `https://${role}.example/`;
  made = await provision([
    {
      region: 'eu',
      leader: address('leader'),
      helper: address('helper'),
      collector: address('collector'),
      timePrecisionSeconds: 3600,
      minBatch: 100,
      expiresAt: 2_000_000_000,
      variance: 311_112,
      content: CONTENT,
    },
  ]);
  task = made.tasks[0] as ContributionTask; // of one plan
  database = await openFolderDatabase('memory://', 'reshelf_collector');
  ({ app } = await createCollector({
    config: made.collector,
    database,
    fetch: async () => new Response(null, { status: 503 }),
    nowMs: Date.now,
    onFailure: () => {},
  }));
});
test.afterAll(() => database.close());

const current = async (): Promise<{ pointer: Signed; release: Signed | null }> =>
  (await (await app.request(`/tasks/${task.id}/model`)).json()) as {
    pointer: Signed;
    release: Signed | null;
  };
const rollback = (version: unknown, token = made.collector.operatorToken) =>
  app.request(`/tasks/${task.id}/rollback`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ version }),
  });

test('rounds add up, five versions are kept, and an earlier one comes back by a signed pointer', async () => {
  const shelf = await createModelShelf(made.collector.signingKey);
  for (let round = 1; round <= 7; round++)
    await database.transaction((sql) =>
      shelf.add(sql, task, CONTENT, Float64Array.of(0.1, -0.05), { reports: 100 + round, noise: 0.01 }),
    );
  const newest = parseRelease((await current()).release?.text ?? '');
  expect([newest.version, newest.parent, newest.reports]).toEqual([7, 6, 107]);
  expect(newest.changes[0]).toBeCloseTo((7 * 2 * 0.1) / 0.2, 12);
  expect(newest.changes[1]).toBeCloseTo((7 * 2 * -0.05) / 0.5, 12);
  const kept = await database.query<{ version: number }>('SELECT version FROM releases ORDER BY version');
  expect(kept.map(({ version }) => version)).toEqual([3, 4, 5, 6, 7]);

  expect((await rollback(4, made.collector.collectorToken)).status).toBe(403);
  expect((await rollback(2)).status).toBe(404);
  expect((await rollback('4')).status).toBe(400);
  expect((await rollback(4)).status).toBe(200);
  const back = await current();
  expect(parsePointer(back.pointer.text)).toMatchObject({ version: 4, sequence: 8 });
  expect(parseRelease(back.release?.text ?? '').version).toBe(4);
  await rollback(0);
  expect((await current()).release).toBeNull();
  await rollback(6);
  await database.transaction((sql) =>
    shelf.add(sql, task, CONTENT, Float64Array.of(0, 0), { reports: 100, noise: 0.01 }),
  );
  const next = parseRelease((await current()).release?.text ?? '');
  expect([next.version, next.parent]).toEqual([8, 6]); // a number is never used again
});

/** A device that asks this collector, and what it does. */
async function look(answer: object, { gain = 0.1, ledger = memoryLedger(0), now = 10 ** 12 } = {}) {
  const adoption = createAdoption({
    ledger,
    fetch: async () => new Response(JSON.stringify(answer)),
    judge: async () => gain,
  });
  return { step: await adoption.look(task, CONTENT, now), adopted: await ledger.adopted(task.id) };
}

test('a device takes over a model only with the right signature, the right hash, and a move it can explain', async () => {
  const good = await current();
  const release = parseRelease(good.release?.text ?? '');
  expect((await look(good)).step).toEqual({ kind: 'adopted' });
  expect((await look(good)).adopted?.changes).toEqual(release.changes);
  const text = good.release?.text ?? '';
  const bad: object[] = [
    { ...good, release: { ...good.release, text: text.replace('"reports":100', '"reports":999') } },
    { ...good, release: { ...good.release, signature: good.pointer.signature } },
    { ...good, release: null },
    { pointer: good.release, release: good.release },
    { ...good, pointer: 'x' },
    [],
  ];
  for (const answer of bad)
    expect((await look(answer)).step?.kind, JSON.stringify(answer).slice(0, 80)).toBe('refused');
  const other = await provision([{ ...task, content: CONTENT }]);
  const foreign = await createModelShelf(other.collector.signingKey);
  const side = await openFolderDatabase('memory://', 'reshelf_collector');
  await createCollector({
    config: made.collector,
    database: side,
    fetch,
    nowMs: Date.now,
    onFailure: () => {},
  });
  await side.transaction((sql) =>
    foreign.add(sql, task, CONTENT, Float64Array.of(0.1, 0), { reports: 100, noise: 0 }),
  );
  expect((await look(await foreign.current(side, task.id))).step?.kind).toBe('refused');
  const own = await createModelShelf(made.collector.signingKey);
  await side.query('DELETE FROM pointers');
  await side.query('DELETE FROM releases');
  await side.transaction((sql) =>
    own.add(sql, task, CONTENT, Float64Array.of(0.31, 0), { reports: 100, noise: 0 }),
  );
  const far = await look(await own.current(side, task.id));
  expect(far.step).toMatchObject({ kind: 'refused', why: expect.stringContaining('moved by at most') });
  expect(far.adopted?.changes).toEqual([]);
  await side.close();
});

test('a model that orders the device’s own lists worse is not taken over; an older pointer is no way back', async () => {
  const good = await current();
  const ledger = memoryLedger(0);
  expect((await look(good, { gain: -0.01, ledger })).step).toEqual({ kind: 'kept-own' });
  expect((await ledger.adopted(task.id))?.changes).toEqual([]);
  const fresh = memoryLedger(0);
  await look(good, { ledger: fresh });
  expect((await look(good, { ledger: fresh })).step).toBeUndefined(); // within a day nobody is asked
  await rollback(5);
  const back = await current();
  expect((await look(back, { ledger: fresh, now: 10 ** 12 + 86_400_000 })).step).toEqual({ kind: 'adopted' });
  expect((await fresh.adopted(task.id))?.version).toBe(5);
  expect((await look(good, { ledger: fresh, now: 10 ** 12 + 2 * 86_400_000 })).step).toBeUndefined();
  expect((await fresh.adopted(task.id))?.version).toBe(5);
});

test('the single server estimates counts from noisy answers, counts each once, and shows none of too few', async () => {
  const buckets = ['a', 'b', 'c', 'd'];
  const { config, tasks } = provisionLocal([{ kind: 'counts', topic: 'styles', buckets, chunkLength: 1 }], {
    collector: 'https://local.example/',
    region: 'eu',
    epsilon: 1,
    minBatch: 50,
    days: 400,
  });
  expect(parseLocalConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
  expect(() => parseLocalConfig({ role: 'local', tasks: [{ ...task }] })).toThrow(/below 1000 devices/);
  const local = tasks[0] as LocalTask; // of one content
  const store = await openFolderDatabase('memory://', 'reshelf_local');
  const server = await createLocalServer(config, store, Date.now, () => {});
  const now = Date.now();
  const period = periodOf(local, now);
  const counts = () => server.request(`/tasks/${local.id}/counts/${period}`);
  const bodies: string[] = [];
  const random = seededBits(31);
  for (let device = 0; device < 1500; device++) {
    const contributor = createContributor({
      ledger: memoryLedger(now - 200 * 86_400_000),
      device: {
        update: async () => new Float64Array(0),
        bucket: async () => (device % 3 === 0 ? 1 : 0),
        tally: async () => undefined,
      },
      region: 'eu',
      tasks,
      grantOf: async () => 'r',
      seal: async () => new Uint8Array(),
      fetch: async (input, init) => {
        bodies.push(new TextDecoder().decode(init?.body as Uint8Array));
        return server.request(new URL(String(input)).pathname, init);
      },
      random,
    });
    await contributor.step(now);
    const sent = await contributor.step(now);
    if (sent.kind !== 'sent') throw new Error(JSON.stringify(sent));
    if (device === 40) expect((await counts()).status).toBe(400);
  }
  const shown = (await (await counts()).json()) as {
    estimates: number[];
    deviation: number;
    answers: number;
  };
  expect(shown.answers).toBe(1500);
  [1000, 500, 0, 0].forEach((truth, at) => {
    expect(Math.abs((shown.estimates[at] ?? 0) - truth)).toBeLessThan(5 * shown.deviation);
  });
  expect(shown.deviation).toBeLessThan(120);
  const post = (body: string) => server.request(`/tasks/${local.id}/answers`, { method: 'POST', body });
  for (const body of [bodies[0] ?? '', '', '{}', (bodies[1] ?? '').replace('"count":1', '"count":9')]) {
    const reply = await post(body);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
  }
  const future = JSON.stringify({
    ...JSON.parse(bodies[0] ?? '{}'),
    period: period + 5,
    answerId: 'A'.repeat(22),
  });
  expect((await post(future)).status).toBe(400);
  expect(((await (await counts()).json()) as { answers: number }).answers).toBe(1500);
  await store.close();
});
