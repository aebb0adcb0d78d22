import { build } from 'esbuild';
import type { Signal } from '../../src/core/signal.ts';
import type { Contributing, ContributingOptions } from '../../src/page/contributing.ts';
import type { Step } from '../../src/wire/contribute-api.ts';
import {
  clientOf,
  collect,
  type Deployment,
  deploy,
  inParallel,
  type RoleProcess,
  reportOf,
  rounds,
  upload,
} from '../support/coordinator.ts';
import { expect, type TestShop, test } from '../support/shop.ts';

declare global {
  interface Window {
    startContributing: (options: ContributingOptions) => Contributing;
    contributing: Contributing;
    steps: Step[];
    failures: string[];
  }
}

test.describe.configure({ mode: 'serial' });
test.setTimeout(600_000);

const DAY = 86_400_000;
let deployment: Deployment;
let running: RoleProcess[] = [];
let script = '';

test.beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { startContributing } from './src/page/contributing.ts'; window.startContributing = startContributing;`,
      resolveDir: '.',
    },
    bundle: true,
    write: false,
    format: 'iife',
  });
  script = outputFiles[0]?.text ?? '';
  deployment = await deploy();
  running = await Promise.all(
    (['leader', 'helper', 'collector'] as const).map((role) => deployment.start(role)),
  );
});
test.afterAll(async () => {
  for (const role of running) await role.kill('SIGTERM');
  deployment.remove();
});

const BASE = { session: 1, brand: 'teasel', priceLevel: 40 };
/** Three lists of four products each, of which the third shown was clicked; and views before, so that there is a profile. */
function journalOf(): Signal[] {
  const signals: Signal[] = [];
  for (let list = 0; list < 3; list++) {
    const at = (Date.now() - DAY + list * 600_000) as Signal['at'];
    signals.push({
      ...BASE,
      kind: 'view',
      at,
      dwellMs: 9000,
      itemId: `seen-${list}` as never,
      titleTokens: [7, 9],
    });
    for (let place = 0; place < 4; place++) {
      const shown = {
        ...BASE,
        itemId: `p-${list}-${place}` as never,
        position: place,
        titleTokens: place === 2 ? [7, 9] : [place],
      };
      signals.push({
        ...shown,
        kind: 'impression',
        at: (at + 1000) as Signal['at'],
        slateId: `slate-${list}` as never,
      });
      if (place === 2)
        signals.push({
          ...shown,
          kind: 'click',
          at: (at + 2000) as Signal['at'],
          slateId: `slate-${list}` as never,
        });
    }
  }
  return signals;
}

async function openWith(
  openShop: (options: object) => Promise<TestShop>,
  page: import('@playwright/test').Page,
  answers: object,
): Promise<{ shop: TestShop; elsewhere: string[] }> {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const ports = Object.values(deployment.ports).map((port) => `:${port}/`);
    if (ports.some((port) => request.url().includes(port)))
      elsewhere.push(`${request.method()} ${request.url()}`);
  });
  const shop = await openShop({
    files: { 'probe.js': script, 'tasks.json': JSON.stringify(deployment.tasks) },
  });
  await shop.visit('/');
  await page.evaluate(
    (given) => window.reshelf.consent.set(given, { source: 'api', noticeId: 'test/1' }),
    answers,
  );
  if ('personalize' in answers)
    await page.evaluate(async (signals) => {
      const db = await new Promise<IDBDatabase>((done, fail) => {
        const opening = indexedDB.open('reshelf');
        opening.onsuccess = () => done(opening.result);
        opening.onerror = () => fail(opening.error);
      });
      const tx = db.transaction('journal', 'readwrite');
      for (const signal of signals) tx.objectStore('journal').add(signal);
      await new Promise((done) => {
        tx.oncomplete = done;
      });
      db.close();
    }, journalOf());
  await page.addScriptTag({ url: '/reshelf/probe.js' });
  return { shop, elsewhere };
}

/** @param ageDays how long ago the clock says it is */
async function start(page: import('@playwright/test').Page, ageDays: number, region = 'eu'): Promise<void> {
  await page.evaluate(
    ([age, where]) => {
      window.steps = [];
      window.failures = [];
      window.contributing = window.startContributing({
        workerUrl: new URL('/reshelf/reshelf.contribute.js', location.href).href,
        tasksUrl: new URL('/reshelf/tasks.json', location.href).href,
        databaseName: 'reshelf',
        region: where,
        now: () => Date.now() - age * 86_400_000,
        report: (error) => window.failures.push(String(error)),
        onStep: (step) => window.steps.push(step),
      });
    },
    [ageDays, region] as const,
  );
}
const steps = (page: import('@playwright/test').Page) => page.evaluate(() => window.steps);

test('without a grant to contribute the file loads nothing, asks nobody and makes no ledger', async ({
  openShop,
  page,
}) => {
  const { elsewhere } = await openWith(openShop, page, { personalize: true });
  await start(page, 0);
  await expect.poll(() => page.evaluate(() => window.failures)).toHaveLength(1);
  expect((await page.evaluate(() => window.failures))[0]).toContain('no live grant');
  expect(elsewhere).toEqual([]);
  expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([
    'reshelf',
  ]);
});

test('a shopper who grants contributes one report, sees it in the ledger, and a round closes', async ({
  openShop,
  page,
}) => {
  const { shop, elsewhere } = await openWith(openShop, page, { personalize: true, contribute: true });
  await start(page, 40); // forty days ago: a new ledger counts as a wiped one and waits
  await expect.poll(() => steps(page)).toEqual([{ kind: 'refused', why: 'new-ledger' }]);
  expect(
    elsewhere.every((one) => /^GET .*\/model$/.test(one)),
    'only the model is looked at',
  ).toBe(true);
  expect(shop.requests).not.toContain('GET /reshelf/reshelf.trainer.js');
  await page.evaluate(() => window.contributing.stop());

  await start(page, 0);
  await expect
    .poll(async () => (await steps(page)).map(({ kind }) => kind), { timeout: 30_000 })
    .toContain('sent');
  expect((await steps(page)).slice(0, 2).map(({ kind }) => kind)).toEqual(['made', 'sent']);
  expect(shop.requests).toContain('GET /reshelf/reshelf.trainer.js');
  const asked = elsewhere.map((one) => one.replace(/\?.*/, '').replace(/127\.0\.0\.1:\d+/, 'role'));
  expect(asked.filter((one) => one.startsWith('PUT'))).toHaveLength(1);
  expect(new Set(asked.filter((one) => one.startsWith('GET')))).toContain('GET http://role/hpke_config');

  const view = await page.evaluate(() => window.contributing.ledger());
  expect(view.lines).toHaveLength(1);
  const [line] = view.lines;
  expect(line?.state).toBe('sent');
  expect(line?.bytes.length).toBeLessThanOrEqual(6000);
  expect(line?.numbers).toHaveLength(32);
  expect(line?.numbers.some((number) => number !== 0)).toBe(true);
  expect(line?.numbers.reduce((sum, number) => sum + number * number, 0)).toBeLessThanOrEqual(127 ** 2);
  expect(line?.words).toContain('of 32 reasons');
  expect(line?.noise).toBeGreaterThan(550);
  expect(view.epsilon).toBeGreaterThan(0.9);
  expect(view.epsilon).toBeLessThan(view.limit);

  await start(page, 0); // another page of the same shop: nothing more is due
  await expect.poll(async () => (await steps(page)).at(-1)?.kind).toBe('nothing-due');
  expect(elsewhere.filter((one) => one.startsWith('PUT'))).toHaveLength(1);

  const task = deployment.tasks[0];
  if (task === undefined) throw new TypeError('expected a task');
  const client = clientOf(task);
  await client.fetchKeyConfiguration();
  await inParallel(Array.from({ length: 59 }), 8, async () => {
    expect((await upload(task, await reportOf(client, Array<number>(32).fill(127)))).status).toBe(201);
  });
  expect((await collect(deployment)).tasks).toMatchObject([{ kind: 'released', reports: 60 }]);
  expect((await rounds(task))[0]?.reports).toBe(60);

  await start(page, -2); // two days on, the device looks for the model: it takes it over, or keeps its own
  await expect.poll(async () => (await steps(page)).at(-1)?.kind).toMatch(/adopted|kept-own/);
  expect(shop.errors).toEqual([]);
});

test('withdrawal drops what waits and ends what would come; forgetting everything leaves the ledger', async ({
  openShop,
  page,
}) => {
  const { elsewhere } = await openWith(openShop, page, { personalize: true, contribute: true });
  await start(page, 40);
  await expect.poll(() => steps(page)).toHaveLength(1);
  await page.evaluate(() => window.contributing.stop());
  await page.route(/reports$/, (route) => route.abort());
  await start(page, 0);
  await expect
    .poll(async () => (await steps(page)).map(({ kind }) => kind), { timeout: 30_000 })
    .toEqual(['made', 'postponed']);
  const dropped = await page.evaluate(async () => {
    await window.reshelf.consent.set({ contribute: false }, { source: 'api', noticeId: 'test/1' });
    return window.contributing.withdraw();
  });
  expect(dropped).toBe(1);
  await page.evaluate(() => window.reshelf.consent.withdraw());
  await page.unroute(/reports$/);
  const before = elsewhere.length;
  await start(page, 0);
  await expect.poll(() => page.evaluate(() => window.failures)).toHaveLength(1);
  expect(elsewhere.length).toBe(before);
  const rows = await page.evaluate(
    () =>
      new Promise<{ state: string; rho: number }[]>((done, fail) => {
        const opening = indexedDB.open('reshelf-ledger');
        opening.onerror = () => fail(opening.error);
        opening.onsuccess = () => {
          const all = opening.result.transaction('rows').objectStore('rows').getAll();
          all.onsuccess = () => done(all.result);
        };
      }),
  );
  expect(rows.map(({ state }) => state)).toEqual(['dropped']);
  expect(rows[0]?.rho).toBeGreaterThan(0);
});

test('a shopper of a region without a task contributes nothing', async ({ openShop, page }) => {
  const { elsewhere } = await openWith(openShop, page, { personalize: true, contribute: true });
  await start(page, 40, 'us');
  await expect.poll(() => steps(page)).toEqual([{ kind: 'nothing-due' }]);
  await start(page, 0, 'us');
  await expect.poll(() => steps(page)).toEqual([{ kind: 'nothing-due' }]);
  expect(elsewhere).toEqual([]);
});
