import type { Page } from '@playwright/test';
import { page as html, list, TAG, tagWith } from '../support/html.ts';
import { expect, LISTED, type ShopOptions, type TestShop, test, workerWith } from '../support/shop.ts';
import { WARDROBE } from '../support/wardrobe.ts';

type Open = (options?: ShopOptions) => Promise<TestShop>;
type WorkerFile = string | (() => string | undefined | Promise<string>);

const GOOD = () => workerWith('');

/** A shopper with a history, whose worker is `bad` from then on. */
async function openWithBadWorker(open: Open, bad: WorkerFile, options: ShopOptions = {}): Promise<TestShop> {
  let isBad = false;
  const file = () => (isBad ? (typeof bad === 'string' ? bad : bad()) : GOOD());
  const shop = await open({ ...options, files: { 'reshelf.worker.js': file } });
  await shop.visit('/p/dress-green');
  await shop.allow();
  await shop.browse('skirt-green', 'dress-green');
  await shop.visit('/');
  expect(await shop.order()).not.toEqual(LISTED); // it would be reordered
  isBad = true;
  return shop;
}
/** Everything the page may ask of a Reshelf that cannot work. */
const useAll = (page: Page) =>
  page.evaluate(async () => {
    const { order } = await window.reshelf.rank([
      { id: 'b', position: 1 },
      { id: 'a', position: 0 },
    ]);
    const kept = await window.reshelf.signal({ kind: 'view', itemId: 'a' });
    const why = await window.reshelf.explain('dress-blue').then(
      () => 'told',
      ({ code }) => code as string,
    );
    window.reshelf.undo();
    return { order: order.map(({ id }) => id), kept, why };
  });
const codes = async (shop: TestShop) =>
  ((await shop.heard('diagnostic')) as { code: string }[]).map(({ code }) => code);
test('a worker that never answers keeps nobody waiting: ready comes, the deadline is told once', async ({
  openShop,
  page,
}) => {
  await page.clock.install();
  const shop = await openWithBadWorker(openShop, '/* silent */');
  await page.goto(`${shop.origin}/`);
  await page.clock.runFor(3200);
  await expect.poll(() => shop.heard('ready')).toHaveLength(1);
  expect(await shop.order()).toEqual(LISTED);
  expect(await codes(shop)).toEqual([]);
  await page.clock.runFor(30_000);
  await expect.poll(() => codes(shop)).toEqual(['worker/timeout']);
  expect(await useAll(page)).toEqual({ order: ['a', 'b'], kept: false, why: 'worker/timeout' });
  expect(await codes(shop)).toEqual(['worker/timeout']);
  expect(await shop.order()).toEqual(LISTED);
  expect(shop.errors).toEqual([]);
});

/** Runs in the worker when the call of this name arrives. */
const onCall = (name: string, act: string) =>
  workerWith(
    `self.addEventListener('message', (event) => { if (event.data?.path?.[0] === '${name}') { event.stopImmediatePropagation(); ${act} } });`,
  );
test('a worker that closes itself while it ranks leaves the shop’s order and is told once', async ({
  openShop,
  page,
}) => {
  await page.clock.install();
  const shop = await openWithBadWorker(openShop, () => onCall('rank', 'self.close()'));
  await page.goto(`${shop.origin}/`);
  const later = async () => {
    await page.clock.runFor(1000);
    return codes(shop);
  };
  await expect.poll(later).toEqual(['worker/timeout']);
  const answers = useAll(page);
  await page.clock.runFor(60_000);
  expect((await answers).order).toEqual(['a', 'b']);
  expect(await codes(shop)).toEqual(['worker/timeout']);
  expect(await shop.order()).toEqual(LISTED);
  expect(shop.errors).toEqual([]);
});

test('a tab that keeps the database locked costs the order, not the page', async ({
  openShop,
  page,
  context,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  const locker = await context.newPage();
  await locker.goto(`${shop.origin}/cart/add`);
  await locker.evaluate(
    () =>
      new Promise<void>((done) => {
        const request = indexedDB.open('reshelf', 1); // an upgrade that does not end blocks every other open
        request.onupgradeneeded = () => {
          const store = request.result.createObjectStore('other');
          const spin = () => {
            store.get('x').onsuccess = spin;
          };
          spin();
          done();
        };
      }),
  );
  await shop.allow();
  expect(await codes(shop)).toEqual(['store/blocked']);
  expect(await shop.order()).toEqual(LISTED);
  expect(await useAll(page)).toMatchObject({ order: ['a', 'b'], kept: false });
  await locker.close();
  expect(shop.errors).toEqual([]);
});

test('a policy that allows the script and the worker is enough', async ({ openShop }) => {
  const shop = await openShop({
    headers: { 'content-security-policy': "default-src 'none'; script-src 'self'; worker-src 'self'" },
  });
  await shop.visit('/p/dress-green');
  await shop.allow();
  await shop.browse('skirt-green', 'dress-green');
  await shop.visit('/');
  expect(await shop.order()).not.toEqual(LISTED);
  expect(await shop.heard('diagnostic')).toEqual([]);
  expect(shop.errors).toEqual([]);
});

const MODULE = (settings: string) => `<script type="module">
import { createReshelf } from '/reshelf/index.js';
window.told = [];
window.reshelf = createReshelf({ workerUrl: '/reshelf/missing.js', card: 'off', ${settings} });
</script>`;
test('the module tells onError once per kind, and one that throws harms nobody', async ({
  openShop,
  page,
}) => {
  const tag = MODULE(
    "onError: (error) => { window.told.push(error.code); throw new Error('the host fails too') }",
  );
  const shop = await openShop({ tag, files: { 'reshelf.worker.js': '', 'missing.js': () => undefined } });
  await page.goto(`${shop.origin}/`);
  await page.waitForFunction(() => window.reshelf !== undefined);
  await page.evaluate(() => window.reshelf.ready);
  await shop.allow();
  await useAll(page);
  expect(await page.evaluate(() => (window as unknown as { told: string[] }).told)).toEqual(['worker/lost']);
  expect(await shop.order()).toEqual(LISTED);
  expect(shop.errors).toEqual([]);
});

const ODD_PAGES: readonly (readonly [title: string, page: string])[] = [
  [
    'without a body',
    `<!doctype html><html><head><script>document.addEventListener('DOMContentLoaded', () => document.body.remove())</script>${TAG}</head></html>`,
  ],
  ['that is a frameset', `<html><head>${TAG}</head><frameset><frame src="about:blank"></frameset></html>`],
  [
    'with an async script',
    html({ title: 'Async', tag: TAG.replace('<script ', '<script async '), body: list(WARDROBE, 'json-ld') }),
  ],
  [
    'with a deferred script',
    html({ title: 'Defer', tag: TAG.replace('<script ', '<script defer '), body: list(WARDROBE, 'json-ld') }),
  ],
  ['with the script at its end', html({ title: 'End', body: list(WARDROBE, 'json-ld') + TAG })],
  [
    'with an element named like a global',
    html({
      title: 'Names',
      tag: TAG,
      body: `<form name="forms" id="reshelf-x"><input name="id"></form>${list(WARDROBE, 'json-ld')}`,
    }),
  ],
];
for (const [title, text] of ODD_PAGES)
  test(`a page ${title} becomes ready, before and after a grant, without an error`, async ({
    openShop,
    page,
  }) => {
    const shop = await openShop({ pages: { '/odd': text } });
    const visit = async () => {
      await page.goto(`${shop.origin}/odd`);
      await page.waitForFunction(() => window.reshelf !== undefined);
      await page.evaluate(() => window.reshelf.ready);
    };
    await visit();
    await shop.allow();
    await visit();
    expect(await page.evaluate(() => window.reshelf.consent.get().personalize.effective)).toBe(true);
    expect(await page.evaluate(() => window.reshelf.signal({ kind: 'click', itemId: 'x' }))).toBe(true);
    expect(shop.errors).toEqual([]);
  });

test('settings by attributes are all optional: the worker stands beside the script', async ({ openShop }) => {
  const shop = await openShop({ tag: '<script src="/reshelf/reshelf.js"></script>' });
  await shop.visit('/');
  await shop.allow();
  expect(shop.requests).toContain('GET /reshelf/reshelf.worker.js');
  expect(await shop.heard('diagnostic')).toEqual([]);
});

test('a grant that the store refuses can be taken back', async ({ openShop, page }) => {
  const bad = () => workerWith('Object.defineProperty(self, "indexedDB", { value: undefined });');
  const shop = await openShop({
    tag: tagWith('data-reshelf-card="off"'),
    files: { 'reshelf.worker.js': bad },
  });
  await shop.visit('/');
  await shop.allow();
  await page.evaluate(() => window.reshelf.consent.withdraw());
  expect(JSON.parse((await shop.choice()) ?? '{}')).toMatchObject({ purgePending: false });
  expect(await page.evaluate(() => window.reshelf.consent.get().personalize.state)).toBe('withdrawn');
  expect(shop.errors).toEqual([]);
});
