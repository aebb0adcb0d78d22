import type { Page } from '@playwright/test';
import { MOST_EARLY } from '../../src/core/order-snapshot.ts';
import { goods } from '../pages/goods.ts';
import { PROMO_AT } from '../pages/platform.ts';
import { shopify } from '../pages/shopify.ts';
import { BOOT } from '../support/html.ts';
import { inPieces } from '../support/in-pieces.ts';
import { createLatch } from '../support/latch.ts';
import { placesOf, shopsPlaces } from '../support/liked-shop.ts';
import { expect, type ShopOptions, type TestShop, test, untilReady } from '../support/shop.ts';
import { type Watched, watchedOn, watchSlots } from '../support/swap-probe.ts';

test.setTimeout(240_000); // a thousand cards on a busy machine

const THOUSAND = goods(1000);
const FEW = THOUSAND.slice(0, 48);
const CARDS = '#product-grid > li';
const bootWith = (attributes: string) => BOOT.replace('></script>', ` ${attributes}></script>`);

/** Goes to a page, and waits until all that Reshelf does on it has been done. */
async function go(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await done(page);
}
async function done(page: Page): Promise<void> {
  await untilReady(page);
  await page.evaluate(
    () => new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame))),
  );
}

/** Two long looks at each of these. */
const look = (page: Page, ...places: readonly number[]) =>
  page.evaluate(
    async (seen) => {
      for (const item of [...seen, ...seen])
        await window.reshelf.signal({ kind: 'view', item, dwellMs: 20_000 });
    },
    places.flatMap((place) => THOUSAND[place] ?? []).map(({ id, title, price }) => ({ id, title, price })),
  );

const snapshotOf = (page: Page, name = 'reshelf') =>
  page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? 'null'), `${name}:snapshot`);

/** A shop whose visitor has looked at some products, and whose head snippet knows what to do. */
async function openKnown(
  openShop: (options?: ShopOptions) => Promise<TestShop>,
  page: Page,
  options: ShopOptions,
  looked: readonly number[],
  path = '/',
  name = 'reshelf',
): Promise<TestShop> {
  const shop = await openShop(options);
  await go(page, `${shop.origin}${path}`);
  await shop.allow();
  await look(page, ...looked);
  await go(page, `${shop.origin}${path}`);
  await expect.poll(async () => (await snapshotOf(page, name))?.weights !== undefined).toBe(true);
  return shop;
}

async function watched(page: Page, address: string): Promise<Watched> {
  await watchSlots(page, CARDS);
  await go(page, address);
  return watchedOn(page);
}

const thousandPages = (): ShopOptions => {
  const html = shopify.page({ head: BOOT, goods: THOUSAND });
  return { pages: { '/': html }, streams: { '/streamed': inPieces(html) } };
};
const SHOPS = shopsPlaces(THOUSAND, PROMO_AT);

for (const [how, path] of [
  ['in one piece', '/'],
  ['streamed in six pieces', '/streamed'],
] as const)
  test(`of a thousand products, ${how}, the first are in the personal order from the first frame on, and nothing ever moves`, async ({
    openShop,
    page,
  }) => {
    const shop = await openKnown(openShop, page, thousandPages(), [20, 33, 41, 700], path);
    const seen = await watched(page, `${shop.origin}${path}`);
    const first = await placesOf(page, '#product-grid');
    expect(SHOPS.slice(0, 3)).not.toContain(seen.first[0]);
    expect(seen.last).toEqual(seen.first);
    expect(seen.swaps).toBe(0);
    expect(seen.shift).toBe(0);
    expect(first.slice(0, MOST_EARLY)).not.toEqual(SHOPS.slice(0, MOST_EARLY));
    expect([...first.slice(0, MOST_EARLY)].sort()).toEqual([...SHOPS.slice(0, MOST_EARLY)].sort());
    expect(first.slice(MOST_EARLY)).toEqual(SHOPS.slice(MOST_EARLY)); // what was liked there, too, stays where it is
    for (const pinned of [PROMO_AT, SHOPS.indexOf(`/products/${THOUSAND[4]?.handle}`)]) // a tile, and what is sold out
      expect(first[pinned]).toBe(SHOPS[pinned]);

    await page
      .locator(CARDS)
      .nth(MOST_EARLY + 40)
      .scrollIntoViewIfNeeded();
    await look(page, 7, 29); // learned in between
    await page.reload();
    await done(page);
    expect(await placesOf(page, '#product-grid')).toEqual(first);
    await page.evaluate(() => window.reshelf.undo());
    expect(await placesOf(page, '#product-grid')).toEqual(SHOPS);
    expect(shop.errors).toEqual([]);
  });

test('a long list shows as soon as the places that can change have come; what comes later stays behind when it is undone', async ({
  openShop,
  page,
}) => {
  const shop = await openKnown(openShop, page, thousandPages(), [20, 33, 41], '/streamed');
  await page.route('**/reshelf.js', (route) => route.abort()); // the snippet alone
  await page.addInitScript((cards) => {
    const wait = (): void => {
      const [first] = document.querySelectorAll<HTMLElement>(cards);
      if (first === undefined || first.offsetHeight === 0) requestAnimationFrame(wait);
      else Object.assign(window, { cardsAtFirst: document.querySelectorAll(cards).length });
    };
    wait();
  }, CARDS);
  await page.goto(`${shop.origin}/streamed`);
  const atFirst = await page.evaluate(() => (window as unknown as { cardsAtFirst: number }).cardsAtFirst);
  expect(atFirst).toBeGreaterThan(MOST_EARLY);
  expect(atFirst).toBeLessThan(SHOPS.length);
  const places = await placesOf(page, '#product-grid');
  expect(places).not.toEqual(SHOPS);
  expect(places.slice(MOST_EARLY)).toEqual(SHOPS.slice(MOST_EARLY));
  await page.evaluate(() => Reflect.get(window, Symbol.for('reshelf')).boot.undo());
  expect(await placesOf(page, '#product-grid')).toEqual(SHOPS);
});

test('of a thousand products, what the worker brought up from far below stands there again on a reload, from the first frame on', async ({
  openShop,
  page,
}) => {
  const shop = await openKnown(openShop, page, thousandPages(), [700, 801]);
  await page.addInitScript(() => {
    if (sessionStorage.getItem('seen') === null) localStorage.removeItem('reshelf:snapshot'); // once only the worker can order
    sessionStorage.setItem('seen', 'yes');
  });
  await go(page, `${shop.origin}/`);
  await expect.poll(async () => (await snapshotOf(page))?.orders.length).toBe(1);
  const first = await placesOf(page, '#product-grid');
  expect(first.slice(0, 4)).toEqual(SHOPS.slice(0, 4)); // never into view
  expect(first.slice(0, MOST_EARLY).some((link) => SHOPS.indexOf(link) > 500)).toBe(true);
  await watchSlots(page, CARDS);
  await page.reload();
  await done(page);
  expect(await placesOf(page, '#product-grid')).toEqual(first);
  const seen = await watchedOn(page);
  expect(seen.swaps).toBe(0);
  expect(seen.shift).toBe(0);
  await go(page, `${shop.origin}/?again`); // the control: by a link, without what is remembered of it
  expect(await placesOf(page, '#product-grid')).not.toEqual(first);
  expect(shop.errors).toEqual([]);
});

test('the snippet orders by the answer and the snapshot of the shop that its tag names, and by no other’s', async ({
  openShop,
  page,
}) => {
  const pageOf = (shop: string) =>
    shopify.page({ head: bootWith(`data-reshelf-shop="${shop}"`), goods: FEW });
  const pages = { '/shop-a/': pageOf('/shop-a'), '/shop-b/': pageOf('/shop-b') };
  const shop = await openKnown(openShop, page, { pages }, [20, 33, 41], '/shop-a/', 'reshelf/shop-a');
  const own = shopsPlaces(FEW, PROMO_AT);
  const there = await watched(page, `${shop.origin}/shop-a/`);
  expect(own.slice(0, 3)).not.toContain(there.first[0]);
  expect(there.swaps).toBe(0);
  const personal = await placesOf(page, '#product-grid');

  await go(page, `${shop.origin}/shop-b/`); // where nobody has answered
  expect(await placesOf(page, '#product-grid')).toEqual(own);
  const names = () => page.evaluate(() => Object.keys(localStorage).sort());
  expect((await names()).filter((name) => !name.startsWith('reshelf/shop-a:'))).toEqual([]);
  await shop.allow(); // and where nothing is known
  await go(page, `${shop.origin}/shop-b/`);
  expect(await placesOf(page, '#product-grid')).toEqual(own);
  expect((await snapshotOf(page, 'reshelf/shop-b'))?.weights).toBeUndefined();
  expect(await page.evaluate(() => localStorage.getItem('reshelf:snapshot'))).toBeNull();

  await page.evaluate(() => window.reshelf.consent.withdraw()); // of the second shop alone
  expect(await snapshotOf(page, 'reshelf/shop-b')).toBeNull();
  await go(page, `${shop.origin}/shop-a/`);
  expect(await placesOf(page, '#product-grid')).toEqual(personal);
  expect(shop.errors).toEqual([]);
});

test('within data-reshelf-max-shift nothing stands further from its own place before the first paint, nor on a reload', async ({
  openShop,
  page,
}) => {
  const most = 3;
  const pages = {
    '/': shopify.page({ head: bootWith(`data-reshelf-max-shift="${most}"`), goods: FEW }),
  };
  const shop = await openKnown(openShop, page, { pages }, [20, 33, 41]);
  const own = shopsPlaces(FEW, PROMO_AT);
  expect((await snapshotOf(page)).maxShift).toBe(most);
  const seen = await watched(page, `${shop.origin}/`);
  expect(seen.swaps).toBe(0);
  const first = await placesOf(page, '#product-grid');
  expect(first).not.toEqual(own);
  expect([...first].sort()).toEqual([...own].sort());
  first.forEach((link, place) => {
    expect(Math.abs(own.indexOf(link) - place)).toBeLessThanOrEqual(most);
  });
  await page.reload();
  await done(page);
  expect(await placesOf(page, '#product-grid')).toEqual(first);
  expect(shop.errors).toEqual([]);
});

test('the script starts when the lists that the snippet orders are there; where nothing is remembered it does not wait', async ({
  openShop,
  page,
}) => {
  const html = shopify.page({ head: BOOT, goods: FEW });
  const held = html.replace('</body>', '<script src="/end.js"></script></body>');
  const shop = await openKnown(
    openShop,
    page,
    { pages: { '/': html, '/held': held } },
    [20, 33, 41],
    '/held',
  );
  const end = createLatch();
  const hold = (tab: Page) =>
    tab.route('**/end.js', async (route) => {
      await end.opened;
      await route.fulfill({ contentType: 'text/javascript', body: '' });
    });
  const state = (tab: Page) =>
    tab.evaluate(() => [document.readyState, Object(window.reshelf).ready !== undefined] as const);
  const context = await page.context().browser()?.newContext();
  const stranger = await context?.newPage();
  if (stranger === undefined) throw new Error('no second browser profile');
  for (const tab of [stranger, page]) {
    await hold(tab);
    await tab.goto(`${shop.origin}/held`, { waitUntil: 'commit' });
    await tab.waitForFunction(() => Symbol.for('reshelf') in window); // the snippet has run
    await tab.evaluate("import('/reshelf/reshelf.js').then(() => {})"); // the same module: it has run, too
  }
  await expect.poll(() => state(stranger)).toEqual(['loading', true]);
  expect(await state(page)).toEqual(['loading', false]);
  expect(await placesOf(page, '#product-grid')).not.toEqual(shopsPlaces(FEW, PROMO_AT)); // in order already
  end.open();
  await untilReady(page);
  expect(await state(page)).toEqual(['complete', true]);
  await context?.close();
});

test('places that a script of the page pins while the list arrives stay where they are', async ({
  openShop,
  page,
}) => {
  const html = shopify.page({ head: BOOT, goods: FEW });
  const end = `<script>document.querySelectorAll('${CARDS}').forEach((card, place) => { if (place < 3) card.setAttribute('data-reshelf-pin', ''); })</script>`;
  const at = html.lastIndexOf('</li>', html.indexOf('</ul>', html.indexOf('id="product-grid"'))) + 5;
  const marked = html.slice(0, at) + end + html.slice(at);
  const shop = await openKnown(openShop, page, { pages: { '/': html, '/marked': marked } }, [20, 33, 41]);
  const shops = shopsPlaces(FEW, PROMO_AT);
  await page.route('**/reshelf.js', (route) => route.abort()); // the snippet alone
  await page.goto(`${shop.origin}/`);
  expect((await placesOf(page, '#product-grid'))[0]).not.toBe(shops[0]);
  await page.goto(`${shop.origin}/marked`);
  const shown = await placesOf(page, '#product-grid');
  expect(shown.slice(0, 3)).toEqual(shops.slice(0, 3));
  expect(shown).not.toEqual(shops);
});
