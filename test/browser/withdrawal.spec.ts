import type { Page } from '@playwright/test';
import { expect, LISTED, type TestShop, test, workerWith } from '../support/shop.ts';

const BEHAVIOUR = ['journal', 'profile', 'wishes', 'adjustments', 'pseudonyms', 'trial'] as const;

/** Records per store; `-` where there is no database. */
async function counts(shop: TestShop): Promise<Record<string, number>> {
  const stored = await shop.stored();
  return Object.fromEntries(Object.entries(stored ?? {}).map(([name, records]) => [name, records.length]));
}
const state = (page: Page) => page.evaluate(() => window.reshelf.consent.get().personalize.state);

/** A shop that knows something of every kind. */
async function filled(shop: TestShop, page: Page): Promise<Record<string, number>> {
  await shop.visit('/');
  await shop.allow();
  await shop.browse('dress-green', 'shirt-green');
  await shop.visit('/');
  await shop.say();
  await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((done, fail) => {
      const opening = indexedDB.open('reshelf');
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => fail(opening.error);
    });
    const tx = db.transaction('trial', 'readwrite');
    tx.objectStore('trial').put({ slateId: 's', at: Date.now(), personal: ['dress-green'], shop: [] }, 's');
    await new Promise((done) => {
      tx.oncomplete = done;
    });
    db.close();
  });
  const full = await counts(shop);
  for (const name of BEHAVIOUR) expect(full[name], name).toBeGreaterThan(0);
  return full;
}

test('a refusal leaves nothing but itself: no database, no worker', async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  await page.evaluate(() =>
    window.reshelf.consent.set({ personalize: false }, { source: 'api', noticeId: 'n' }),
  );
  expect(await shop.stored()).toBeNull();
  expect(shop.requests.filter((one) => one.includes('worker'))).toEqual([]);
});

test('a pause and its end do not lengthen the yes, and a pause survives the visit', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await filled(shop, page);
  const at = () => page.evaluate(() => window.reshelf.consent.history()[0]?.basis.personalize?.at);
  const given = await at();
  await page.evaluate(() => window.reshelf.consent.pause());
  await shop.visit('/');
  expect(await state(page)).toBe('paused');
  await expect(page.getByRole('button', { name: 'Personal order: paused' })).toBeVisible();
  await page.evaluate(() => window.reshelf.consent.resume());
  expect(await state(page)).toBe('granted');
  expect(await at()).toBe(given);
});

test('a no finds a database whose answer the browser has lost, and empties it', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await filled(shop, page);
  await page.evaluate(() => localStorage.clear());
  await shop.visit('/');
  expect(await state(page)).toBe('default-off');
  await page.getByRole('button', { name: 'No thanks' }).click();
  await expect.poll(async () => (await counts(shop)).journal).toBe(0);
  for (const store of BEHAVIOUR) expect((await counts(shop))[store], store).toBe(0);
});

test('erasing the proof after a yes to contributing keeps contributing off; nothing else is remembered', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  const all = { personalize: true, contribute: true };
  await page.evaluate((yes) => window.reshelf.consent.set(yes, { source: 'api', noticeId: 'n' }), all);
  expect(await page.evaluate(() => window.reshelf.consent.get().contribute.state)).toBe('granted');
  await page.evaluate(() => window.reshelf.forget('proof'));
  const left = JSON.parse((await shop.choice()) ?? '{}');
  expect(left).toMatchObject({ receipts: [], terms: {} });
  expect(left.contributeOffUntil).toBeGreaterThan(Date.now());
  await page.evaluate((yes) => window.reshelf.consent.set(yes, { source: 'api', noticeId: 'n' }), all);
  expect(await page.evaluate(() => window.reshelf.consent.get())).toMatchObject({
    personalize: { state: 'granted' },
    contribute: { state: 'blocked', effective: false },
  });
});

for (const [days, expected, kept] of [
  [179, 'granted', true],
  [181, 'expired', true],
  [211, 'expired', false],
] as const)
  test(`${days} days after the yes: ${expected}, data ${kept ? 'kept' : 'gone'}, ${expected === 'granted' ? 'nothing' : 'once more'} asked`, async ({
    openShop,
    page,
  }) => {
    const shop = await openShop();
    await filled(shop, page);
    await page.clock.install({ time: Date.now() + days * 86_400_000 });
    await page.clock.resume();
    await shop.visit('/');
    await expect.poll(() => state(page)).toBe(expected);
    await expect(page.locator('reshelf-card')).toHaveCount(expected === 'granted' ? 0 : 1);
    if (kept) expect((await counts(shop)).profile).toBeGreaterThan(0);
    else await expect.poll(async () => (await counts(shop)).profile).toBe(0);
    if (expected === 'expired') expect(await shop.order()).toEqual(LISTED);
    if (!kept)
      expect(await page.evaluate(() => window.reshelf.consent.history()[0])).toMatchObject({
        source: 'expiry',
        answers: { personalize: 'expired' },
      });
  });

test('other terms ask once more and stop at once; other wording does not', async ({ openShop, page }) => {
  const { tagWith } = await import('../support/html.ts');
  let isNew = false;
  const { page: html, list } = await import('../support/html.ts');
  const { WARDROBE } = await import('../support/wardrobe.ts');
  const shop = await openShop({
    routes: (path) =>
      path === '/'
        ? html({
            title: 'T',
            tag: tagWith(
              isNew ? 'data-reshelf-keep="category recent"' : 'data-reshelf-notice-url="/other-words"',
            ),
            body: list(WARDROBE, 'json-ld'),
          })
        : undefined,
  });
  await shop.visit('/');
  await shop.allow();
  await shop.visit('/');
  expect(await state(page)).toBe('granted');
  isNew = true;
  await shop.visit('/');
  expect(await state(page)).toBe('stale');
  await expect(page.locator('reshelf-card')).toContainText('so we ask once more');
  expect(await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'a' }))).toBe(false);
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await expect.poll(() => state(page)).toBe('granted');
});

for (const where of ['on the page', 'on its root'] as const)
  test(`data-reshelf-private ${where}: off, whatever was answered, and nothing is shown`, async ({
    openShop,
    page,
  }) => {
    const { page: html, list, TAG } = await import('../support/html.ts');
    const { WARDROBE } = await import('../support/wardrobe.ts');
    const body = `${where === 'on the page' ? '<div data-reshelf-private></div>' : ''}${list(WARDROBE, 'json-ld')}`;
    const text = html({ title: 'P', tag: TAG, body }).replace(
      '<html',
      where === 'on its root' ? '<html data-reshelf-private' : '<html',
    );
    const shop = await openShop({ pages: { '/private': text } });
    await filled(shop, page);
    const before = await counts(shop);
    await shop.visit('/private');
    expect(await page.evaluate(() => window.reshelf.consent.get().personalize)).toEqual({
      state: 'blocked',
      effective: false,
      reason: 'merchant',
    });
    expect(await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-red' }))).toBe(
      false,
    );
    expect(await shop.order()).toEqual(LISTED);
    await expect(page.locator('reshelf-card, reshelf-launcher')).toHaveCount(0);
    expect(await counts(shop)).toEqual(before);
  });

test('withdrawing while the worker ranks: nothing moves, nothing is left', async ({ openShop, page }) => {
  const slow = workerWith(
    '{ const post = self.postMessage; let hold = false; addEventListener("message", ({ data }) => { hold = JSON.stringify(data).includes(\'"rank"\'); }, true); self.postMessage = (...args) => hold ? setTimeout(() => post.apply(self, args), 400) : post.apply(self, args); }',
  );
  let isSlow = false;
  const shop = await openShop({ files: { 'reshelf.worker.js': () => (isSlow ? slow : workerWith('')) } });
  await filled(shop, page);
  isSlow = true;
  await page.goto(`${shop.origin}/`);
  await page.waitForFunction(() => window.reshelf.consent.get().personalize.effective);
  await page.evaluate(() => window.reshelf.consent.withdraw());
  expect(await shop.order()).toEqual(LISTED);
  for (const store of BEHAVIOUR) expect((await counts(shop))[store], store).toBe(0);
  await page.evaluate(() => window.reshelf.ready);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 600)));
  expect(await shop.order()).toEqual(LISTED);
  expect(await shop.heard('diagnostic')).toEqual([]);
});

test('a tab that dies in the middle of the purge: a second tab resurrects nothing, the next start completes it', async ({
  openShop,
  page,
  context,
}) => {
  let isStuck = false;
  const stuck = workerWith(
    '',
    'addEventListener("message", (event) => { if (String(event.data.path) === "erase") event.stopImmediatePropagation(); }, true);',
  ).replace(
    /^/,
    'addEventListener("message", (event) => { if (String(event.data.path) === "erase") event.stopImmediatePropagation(); }, true);\n',
  );
  const shop = await openShop({ files: { 'reshelf.worker.js': () => (isStuck ? stuck : workerWith('')) } });
  await filled(shop, page);
  const other = await context.newPage();
  const otherShop = shop.inTab(other);
  await otherShop.visit('/');
  isStuck = true;
  await shop.visit('/');
  await page.evaluate(() => void window.reshelf.consent.withdraw().catch(() => {}));
  await expect.poll(async () => JSON.parse((await otherShop.choice()) ?? '{}').purgePending).toBe(true);
  await page.close({ runBeforeUnload: false }); // killed: the purge never ran
  expect((await otherShop.journal()).length).toBeGreaterThan(0);
  expect(await other.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-red' }))).toBe(
    false,
  );
  isStuck = false;
  await otherShop.visit('/');
  await expect.poll(async () => (await counts(otherShop)).journal).toBe(0);
  for (const store of BEHAVIOUR) expect((await counts(otherShop))[store], store).toBe(0);
  expect(JSON.parse((await otherShop.choice()) ?? '{}').purgePending).toBe(false);
});

test('a database of the release before is upgraded with everything in it', async ({ openShop, page }) => {
  const shop = await openShop();
  await page.goto(`${shop.origin}/missing`);
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('reshelf', 1);
        request.onupgradeneeded = () => {
          const db = request.result;
          const journal = db.createObjectStore('journal', { autoIncrement: true });
          journal.createIndex('by-kind-and-time', ['kind', 'at']);
          journal.createIndex('by-item', 'itemId');
          for (const name of ['profile', 'wishes', 'pseudonyms', 'grant']) db.createObjectStore(name);
          db.createObjectStore('receipts', { keyPath: 'id' });
          db.createObjectStore('audit', { autoIncrement: true });
          journal.add({
            kind: 'view',
            at: Date.now() - 1000,
            session: 7,
            itemId: 'dress-green',
            category: 'clothing > dress',
            colour: 'green',
            dwellMs: 9000,
          });
          request.transaction
            ?.objectStore('wishes')
            .add({ sizes: ['m'], favourites: [], muted: [] }, 'current');
        };
        request.onsuccess = () => resolve(request.result.close());
        request.onerror = () => reject(request.error);
      }),
  );
  await shop.visit('/');
  await shop.allow();
  expect(await shop.journal('view')).toHaveLength(1);
  expect(await page.evaluate(() => window.reshelf.wishes.get())).toMatchObject({ sizes: ['m'] });
  expect(Object.keys((await shop.stored()) ?? {})).toContain('adjustments');
  await page.evaluate(() =>
    window.reshelf.data({ kind: 'interest', interest: { facet: 'colour', value: 'green' }, act: 'more' }),
  );
  expect((await counts(shop)).adjustments).toBe(1);
  expect(shop.errors).toEqual([]);
});

test('a signal about sensitive goods is not kept', async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  await shop.allow();
  const kept = await page.evaluate(() =>
    Promise.all([
      window.reshelf.signal({ kind: 'view', item: { id: '1', category: 'Health > Pregnancy tests' } }),
      window.reshelf.signal({ kind: 'search', query: 'weight loss pills' }),
      window.reshelf.signal({
        kind: 'view',
        item: { id: '2', category: 'Dresses', title: 'Wine red dress' },
      }),
    ]),
  );
  expect(kept).toEqual([false, false, true]);
  expect(await shop.journal()).toHaveLength(1);
});
