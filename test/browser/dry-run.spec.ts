import type { Page } from '@playwright/test';
import { goods } from '../pages/goods.ts';
import { PROMO_AT, SPONSORED_AT } from '../pages/platform.ts';
import { shopify } from '../pages/shopify.ts';
import { TAG, tagWith } from '../support/html.ts';
import { expect, test } from '../support/shop.ts';

const GOODS = goods(16);
const SOLD_OUT_AT = GOODS.findIndex(({ isSoldOut }) => isSoldOut);
const at = (place: number) => place + (place >= PROMO_AT ? 1 : 0);
const PAGES = Object.fromEntries(
  (['on', 'off'] as const).map((card) => [
    `/${card}`,
    shopify.page({
      goods: GOODS,
      head: tagWith(`data-reshelf-card="${card}" data-reshelf-pin-selector="#product-grid > :nth-child(2)"`),
    }),
  ]),
);
const SORTED = shopify.page({ goods: GOODS, head: TAG });

const frames = (page: Page) => page.locator('reshelf-debug .frame');
/** The list with its cards as they stand, and all that is kept. */
const state = (page: Page) =>
  page.evaluate(async () => ({
    list: document.querySelector('#product-grid')?.outerHTML,
    databases: (await indexedDB.databases()).length,
    kept: [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await caches.keys())],
    cookie: document.cookie,
  }));

for (const card of ['on', 'off'] as const)
  test(`before a grant ?reshelf-debug shows what would move and what stays, and does nothing else: card ${card}`, async ({
    openShop,
    page,
  }) => {
    const shop = await openShop({ pages: PAGES });
    await page.goto(`${shop.origin}/${card}?reshelf=off`);
    const before = await state(page);
    expect(before).toMatchObject({ databases: 0, kept: [], cookie: '' });
    shop.requests.length = 0;
    await shop.visit(`/${card}?reshelf-debug`);
    await expect(frames(page)).toHaveCount(GOODS.length + 1);
    const labels = await frames(page).locator('summary').allTextContents();
    expect(labels[0]).toMatch(/^may move → place \d+product 95 %, id 95 %no category$/);
    expect(labels[1]).toContain('stays: pinned by the shop');
    expect(labels[SPONSORED_AT]).toContain('stays: sponsored');
    expect(labels[PROMO_AT]).toMatch(/^stays: promo/);
    expect(labels[at(SOLD_OUT_AT)]).toContain('stays: out of stock');
    expect(labels.filter((label) => label.startsWith('may move'))).toHaveLength(GOODS.length - 3);
    const summary = page.locator('reshelf-debug .summary');
    for (const said of [
      'nothing is moved, kept or sent',
      'ul#product-grid',
      'theme (95 %)',
      'node moves: no framework',
      '13 of 17 places',
      '1 pinned by the shop, 1 sponsored',
      'brand “',
    ])
      await expect(summary).toContainText(said);
    await frames(page).nth(3).locator('summary').click();
    const read = frames(page).nth(3).locator('dl');
    await expect(read).toContainText(`${GOODS[3]?.title} (`);
    const facts = await read.locator('dd').allTextContents();
    expect(await read.locator('dt').allTextContents()).toEqual(
      expect.arrayContaining(['id', 'title', 'price', 'brand', 'image', 'handle', 'stock', 'slot']),
    );
    for (const fact of facts.filter((text) => !text.includes('in the example')))
      expect(fact, 'each with its confidence').toMatch(/ \(\d+ %\)$/);

    expect(await state(page)).toEqual(before);
    const files = shop.requests.filter((request) => request.includes('/reshelf'));
    expect(files.sort()).toEqual(
      [
        'GET /reshelf/reshelf.debug.js',
        'GET /reshelf/reshelf.js',
        ...(card === 'on' ? ['GET /reshelf/reshelf.ask.js'] : []),
      ].sort(),
    );
    expect(shop.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
    expect(await page.locator('reshelf-card').count()).toBe(card === 'on' ? 1 : 0);
    expect(shop.errors).toEqual([]);
  });

test('the labels stand on their cards, and the cards can be clicked', async ({ openShop, page }) => {
  const shop = await openShop({ pages: PAGES });
  await shop.visit('/off?reshelf-debug');
  const boxOf = async (one: ReturnType<Page['locator']>) => {
    const box = await one.boundingBox();
    return box && [box.x, box.y, box.width, box.height].map(Math.round);
  };
  for (const place of [0, SPONSORED_AT, 9])
    await expect
      .poll(() => boxOf(frames(page).nth(place)))
      .toEqual(await boxOf(page.locator('#product-grid > li').nth(place)));
  await page.locator('#product-grid > li').nth(8).locator('a:visible').first().click();
  await expect(page).toHaveURL(new RegExp(`/products/${GOODS[7]?.handle}$`));
});

test('an order that the shopper chose is told, and then everything stays', async ({ openShop, page }) => {
  const shop = await openShop({ pages: { [shopify.path]: SORTED } });
  await shop.visit(`${shopify.path}?sort_by=price-ascending&reshelf-debug`);
  await expect(page.locator('reshelf-debug .summary')).toContainText('the shopper’s: nothing moves');
  await expect(page.locator('reshelf-debug [data-code="sorted"]')).toBeVisible();
  await expect(frames(page).filter({ hasText: 'may move' })).toHaveCount(0);
});

test('facets bring new cards, and they are looked at too', async ({ openShop, page }) => {
  const shop = await openShop({ pages: PAGES });
  await shop.visit('/off?reshelf-debug');
  await expect(frames(page)).toHaveCount(GOODS.length + 1);
  await page.evaluate(() => {
    const list = document.querySelector('#product-grid');
    for (const card of [...(list?.children ?? [])].slice(9)) card.remove();
  });
  await expect(frames(page)).toHaveCount(9);
});

test('after a grant each place tells why, what was read and how sure it is, and the bar opens to what was found', async ({
  openShop,
  page,
}) => {
  const shop = await openShop({ pages: PAGES });
  await shop.visit('/off?reshelf-debug');
  await shop.allow();
  const badges = page.locator('reshelf-debug .badge');
  await expect(badges).toHaveCount(GOODS.length + 1);
  await expect(badges.filter({ hasText: 'stays: sponsored' })).toHaveCount(1);
  await expect(badges.filter({ hasText: 'stays: promo' })).toHaveCount(1);
  const moving = badges.filter({ hasText: '→' }).first();
  await moving.locator('summary').click();
  for (const fact of ['id', 'price', 'stock', 'slot']) await expect(moving.locator('dl')).toContainText(fact);
  await expect(moving.locator('dl')).toContainText('product (95 %)');
  const bar = page.locator('reshelf-debug .bar');
  await expect(bar.locator('dl').first()).toBeHidden();
  await bar.locator('summary').click();
  for (const said of [
    'ul#product-grid',
    'theme (95 %)',
    '13 of 17 places',
    '1 pinned by the shop, 1 sponsored',
  ])
    await expect(bar).toContainText(said);
  await expect(bar).not.toContainText('example');
  await page.evaluate(() => {
    for (const card of document.querySelectorAll('#product-grid [data-product-price], #product-grid .price'))
      card.remove();
    document.querySelector('#product-grid > li')?.remove();
  });
  await expect(bar.locator('[data-code="no-prices"]')).toBeVisible(); // what to mend, as the page is now
  expect(shop.errors).toEqual([]);
});

test('with a grant the dry run gives way to what was done, and a withdrawal brings it back', async ({
  openShop,
  page,
}) => {
  const shop = await openShop({ pages: PAGES });
  await shop.visit('/off?reshelf-debug');
  await expect(frames(page)).toHaveCount(GOODS.length + 1);
  await shop.allow();
  await expect(page.locator('reshelf-debug .bar')).toContainText('bytes of behaviour sent: 0');
  await expect(frames(page)).toHaveCount(0);
  await page.evaluate(() => window.reshelf.consent.withdraw());
  await expect(frames(page)).toHaveCount(GOODS.length + 1);
  await expect(page.locator('reshelf-debug')).toHaveCount(1);
  await page.evaluate(() => window.reshelf.disable());
  await expect(page.locator('reshelf-debug')).toHaveCount(0);
  expect(shop.errors).toEqual([]);
});
