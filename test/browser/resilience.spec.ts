import { page as html, list, TAG, tagWith } from '../support/html.ts';
import { expect, LISTED, type ShopOptions, type TestShop, test, workerWith } from '../support/shop.ts';
import { WARDROBE } from '../support/wardrobe.ts';

/** A shop in which this shopper has a history that would move the list, opened anew with something broken. */
async function breakLater(
  openShop: (options?: ShopOptions) => Promise<TestShop>,
  broken: { now: boolean },
  worker: string,
) {
  const shop = await openShop({
    files: { 'reshelf.worker.js': () => (broken.now ? worker : workerWith('')) },
  });
  await shop.visit('/');
  await shop.allow();
  await shop.browse('skirt-white', 'jacket-white', 'skirt-white');
  await shop.visit('/');
  await expect.poll(() => shop.order()).not.toEqual(LISTED);
  broken.now = true;
  return shop;
}

const BROKEN_WORKERS: Readonly<Record<string, readonly [worker: string, code: string]>> = {
  'throws at its start': ['throw new Error("broken on purpose");', 'worker/lost'],
  'is no JavaScript': ['<!doctype html>', 'worker/lost'],
  'has no IndexedDB': [
    workerWith('delete self.indexedDB; Object.defineProperty(self, "indexedDB", { value: undefined });'),
    'store/unavailable',
  ],
  'may not open its database': [
    workerWith('IDBFactory.prototype.open = () => { throw new DOMException("denied", "SecurityError"); };'),
    'store/unavailable',
  ],
  'has no room left': [
    workerWith(
      'IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };',
    ),
    'store/quota',
  ],
  'dies when asked to rank': [
    workerWith(
      'addEventListener("message", ({ data }) => { if (data.path?.[0] === "rank") setTimeout(() => { throw new Error("dies"); }); }, true); const post = self.postMessage; let isRank = false; addEventListener("message", ({ data }) => { isRank = data.path?.[0] === "rank"; }, true); self.postMessage = (...args) => { if (!isRank) post.apply(self, args); };',
    ),
    'worker/lost',
  ],
};

for (const [what, [worker, code]] of Object.entries(BROKEN_WORKERS))
  test(`the shop’s order stands when the worker ${what}, and it is told once`, async ({ openShop, page }) => {
    const broken = { now: false };
    const shop = await breakLater(openShop, broken, worker);
    await shop.visit('/');
    await expect.poll(() => shop.heard('diagnostic')).toEqual([{ code }]);
    expect(await shop.order()).toEqual(LISTED);
    const answer = await page.evaluate(() => window.reshelf.rank([{ id: 'b' }, { id: 'a' }]));
    expect(answer.order.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'a' }))).toBe(false);
    expect(await shop.heard('diagnostic')).toEqual([{ code }]);
    expect(await shop.heard('reordered')).toEqual([]);
    expect(shop.errors).toEqual([]);
  });

test('the shop’s order stands when the worker’s file is missing', async ({ openShop }) => {
  const shop = await openShop({ files: { 'reshelf.worker.js': () => undefined } });
  await shop.visit('/');
  await shop.allow();
  expect(await shop.order()).toEqual(LISTED);
  expect(await shop.heard('diagnostic')).toEqual([{ code: 'worker/lost' }]);
  expect(shop.errors).toEqual([]);
});

test('a worker that never answers is given up after its deadline', async ({ openShop, page }) => {
  await page.clock.install();
  const shop = await openShop({ files: { 'reshelf.worker.js': 'onmessage = () => {};' } });
  await page.goto(`${shop.origin}/`);
  await page.clock.runFor(10);
  await page.evaluate(() => {
    void window.reshelf.ready.then(() =>
      window.reshelf.consent.set({ personalize: true }, { source: 'api', noticeId: 'test' }),
    );
  });
  await expect
    .poll(async () => {
      await page.clock.runFor(30_000); // again where the worker was not asked yet: a busy machine is slower than the clock
      return shop.heard('diagnostic');
    })
    .toEqual([{ code: 'worker/timeout' }]);
  expect(await shop.order()).toEqual(LISTED);
  expect(shop.errors).toEqual([]);
});

const REFUSALS: Readonly<Record<string, ShopOptions>> = {
  'the page’s policy forbids workers': {
    headers: { 'content-security-policy': "script-src 'self'; worker-src 'none'" },
    files: { 'reshelf.worker.js': workerWith('') }, // and nothing that could stand in for it
  },
};
for (const [why, options] of Object.entries(REFUSALS))
  test(`the shop’s order stands when ${why}`, async ({ openShop }) => {
    const shop = await openShop(options);
    await shop.visit('/');
    await shop.allow();
    await shop.visit('/');
    expect(await shop.order()).toEqual(LISTED);
    expect(await shop.heard('diagnostic')).toHaveLength(1);
    expect(shop.errors).toEqual([]);
  });

test('a database of a later release stays untouched and the page keeps the shop’s order', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await page.goto(`${shop.origin}/missing`);
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('reshelf', 99);
        request.onupgradeneeded = () => request.result.createObjectStore('later');
        request.onsuccess = () => resolve(request.result.close());
        request.onerror = () => reject(request.error);
      }),
  );
  await shop.visit('/');
  await shop.allow();
  expect(await shop.heard('diagnostic')).toEqual([{ code: 'store/unavailable' }]);
  expect(await shop.order()).toEqual(LISTED);
  expect(Object.keys((await shop.stored()) ?? {})).toEqual(['later']);
});

test('a lost database connection is opened again', async ({ openShop, page }) => {
  const keepHandle =
    'const open = IDBFactory.prototype.open; IDBFactory.prototype.open = function (...args) { const request = open.apply(this, args); request.addEventListener("success", () => { self.handles = [...(self.handles ?? []), request.result]; }); return request; };';
  const closeOnSearch =
    'addEventListener("message", ({ data }) => { if (JSON.stringify(data).includes("close the database")) self.handles.at(-1).close(); }, true);';
  const shop = await openShop({ files: { 'reshelf.worker.js': workerWith(keepHandle + closeOnSearch) } });
  await shop.visit('/');
  await shop.allow();
  expect(
    await page.evaluate(() => window.reshelf.signal({ kind: 'search', query: 'close the database' })),
  ).toBe(true);
  expect(await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'a' }))).toBe(true);
  expect((await shop.journal()).map(({ kind }) => kind)).toEqual(['search', 'view']);
  expect(await shop.heard('diagnostic')).toEqual([]);
});

test('an open page makes way for a later release of the database', async ({ openShop, page, context }) => {
  const shop = await openShop();
  await shop.visit('/');
  await shop.allow();
  const other = await context.newPage();
  await other.goto(`${shop.origin}/missing`);
  const version = await other.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const request = indexedDB.open('reshelf', 99);
        request.onsuccess = () => resolve(request.result.version);
        request.onerror = () => reject(request.error);
      }),
  );
  expect(version).toBe(99);
  expect(await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'a' }))).toBe(false);
  expect(await shop.order()).toEqual(LISTED);
});

test('a list that the page removes while the worker thinks is let go', async ({ openShop, page }) => {
  let isSlow = false;
  const shop = await openShop({
    files: {
      'reshelf.worker.js': async () => {
        if (isSlow) await new Promise((done) => setTimeout(done, 300));
        return workerWith('');
      },
    },
  });
  await shop.visit('/');
  await shop.allow();
  await shop.browse('skirt-white', 'skirt-white');
  isSlow = true;
  await page.goto(`${shop.origin}/`);
  await page.evaluate(() => document.querySelector('ul.products')?.remove());
  await page.evaluate(() => window.reshelf.ready);
  await page.evaluate(() => window.reshelf.rank([{ id: 'a' }]));
  expect(await shop.heard('reordered')).toEqual([]);
  expect(shop.errors).toEqual([]);
});

test('the script twice on a page works once', async ({ openShop, page }) => {
  const twice = html({ title: 'Twice', tag: TAG + TAG, body: list(WARDROBE, 'json-ld') });
  const shop = await openShop({ pages: { '/': twice } });
  await shop.visit('/');
  await expect(page.locator('reshelf-card')).toHaveCount(1);
  expect(await shop.heard('ready')).toHaveLength(1);
});

test('a setting that makes no sense is told in the console and touches nothing', async ({
  openShop,
  page,
}) => {
  const warnings: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  const shop = await openShop({ tag: tagWith('data-reshelf-keep="everything"') });
  await page.goto(`${shop.origin}/`);
  expect(warnings.join()).toMatch(/data-reshelf-keep: expected words of .*got "everything"/);
  expect(await page.evaluate(() => window.reshelf)).toBeUndefined();
  expect(shop.errors).toEqual([]);
});
