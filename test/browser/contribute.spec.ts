import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { inParallel } from '../../src/cli/audit/in-parallel.ts';
import type { WeightsContent } from '../../src/wire/contribution-task.ts';
import { hashText, type ReleasedModel, type Signed, sign } from '../../src/wire/released-model.ts';
import { journalOf, LEAST_VARIANCE, plantJournal, ledgerStore as stored } from '../support/contributing.ts';
import {
  clientOf,
  collect,
  type Deployment,
  deploy,
  type RoleProcess,
  reportOf,
  rounds,
  upload,
} from '../support/coordinator.ts';
import { tagWith } from '../support/html.ts';
import { createLatch } from '../support/latch.ts';
import { expect, type ShopOptions, type TestShop, test } from '../support/shop.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(600_000);

const DAY = 86_400_000;
const SLOW = { timeout: 60_000 };
let deployment: Deployment;
let running: RoleProcess[] = [];

test.beforeAll(async () => {
  test.setTimeout(600_000); // the file's own does not reach here
  deployment = await deploy(['--unsafe-no-noise']); // what a round changes must not hang on chance here
  running = await Promise.all(
    (['leader', 'helper', 'collector'] as const).map((role) => deployment.start(role)),
  );
});
test.afterAll(async () => {
  for (const role of running) await role.kill('SIGTERM');
  deployment.remove();
});

interface Scene {
  readonly shop: TestShop;
  /** Requests to the aggregators and the collector. */
  readonly elsewhere: string[];
  /** The page's clock, in days from now; timers run on. */
  at(days: number): Promise<void>;
}

const taskOf = () => {
  const [task] = deployment.tasks;
  if (task === undefined || task.content.kind !== 'weights')
    throw new TypeError('expected a task of weights');
  return { task, content: task.content };
};

/** A shop whose script tag names the tasks, forty days ago (`since`): a new ledger counts as a wiped one and waits. */
async function open(
  openShop: (options?: ShopOptions) => Promise<TestShop>,
  page: Page,
  answers: Readonly<Record<string, boolean>>,
  region = 'eu',
  since = -40,
  files: ShopOptions['files'] = {},
): Promise<Scene> {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (Object.values(deployment.ports).some((port) => request.url().includes(`:${port}/`)))
      elsewhere.push(`${request.method()} ${request.url()}`);
  });
  const at = (days: number) => page.clock.setFixedTime(new Date(Date.now() + days * DAY));
  const shop = await openShop({
    tag: tagWith(`data-reshelf-tasks="/reshelf/tasks.json" data-reshelf-region="${region}"`),
    files: {
      ...files,
      'tasks.json': JSON.stringify(deployment.tasks.map((task) => ({ ...task, variance: LEAST_VARIANCE }))),
    },
  });
  await at(since);
  await shop.visit('/');
  await answer(page, answers);
  if (answers.personalize === true) await plantJournal(page, journalOf(3));
  return { shop, elsewhere, at };
}
const answer = (page: Page, answers: Readonly<Record<string, boolean>>) =>
  page.evaluate((given) => window.reshelf.consent.set(given, { source: 'api', noticeId: 'test/1' }), answers);

const states = async (page: Page) =>
  (await stored<{ state: string }>(page, 'rows')).map(({ state }) => state);
const born = (page: Page) => expect.poll(() => stored(page, 'born'), SLOW).toHaveLength(1);
const uploads = (elsewhere: readonly string[]) => elsewhere.filter((one) => one.startsWith('PUT'));
const lazyFiles = ({ requests }: TestShop) =>
  requests.filter((one) => /reshelf\.(share|contribute|trainer)\.js|tasks\.json/.test(one));
const rankerId = (page: Page) =>
  page.evaluate(
    async () => (await window.reshelf.rank([{ id: 'dress-blue' }, { id: 'dress-red' }])).rankerId,
  );
/** What the head snippet ranks by; it is brought up to date before `ready`. */
const headWeights = (page: Page): Promise<unknown> =>
  page.evaluate(() => JSON.parse(localStorage.getItem('reshelf:snapshot') ?? '{}').weights);
/** Long enough for idle work to have begun if it were going to. */
const quiet = (page: Page) => page.waitForTimeout(1500);

test('without a grant to contribute no byte is loaded, nobody is asked, and no ledger exists', async ({
  openShop,
  page,
}) => {
  const { shop, elsewhere } = await open(openShop, page, { personalize: true });
  await shop.visit('/');
  await page.evaluate(() => window.reshelf.privacy.open('shared'));
  await expect(page.locator('reshelf-panel').getByText('Nothing has left this device.')).toBeVisible();
  await quiet(page);
  expect(elsewhere).toEqual([]);
  expect(lazyFiles(shop)).toEqual([]);
  expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([
    'reshelf',
  ]);
});

test('a shopper who grants contributes one report, reads it in the panel, and ranks by the round that closes', async ({
  openShop,
  page,
}) => {
  const { shop, elsewhere, at } = await open(openShop, page, { personalize: true });
  await answer(page, { contribute: true }); // on the page that is open already
  await born(page);
  await expect.poll(() => elsewhere.some((one) => /^GET .*\/model$/.test(one)), SLOW).toBe(true);
  expect(uploads(elsewhere)).toEqual([]); // the ledger is new, and waits
  expect(shop.requests).not.toContain('GET /reshelf/reshelf.trainer.js');

  await at(0);
  await shop.visit('/');
  await expect.poll(() => states(page), SLOW).toEqual(['sent']);
  expect(shop.requests).toContain('GET /reshelf/reshelf.trainer.js');
  expect(uploads(elsewhere)).toHaveLength(1);
  const [row] = await stored<{ bytes: Uint8Array; numbers: number[]; noise: number }>(page, 'rows');
  expect(Object.keys(row?.bytes ?? {}).length).toBeLessThanOrEqual(6000);
  expect(row?.numbers).toHaveLength(32);
  expect(row?.numbers.some((number) => number !== 0)).toBe(true);
  expect(row?.numbers.reduce((sum, number) => sum + number * number, 0)).toBeLessThanOrEqual(127 ** 2);

  await shop.visit('/'); // another page of the same shop: nothing more is due
  await quiet(page);
  expect(uploads(elsewhere)).toHaveLength(1);
  await page.evaluate(() => window.reshelf.privacy.open('shared'));
  const panel = page.locator('reshelf-panel');
  await expect(panel.getByText(/Privacy budget spent: epsilon 1\.\d+ of 4, at delta 1e-6/)).toBeVisible();
  const line = panel.getByRole('listitem').filter({ hasText: 'reasons to show a product' });
  await expect(line).toContainText('of 32 reasons to show a product');
  await expect(line).toContainText(/noise of ±5\d\d /);
  await expect(line).toContainText(/Cost: epsilon 1\.\d\d, delta 1e-6; together 1\.\d\d/);
  await line.getByText(/the 5,862 bytes as they were sent/).click();
  await expect(line.locator('.raw')).toHaveText(/^[0-9a-f]{11724}$/);
  await expect(line).toContainText(taskOf().task.helper);
  await page.evaluate(() => window.reshelf.privacy.open('proof'));
  await expect(panel.getByText(/: contributed$/)).toBeVisible();
  await page.evaluate(() => window.reshelf.privacy.close());

  await shop.browse('dress-blue', 'skirt-white', 'dress-red');
  await shop.visit('/');
  const before = await shop.order();
  expect(await rankerId(page)).toBe('linear@2');

  const { task, content } = taskOf();
  const client = clientOf(task);
  await client.fetchKeyConfiguration();
  const wanted = content.features.map((name) => (name === 'category.long' ? 227 : 127)); // 127 is 0
  await inParallel(Array.from({ length: 59 }), 8, async () => {
    expect((await upload(task, await reportOf(client, wanted))).status).toBe(201);
  });
  expect((await collect(deployment)).tasks).toMatchObject([{ kind: 'released', reports: 60 }]);
  expect((await rounds(task))[0]?.reports).toBe(60);

  await at(2); // the device looks once a day, adopts, and the next page is ranked by what 60 shoppers have taught
  await shop.visit('/');
  await expect.poll(() => stored(page, 'models'), SLOW).toMatchObject([{ version: 1 }]);
  await shop.visit('/');
  expect(await rankerId(page)).toBe('linear@2+1');
  await expect.poll(() => shop.order()).not.toEqual(before);
  const dresses = (order: readonly string[]) => order.slice(0, 6).filter((id) => id.startsWith('dress'));
  expect(dresses(await shop.order())).toHaveLength(5); // all there are: the kind looked at most counts for more now
  expect(dresses(before).length).toBeLessThan(5);

  await answer(page, { contribute: false });
  expect(await stored(page, 'models')).toEqual([]); // that it was adopted told something of the device's lists
  expect(await rankerId(page)).toBe('linear@2');
  await shop.visit('/');
  expect(await shop.order()).toEqual(before);
  expect(shop.errors).toEqual([]);
});

/** What the collector would answer, signed by its own key or by another. */
async function modelOf(changes: readonly number[], key?: CryptoKey): Promise<Record<string, Signed>> {
  const { task, content } = taskOf();
  const pkcs8 = new Uint8Array(Buffer.from(deployment.collector.signingKey, 'base64url'));
  const own = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  const release: ReleasedModel = {
    format: 'reshelf-release@1',
    taskId: task.id,
    version: 1,
    parent: 0,
    reports: 60,
    noise: 0,
    features: content.features,
    changes,
  };
  const signed = await sign(release, key ?? own);
  const hash = await hashText(signed.text);
  const pointer = { format: 'reshelf-pointer@1', taskId: task.id, sequence: 9, version: 1, hash } as const;
  return { release: signed, pointer: await sign(pointer, own) };
}
/** The longest move of one weight that a round without noise explains, times `share`. */
const moveOf = ({ features, scales, clip, rate }: WeightsContent, name: string, share: number): number[] =>
  features.map((feature, at) => (feature === name ? (share * clip * rate) / (scales[at] ?? 1) : 0));

const OFFERS = {
  'a model whose signature is another’s': async (content: WeightsContent) => {
    const stranger = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
    return modelOf(moveOf(content, 'title.last', 0.5), stranger.privateKey);
  },
  'a model that moved further than its rounds can have': (content: WeightsContent) =>
    modelOf(moveOf(content, 'title.last', 1.01)),
  'a model that orders the device’s own lists worse': (content: WeightsContent) =>
    modelOf(moveOf(content, 'title.last', -0.99)),
  'a sound model': (content: WeightsContent) => modelOf(moveOf(content, 'title.last', 0.5)),
} as const;

for (const [what, offer] of Object.entries(OFFERS)) {
  const version = what === 'a sound model' ? 1 : 0;
  test(`${what} is ${version === 0 ? 'refused' : 'taken over'}`, async ({ openShop, page }) => {
    const answered = await offer(taskOf().content);
    await page
      .context()
      .route(/\/model$/, (route) =>
        route.fulfill({ json: answered, headers: { 'access-control-allow-origin': '*' } }),
      );
    const { shop } = await open(openShop, page, { personalize: true });
    await shop.browse('dress-blue', 'skirt-white', 'dress-red');
    await shop.visit('/');
    const before = await headWeights(page);
    expect(before).toEqual(expect.any(String));
    await answer(page, { contribute: true });
    await expect.poll(() => stored(page, 'models'), SLOW).toMatchObject([{ version }]);
    await shop.visit('/');
    expect(await rankerId(page)).toBe(version === 0 ? 'linear@2' : 'linear@2+1');
    if (version === 0) expect(await headWeights(page)).toBe(before);
    else expect(await headWeights(page)).not.toBe(before); // the head snippet orders by it, too, from the next page on
    await answer(page, { contribute: false });
    await shop.visit('/');
    expect(await headWeights(page)).toBe(before);
  });
}

test('withdrawal drops what waits before it resolves, ends what would come, and leaves the ledger', async ({
  openShop,
  page,
}) => {
  const { shop, elsewhere, at } = await open(openShop, page, { personalize: true, contribute: true });
  await born(page);
  await page.context().route(/\/reports$/, (route) => route.abort());
  await at(0);
  await shop.visit('/');
  await expect.poll(() => uploads(elsewhere).length, SLOW).toBe(1); // and did not arrive
  expect(await stored(page, 'queue')).toHaveLength(1);
  await answer(page, { contribute: false });
  expect(await stored(page, 'queue')).toEqual([]);
  expect(await states(page)).toEqual(['dropped']);
  await page.context().unroute(/\/reports$/);
  await at(32);
  const asked = elsewhere.length;
  const loaded = lazyFiles(shop).length;
  await shop.visit('/');
  await quiet(page);
  expect(elsewhere.length).toBe(asked);
  expect(lazyFiles(shop).length).toBe(loaded); // not a byte any more

  await page.evaluate(() => window.reshelf.consent.withdraw());
  expect(await states(page)).toEqual(['dropped']);
  await page.evaluate(() => window.reshelf.privacy.open('shared'));
  await expect(page.locator('reshelf-panel').getByText('Dropped, never sent.')).toBeVisible();
  await page.evaluate(() => window.reshelf.forget('proof')); // the proof, ledger included; contributing stays off
  expect(await stored(page, 'rows')).toEqual([]);
  await answer(page, { personalize: true, contribute: true });
  expect(await page.evaluate(() => window.reshelf.consent.get().contribute.effective)).toBe(false);
  await shop.visit('/');
  await quiet(page);
  expect(elsewhere.length).toBe(asked);
  expect(await stored(page, 'born')).toEqual([]);
});

test('withdrawal in the middle of training: nothing is made of it, nothing is sent, nothing comes back', async ({
  openShop,
  page,
}) => {
  const training = createLatch();
  const trainer = async () => {
    await training.opened; // the worker waits for it, in the middle of its step
    return readFileSync('dist/reshelf.trainer.js', 'utf8');
  };
  const files = { 'reshelf.trainer.js': trainer };
  const yes = { personalize: true, contribute: true };
  const { shop, elsewhere, at } = await open(openShop, page, yes, 'eu', -40, files);
  await born(page);
  await at(0);
  await shop.visit('/');
  await expect.poll(() => lazyFiles(shop).some((one) => one.includes('trainer')), SLOW).toBe(true);
  await page.evaluate(() => window.reshelf.consent.withdraw());
  const left = async () => ({
    journal: await shop.journal(),
    profile: (await shop.stored())?.profile,
    rows: await stored(page, 'rows'),
    queue: await stored(page, 'queue'),
    models: await stored(page, 'models'),
    sent: uploads(elsewhere),
  });
  const nothing = { journal: [], profile: [], rows: [], queue: [], models: [], sent: [] };
  expect(await left()).toEqual(nothing);
  training.open();
  await quiet(page);
  expect(await left()).toEqual(nothing);
  await shop.visit('/');
  await quiet(page);
  expect(await left()).toEqual(nothing);
  expect(shop.errors).toEqual([]);
});

test('forgetting everything drops what waits and what was adopted; the grant and what was spent stay', async ({
  openShop,
  page,
}) => {
  const { shop, elsewhere, at } = await open(
    openShop,
    page,
    { personalize: true, contribute: true },
    'eu',
    -80,
  );
  await born(page);
  await page.context().route(/\/reports$/, (route) => route.abort());
  await at(-40);
  await shop.visit('/');
  await expect.poll(() => uploads(elsewhere).length, SLOW).toBe(1);
  await page.evaluate(() => window.reshelf.forget('all'));
  expect(await stored(page, 'queue')).toEqual([]);
  expect(await states(page)).toEqual(['dropped']);
  await page.context().unroute(/\/reports$/);
  await at(0); // a report from the future would be refused
  await shop.visit('/');
  await expect.poll(() => states(page), SLOW).toEqual(['dropped', 'sent']);
  const rows = await stored<{ numbers: number[] }>(page, 'rows');
  expect(rows[1]?.numbers.every((number) => number === 0)).toBe(true); // nothing is left to learn from
  expect(shop.errors).toEqual([]);
});

test('a shopper of a region without a task contributes nothing', async ({ openShop, page }) => {
  const { shop, elsewhere, at } = await open(
    openShop,
    page,
    { personalize: true, contribute: true },
    'us-ca',
  );
  await born(page);
  await at(0);
  await shop.visit('/');
  await quiet(page);
  expect(elsewhere).toEqual([]);
  expect(await stored(page, 'rows')).toEqual([]);
});
