import { page as html, list } from '../support/html.ts';
import { serve, type TestServer } from '../support/server.ts';
import { expect, LISTED, test } from '../support/shop.ts';
import { WARDROBE } from '../support/wardrobe.ts';

const HISTORY = ['skirt-white', 'jacket-white', 'skirt-white', 'skirt-white'];
const NONCE = 'r4nd0m';

/** Policies by which shops restrict scripts, and the rung that a script from another origin reaches under each. */
const POLICIES: Readonly<Record<string, 'worker/blob' | 'worker/in-page'>> = {
  '': 'worker/blob',
  "script-src 'self' CDN": 'worker/in-page',
  "script-src 'self' CDN; worker-src blob:": 'worker/blob',
  "script-src 'self' CDN; worker-src 'self' blob:": 'worker/blob',
  "script-src 'self' CDN; worker-src 'self' blob: CDN": 'worker/blob',
  "script-src 'nonce-r4nd0m' 'strict-dynamic'": 'worker/blob',
  "script-src 'nonce-r4nd0m' 'strict-dynamic'; worker-src blob:": 'worker/blob',
  "require-trusted-types-for 'script'": 'worker/blob',
  "require-trusted-types-for 'script'; trusted-types reshelf": 'worker/blob',
  "require-trusted-types-for 'script'; trusted-types other": 'worker/in-page',
  "default-src 'self' CDN": 'worker/in-page',
  "script-src 'self' CDN; child-src blob:": 'worker/blob',
  "script-src 'self' CDN; worker-src 'none'": 'worker/in-page',
  "script-src 'nonce-r4nd0m' 'strict-dynamic'; worker-src blob:; require-trusted-types-for 'script'":
    'worker/blob',
  "script-src 'nonce-r4nd0m' 'strict-dynamic'; require-trusted-types-for 'script'; trusted-types other":
    'worker/in-page',
  "script-src 'self' CDN; worker-src blob:; style-src 'self'": 'worker/blob',
};

/** The same for files on the shop's own origin, whose worker may be a file; `null` where that is the rung. */
const OWN_POLICIES: Readonly<Record<string, 'worker/blob' | 'worker/in-page' | null>> = {
  '': null,
  "script-src 'self'": null,
  "default-src 'self'": null,
  "script-src 'self'; worker-src 'self'": null,
  "script-src 'self'; worker-src blob:": 'worker/blob',
  "script-src 'self'; child-src blob:": 'worker/blob',
  "script-src 'self'; worker-src 'none'": 'worker/in-page',
  "script-src 'nonce-r4nd0m' 'strict-dynamic'": null,
  "script-src 'nonce-r4nd0m' 'strict-dynamic'; worker-src blob:": 'worker/blob',
  "script-src 'self'; require-trusted-types-for 'script'; trusted-types reshelf": null,
  "script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'": 'worker/in-page',
};

let cdn: TestServer;
test.beforeAll(async () => {
  cdn = await serve({ routes: {}, cors: true });
});
test.afterAll(() => cdn.close());

for (const [policy, rung] of Object.entries(POLICIES))
  test(`from another origin, under "${policy || 'no policy'}", lists are personal by ${rung}, and nothing is thrown`, async ({
    openShop,
    page,
  }) => {
    const tag = `<script nonce="${NONCE}" src="${cdn.origin}/reshelf/reshelf.js"></script>`;
    const headers = { 'content-security-policy': policy.replaceAll('CDN', cdn.origin) };
    const pages = { '/': html({ title: 'All', tag, body: list(WARDROBE, 'attributes') }) };
    const shop = await openShop({ pages, ...(policy === '' ? {} : { headers }) });
    await shop.visit('/');
    await shop.allow();
    expect(await shop.heard('diagnostic')).toEqual([{ code: rung }]);
    expect(await shop.tell(...HISTORY)).toEqual(HISTORY.map(() => true));
    await shop.visit('/');
    await expect.poll(() => shop.heard('reordered')).toHaveLength(1);
    const order = await page
      .locator('ul.products > li')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-reshelf-item')));
    expect(order).not.toEqual(LISTED);
    expect([...order].sort()).toEqual([...LISTED].sort());
    expect(shop.errors).toEqual([]);
  });

for (const [policy, rung] of Object.entries(OWN_POLICIES))
  test(`from the shop’s own origin, under "${policy || 'no policy'}", the head snippet and ${rung ?? 'the worker’s file'} work, and nothing is thrown`, async ({
    openShop,
    page,
  }) => {
    const tag = `<script nonce="${NONCE}" src="/reshelf/reshelf.boot.js"></script>`;
    const pages = { '/': html({ title: 'All', tag, body: list(WARDROBE, 'attributes') }) };
    const shop = await openShop({
      pages,
      ...(policy === '' ? {} : { headers: { 'content-security-policy': policy } }),
    });
    const visit = async () => {
      await page.goto(`${shop.origin}/`);
      await page.waitForFunction(() => window.reshelf !== undefined); // the head snippet loads it
      await page.evaluate(() => window.reshelf.ready);
    };
    await visit();
    await shop.allow();
    expect(await shop.heard('diagnostic')).toEqual(rung === null ? [] : [{ code: rung }]);
    await shop.tell(...HISTORY);
    await visit();
    await expect
      .poll(() =>
        page
          .locator('ul.products > li')
          .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-reshelf-item'))),
      )
      .not.toEqual(LISTED);
    expect(shop.errors).toEqual([]);
  });

test('from another origin without CORS the files come by script elements', async ({ openShop }) => {
  const plain = await serve({ routes: {} });
  const shop = await openShop({ tag: `<script src="${plain.origin}/reshelf/reshelf.js"></script>` });
  await shop.visit('/');
  await shop.allow();
  // card and panel are modules, which from another origin need CORS: that is told, and the lists are personal all the same
  expect(await shop.heard('diagnostic')).toEqual(
    expect.arrayContaining([{ code: 'worker/blob' }, { code: 'page/part-missing' }]),
  );
  expect(plain.requests).toContain('GET /reshelf/reshelf.lists.js');
  expect(shop.errors).toEqual([]);
  await plain.close();
});

test('a worker’s file that is missing is made good by the one inside, on the shop’s own origin too', async ({
  openShop,
}) => {
  const shop = await openShop({
    tag: '<script src="/reshelf/reshelf.js" data-reshelf-worker-src="/none.js"></script>',
  });
  await shop.visit('/');
  await shop.allow();
  expect(await shop.heard('diagnostic')).toEqual([{ code: 'worker/blob' }]);
  await shop.browse('skirt-white', 'skirt-white');
  await shop.visit('/');
  await expect.poll(() => shop.order()).not.toEqual(LISTED);
  expect(shop.errors).toEqual([]);
});

const STUB =
  '<script>window.reshelf=window.reshelf||function(){(reshelf.q=reshelf.q||[]).push(arguments)};</script>';

test('calls that come before the script are answered, and later ones by name too', async ({
  openShop,
  page,
}) => {
  const head = `${STUB}<script>reshelf('settings', { keep: 'recent', card: 'off' }); reshelf('consent.set', { personalize: true }, { source: 'api', noticeId: 'early' }); reshelf('signal', { kind: 'view', itemId: 'early-bird' });</script>`;
  const body = list(WARDROBE, 'json-ld');
  const shop = await openShop({
    pages: {
      '/': html({ title: 'All', head, tag: '<script async src="/reshelf/reshelf.js"></script>', body }),
    },
  });
  await page.goto(`${shop.origin}/`);
  await expect
    .poll(async () => (await shop.journal('view')).map(({ itemId }) => itemId))
    .toEqual(['early-bird']);
  await expect(page.locator('reshelf-card')).toHaveCount(0);
  await page.evaluate(() =>
    (window.reshelf as unknown as (...args: unknown[]) => void)('signal', { kind: 'cart', itemId: 'late' }),
  );
  await expect.poll(async () => (await shop.journal('cart')).map(({ itemId }) => itemId)).toEqual(['late']);
  expect(await page.evaluate(() => window.reshelf.consent.history()[0]?.notice.id)).toBe('early');
  expect(shop.errors).toEqual([]);
});

test('settings can be JSON on the page, for tag managers that strip attributes', async ({
  openShop,
  page,
}) => {
  const head =
    '<script type="application/json" data-reshelf-settings>{ "workerSrc": "/reshelf/reshelf.worker.js?v=7", "card": "off", "maxShift": 2 }</script>';
  const body = list(WARDROBE, 'json-ld');
  const shop = await openShop({
    pages: { '/': html({ title: 'All', head, tag: '<script src="/reshelf/reshelf.js"></script>', body }) },
  });
  await shop.visit('/');
  await expect(page.locator('reshelf-card')).toHaveCount(0);
  await shop.allow();
  expect(shop.requests).toContain('GET /reshelf/reshelf.worker.js?v=7');
});

test('a tag manager’s copy of the tag works: inserted by script, without attributes, settings by calls', async ({
  openShop,
  page,
}) => {
  const late = `${STUB}<script>reshelf('settings', { card: 'off', maxShift: 2 }); addEventListener('load', () => { const tag = document.createElement('script'); tag.src = '/reshelf/reshelf.js'; document.head.append(tag); });</script>`;
  const shop = await openShop({
    pages: { '/': html({ title: 'All', head: late, body: list(WARDROBE, 'json-ld') }) },
  });
  await page.goto(`${shop.origin}/`);
  await page.waitForFunction(() => 'ready' in window.reshelf);
  await page.evaluate(() => window.reshelf.ready);
  await shop.allow();
  await expect(page.locator('reshelf-card')).toHaveCount(0);
  expect(await page.evaluate(() => window.reshelf.consent.get().personalize.effective)).toBe(true);
  expect(shop.errors).toEqual([]);
});

for (const script of ['reshelf.js', 'reshelf.boot.js'])
  test(`a version that the shop appends to the address of ${script} goes for every file`, async ({
    openShop,
    page,
  }) => {
    const shop = await openShop({ tag: `<script src="/reshelf/${script}?v=1764"></script>` });
    await shop.visit('/');
    await expect(page.locator('reshelf-card')).toHaveCount(1);
    await shop.allow();
    await shop.browse('skirt-white', 'skirt-white');
    await page.evaluate(() => window.reshelf.privacy.open());
    await expect(page.locator('reshelf-panel')).toHaveCount(1);
    const files = shop.requests.filter((request) => request.includes('/reshelf/'));
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((request) => !request.endsWith('.js?v=1764'))).toEqual([]);
    expect(shop.errors).toEqual([]);
  });

test('?reshelf=off leaves nothing running', async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  await shop.allow();
  await shop.browse('skirt-white', 'skirt-white');
  await shop.visit('/?reshelf=off');
  expect(await page.evaluate(() => window.reshelf)).toBeUndefined();
  expect(await shop.order()).toEqual(LISTED);
  expect(shop.requests.filter((request) => request.includes('lists.js')).length).toBeGreaterThan(0);
  const before = shop.requests.length;
  await shop.visit('/?reshelf=off');
  expect(shop.requests.slice(before)).toEqual(['GET /?reshelf=off', 'GET /reshelf/reshelf.js']);
  expect(shop.errors).toEqual([]);
});
