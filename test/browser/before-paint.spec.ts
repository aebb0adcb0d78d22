import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { goods } from '../pages/goods.ts';
import { shopify } from '../pages/shopify.ts';
import { woocommerce } from '../pages/woocommerce.ts';
import { BOOT, TAG } from '../support/html.ts';
import { inPieces } from '../support/in-pieces.ts';
import { expect, type ShopOptions, type TestShop, test, untilReady, workerWith } from '../support/shop.ts';
import { type Watched, watchedOn, watchSlots } from '../support/swap-probe.ts';

const GOODS = goods(48);
const CARDS = '#product-grid > li';

/** A shopper with a history that moves this list, and with a head snippet that has seen it. */
async function openKnown(
  openShop: (options?: ShopOptions) => Promise<TestShop>,
  page: Page,
  { head = BOOT, options = {} }: { readonly head?: string; readonly options?: Partial<ShopOptions> } = {},
): Promise<TestShop> {
  const html = shopify.page({ head, goods: GOODS });
  const shop = await openShop({
    pages: { '/collections/home': html },
    streams: { '/streamed': inPieces(html) },
    ...options,
  });
  await shop.visit('/collections/home');
  await shop.allow();
  await page.evaluate(
    async (seen) => {
      for (const item of seen) await window.reshelf.signal({ kind: 'view', item, dwellMs: 20_000 });
    },
    [20, 33, 20, 41, 33].flatMap((index) => {
      const good = GOODS[index];
      return good === undefined ? [] : [{ id: good.id, title: good.title, price: good.price }];
    }),
  );
  for (const path of ['/collections/home', '/streamed']) {
    await shop.visit(path); // the worker thinks of the next visit
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem('reshelf:snapshot') !== null))
      .toBe(true);
  }
  return shop;
}

async function settled(page: Page): Promise<Watched> {
  await untilReady(page);
  await page.waitForTimeout(700); // whatever wants to move late, may
  return watchedOn(page);
}

const PROMO = '/pages/spring';
const shopsFirst = GOODS.map(({ handle }) => `/products/${handle}`);

for (const [how, path] of [
  ['in one piece', '/collections/home'],
  ['streamed in six pieces', '/streamed'],
] as const)
  for (const width of [1350, 390])
    test(`a page known before, ${how}, ${width} px wide, shows the personal order in its first frame and never changes`, async ({
      openShop,
      page,
    }) => {
      await page.setViewportSize({ width, height: 850 });
      const shop = await openKnown(openShop, page);
      const client = await page.context().newCDPSession(page);
      if (width === 390) await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      await watchSlots(page, CARDS);
      await page.goto(`${shop.origin}${path}`);
      const seen = await settled(page);
      expect(seen.first.length).toBeGreaterThan(3);
      expect(shopsFirst.slice(0, 3)).not.toContain(seen.first[0]);
      expect(seen.last).toEqual(seen.first);
      expect(seen.swaps).toBe(0);
      expect(seen.shift).toBe(0);
      expect(await shop.heard('reordered')).toHaveLength(1);
      expect(shop.errors).toEqual([]);

      await page.reload(); // the same list in the same visit
      const again = await settled(page);
      expect(again.first).toEqual(seen.last);
      expect(again.swaps).toBe(0);
    });

const COLD: Readonly<
  Record<string, { readonly head: string; readonly path: string; readonly isSlow?: boolean }>
> = {
  'the script in the head': { head: TAG, path: '/collections/home' },
  'a deferred script': { head: TAG.replace('<script', '<script defer'), path: '/collections/home' },
  'an async script': { head: TAG.replace('<script', '<script async'), path: '/collections/home' },
  'a streamed page': { head: TAG, path: '/streamed' },
  'an async script on a streamed page': {
    head: TAG.replace('<script', '<script async'),
    path: '/streamed',
  },
  'a deferred script on a streamed page': {
    head: TAG.replace('<script', '<script defer'),
    path: '/streamed',
  },
  'a slow worker': { head: TAG, path: '/collections/home', isSlow: true },
};
for (const [what, { head, path, isSlow = false }] of Object.entries(COLD))
  test(`without the head snippet nothing in view changes, what nobody has seen may: ${what}`, async ({
    openShop,
    page,
  }) => {
    const late = async () => {
      await new Promise((done) => setTimeout(done, 900));
      return workerWith('');
    };
    const options = isSlow ? { files: { 'reshelf.worker.js': late } } : {};
    const shop = await openKnown(openShop, page, { head, options });
    await watchSlots(page, CARDS);
    await page.goto(`${shop.origin}${path}`);
    await expect.poll(() => shop.heard('reordered')).toHaveLength(1);
    const seen = await settled(page);
    const inView = seen.first.filter((href) => href !== PROMO); // one card, where a busy machine paints that early
    expect(inView.length).toBeGreaterThan(0);
    expect(inView).toEqual(shopsFirst.slice(0, inView.length));
    expect(seen.last.slice(0, seen.first.length)).toEqual(seen.first);
    expect(seen.swaps).toBe(0);
    expect(seen.shift).toBe(0);
    const all = await page
      .locator(`${CARDS} a[id^="CardLink"]`)
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(all).not.toEqual(shopsFirst); // the test would prove nothing if nothing moved
    expect([...all].sort()).toEqual([...shopsFirst].sort());
  });

test('control: the probe sees cards that are all taken out and put back, which a shift score does not', async ({
  openShop,
  page,
}) => {
  const late = `<script>addEventListener('load', () => setTimeout(() => { const list = document.querySelector('#product-grid'); const cards = [...list.children].reverse(); list.replaceChildren(...cards); }, 300));</script>`;
  const shop = await openShop({ pages: { '/': shopify.page({ head: late, goods: GOODS }) } });
  await watchSlots(page, CARDS);
  await page.goto(`${shop.origin}/`);
  const seen = await settled(page);
  expect(seen.swaps).toBeGreaterThan(3);
  expect(seen.shift).toBeLessThan(0.01);
});

test('control: an inline script after a streamed list swaps what was painted', async ({ openShop, page }) => {
  const pieces = inPieces(shopify.page({ goods: GOODS }));
  const end = `<script>{ const list = document.querySelector('#product-grid'); list.append(...[...list.children].reverse()); }</script>`;
  const last = (pieces.at(-1) ?? '').replace('</ul></div></div>', `</ul>${end}</div></div>`);
  const shop = await openShop({ streams: { '/': [...pieces.slice(0, -1), last] } });
  await watchSlots(page, CARDS);
  await page.goto(`${shop.origin}/`);
  expect((await settled(page)).swaps).toBeGreaterThan(3);
});

/** Bytes after gzip of Reshelf's files that a page had asked for when its first frame was made. */
async function bytesBeforePaint(page: Page, address: string): Promise<number> {
  await page.addInitScript(() =>
    requestAnimationFrame(() => Object.assign(window, { firstFrame: performance.now() })),
  );
  await page.goto(address);
  await page.waitForFunction(() => window.reshelf !== undefined);
  const early = await page.evaluate(() => {
    const { firstFrame } = window as unknown as { firstFrame: number };
    return performance
      .getEntriesByType('resource')
      .filter(({ name, startTime }) => name.includes('/reshelf/') && startTime < firstFrame)
      .map(({ name }) => new URL(name).pathname.replace('/reshelf/', ''));
  });
  return early.reduce((sum, name) => sum + gzipSync(readFileSync(`dist/${name}`), { level: 9 }).length, 0);
}

test('before the first paint a page loads the head snippet and nothing else, known before or not', async ({
  openShop,
  page,
}) => {
  const address = (shop: TestShop) => `${shop.origin}/collections/home`;
  const fresh = await openShop({
    pages: { '/collections/home': shopify.page({ head: BOOT, goods: GOODS }) },
  });
  const cold = await bytesBeforePaint(page, address(fresh));
  const known = await openKnown(openShop, page);
  const warm = await bytesBeforePaint(page, address(known));
  for (const bytes of [cold, warm]) {
    expect(bytes).toBeGreaterThan(1000); // the snippet itself was counted
    expect(bytes).toBeLessThanOrEqual(2500);
  }
  const plain = await openShop({ pages: { '/collections/home': shopify.page({ head: TAG, goods: GOODS }) } });
  expect(await bytesBeforePaint(page, address(plain))).toBeGreaterThan(2500); // the control: it can be told
});

test('no file of the page holds tensors; the trainer, which nothing but a worker loads, does', () => {
  const isTensor = /tensorflow|tfjs|Float32Tensor|registerKernel|backend.{0,20}cpu/i;
  const files = readdirSync('dist').filter((name) => name.startsWith('reshelf.') && name.endsWith('.js'));
  const withTensors = files.filter((name) => isTensor.test(readFileSync(`dist/${name}`, 'utf8')));
  expect(withTensors).toEqual(['reshelf.trainer.js']);
});

test('a first visit hides nothing and writes nothing', async ({ openShop, page }) => {
  const shop = await openShop({ pages: { '/': shopify.page({ head: BOOT, goods: GOODS }) } });
  await watchSlots(page, CARDS);
  await page.goto(`${shop.origin}/`);
  const seen = await settled(page);
  expect(seen.first.slice(0, 2)).toEqual(shopsFirst.slice(0, 2));
  expect(seen.swaps).toBe(0);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
});

test('the snapshot is small, says no product, no address and no word, and goes with a withdrawal', async ({
  openShop,
  page,
}) => {
  const shop = await openKnown(openShop, page);
  const text = (await page.evaluate(() => localStorage.getItem('reshelf:snapshot'))) ?? '';
  expect(text.length).toBeLessThanOrEqual(4096);
  for (const { id, handle, title } of GOODS)
    for (const word of [id, handle, title]) expect(text).not.toContain(word);
  expect(text).not.toContain('collections');
  await page.evaluate(() => window.reshelf.forget('all'));
  expect(await page.evaluate(() => localStorage.getItem('reshelf:snapshot'))).toBeNull();
  await shop.visit('/collections/home');
  await page.evaluate(() => window.reshelf.consent.withdraw());
  expect(await page.evaluate(() => localStorage.getItem('reshelf:snapshot'))).toBeNull();
  await watchSlots(page, CARDS);
  await page.goto(`${shop.origin}/collections/home`);
  const seen = await settled(page);
  const first = seen.first.slice(0, 5); // fewer where a busy machine paints before all of them have come
  expect(first.length).toBeGreaterThan(0);
  expect(first).toEqual(shopsFirst.slice(0, first.length));
  expect(seen.last.slice(0, 5)).toEqual(shopsFirst.slice(0, 5));
  expect(seen.swaps).toBe(0);
});

test('undo after the head snippet gives the shop’s order back, node for node', async ({ openShop, page }) => {
  const html = woocommerce.page({ head: BOOT, goods: GOODS });
  const shop = await openKnown(openShop, page, {
    options: { pages: { '/collections/home': html }, streams: { '/streamed': [html] } },
  });
  await shop.visit('/collections/home');
  const order = () =>
    page
      .locator('ul.products > li')
      .evaluateAll((cards) =>
        cards.map(({ classList, textContent }) => `${[...classList].sort().join(' ')} ${textContent}`),
      );
  const personal = await order();
  await page.evaluate(() => window.reshelf.undo());
  const back = await order();
  expect(back).not.toEqual(personal);
  const plain = await shop.inTab(page).stored(); // the database is still there: undo is no withdrawal
  expect(plain).not.toBeNull();
  await page.goto(`${shop.origin}/collections/home?reshelf=off`);
  expect(await order()).toEqual(back);
  expect(await page.evaluate(() => window.reshelf)).toBeUndefined();
});
