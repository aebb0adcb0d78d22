import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { goods } from '../pages/goods.ts';
import { shopify } from '../pages/shopify.ts';
import { woocommerce } from '../pages/woocommerce.ts';
import { TAG } from '../support/html.ts';
import { expect, type TestShop, test } from '../support/shop.ts';

const GOODS = goods(16);
const JQUERY = readFileSync('node_modules/jquery/dist/jquery.min.js', 'utf8');

interface JQueryPage {
  jQuery: {
    (
      target: Element,
    ): {
      trigger(name: string, told: unknown[]): void;
      on(name: string, heard: () => void): void;
    };
    _data(target: Element, name: 'events'): Readonly<Record<string, readonly unknown[]>> | undefined;
  };
}
/** What the page's own jQuery holds on the body. */
const heardByJQuery = (page: Page) =>
  page.evaluate(
    () => (window as unknown as JQueryPage).jQuery._data(document.body, 'events')?.added_to_cart?.length ?? 0,
  );
/** The products put into the cart so far, once the queue up to now is written. */
async function carts(shop: TestShop, page: Page): Promise<unknown[]> {
  await page.evaluate(() => window.reshelf.signal({ kind: 'search', query: 'linen' }));
  return (await shop.journal('cart')).map(({ itemId }) => itemId);
}

async function openListing(
  openShop: (options: { pages: Record<string, string> }) => Promise<TestShop>,
  path: string,
  html: string,
): Promise<TestShop> {
  const shop = await openShop({ pages: { [path]: html } });
  await shop.visit(path);
  return shop;
}
/** Allows, and waits until the page is being listened to. */
async function allow(shop: TestShop, page: Page): Promise<void> {
  await shop.allow();
  await expect.poll(() => page.evaluate(() => window.reshelf.lists().length)).toBe(1);
  await expect.poll(async () => (await shop.stored()) !== null).toBe(true);
}
const woo = (script: string) =>
  woocommerce.page({ goods: GOODS, head: `<script>${JQUERY}</script><script>${script}</script>${TAG}` });
const idAt = (place: number): string => woocommerce.expected(GOODS[place] as (typeof GOODS)[number]).id;

test('WooCommerce’s added_to_cart by jQuery is a signal, once with our own listener, and leaves with the grant', async ({
  openShop,
  page,
}) => {
  // as wc-add-to-cart.js does it: the answer of the server comes first, then the event
  const shop = await openListing(
    openShop,
    '/product-category/home/',
    woo(`document.addEventListener('click', async (event) => {
      const button = event.target.closest('.add_to_cart_button');
      if (button === null) return;
      event.preventDefault();
      await new Promise((done) => setTimeout(done, 50));
      jQuery(document.body).trigger('added_to_cart', [{}, 'hash', jQuery(button)]);
      window.answered = true;
    })`),
  );
  expect(await heardByJQuery(page), 'nothing before a grant').toBe(0);
  await allow(shop, page);
  await expect.poll(() => heardByJQuery(page)).toBe(1);

  await page.locator(`.add_to_cart_button[data-product_id="${idAt(0)}"]`).click();
  await page.waitForFunction(() => (window as unknown as { answered?: boolean }).answered);
  expect(await carts(shop, page), 'we saw the click, the shop told the same').toEqual([idAt(0)]);

  await page.evaluate((id) => {
    const { jQuery } = window as unknown as JQueryPage;
    const button = document.querySelector(`[data-product_id="${id}"]`) as Element;
    for (const told of [[{}, 'hash', jQuery(button)], [{}, 'hash', 7], []])
      jQuery(document.body).trigger('added_to_cart', told);
  }, idAt(1));
  const [, second, ...more] = await carts(shop, page);
  expect(second, 'what nobody clicked').toBe(idAt(1));
  expect(more, 'without a button: what was pressed last, which is told already').toEqual([]);

  await page.evaluate(() => window.reshelf.consent.withdraw());
  expect(await heardByJQuery(page)).toBe(0);
  expect(shop.errors).toEqual([]);
});

test('WooCommerce blocks tell no product: it is the one whose button was pressed', async ({
  openShop,
  page,
}) => {
  const buttons = woocommerce
    .page({ goods: GOODS, head: TAG })
    .replaceAll(
      'class="button product_type_simple add_to_cart_button ajax_add_to_cart"',
      'class="wp-block-button__link" onclick="return false"',
    );
  const shop = await openListing(openShop, '/product-category/home/', buttons);
  await allow(shop, page);
  const tell = () =>
    page.evaluate(() =>
      document.body.dispatchEvent(
        new CustomEvent('wc-blocks_added_to_cart', { bubbles: true, detail: { preserveCartData: false } }),
      ),
    );
  await tell();
  expect(await carts(shop, page), 'nothing was pressed').toEqual([]);
  await page.locator(`a[data-product_id="${idAt(1)}"]`).click();
  expect(await carts(shop, page), 'a button that we do not know').toEqual([]);
  await tell();
  expect(await carts(shop, page)).toEqual([idAt(1)]);
  await page.evaluate(() => window.reshelf.consent.withdraw());
  await tell();
  expect(await shop.journal()).toEqual([]);
  expect(shop.errors).toEqual([]);
});

const LISTING = shopify.page({ goods: GOODS, head: TAG });
const [FIRST, SECOND, THIRD, FOURTH, FIFTH] = GOODS.map(({ id }) => id) as [
  string,
  string,
  string,
  string,
  string,
];

test('Shopify’s cart events of four kinds of themes are signals; errors, changes and removals are not', async ({
  openShop,
  page,
}) => {
  const shop = await openListing(openShop, shopify.path, LISTING);
  await page.evaluate((productId) => {
    document.dispatchEvent(new CustomEvent('cart:update', { detail: { data: { productId } } }));
  }, FIFTH);
  expect(await shop.stored(), 'nothing before a grant').toBeNull();
  await allow(shop, page);
  await page.evaluate(
    ([first, second, third, fourth, fifth]) => {
      const tell = (name: string, detail: unknown, more: object = {}) =>
        document
          .querySelector('#product-grid')
          ?.dispatchEvent(Object.assign(new CustomEvent(name, { bubbles: true, detail }), more));
      const form = 'product-form-component';
      const no = Promise.reject(new Error('sold out'));
      no.catch(() => {});
      tell('cart:update', { resource: {}, data: { source: form, itemCount: 1, productId: first } }); // Horizon
      tell('cart:update', { resource: {}, data: { source: form, productId: fifth, didError: true } });
      tell('cart:update', {
        resource: { items: [] },
        data: { source: 'cart-items-component', itemCount: 2 },
      });
      const added = Promise.resolve({ cart: {}, detail: { productId: second, didError: false } });
      tell('shopify:cart:lines-update', null, { action: 'add', promise: added }); // Shopify's standard event
      const failed = Promise.resolve({ cart: {}, detail: { productId: fifth, didError: true } });
      tell('shopify:cart:lines-update', null, { action: 'add', promise: failed });
      tell('shopify:cart:lines-update', null, { action: 'add', promise: no });
      const removed = Promise.resolve({ cart: {}, detail: { productId: fifth } });
      tell('shopify:cart:lines-update', null, { action: 'remove', promise: removed });
      tell('cart:item-added', { product: { id: 9, product_id: Number(third) } }); // vintage
      tell('product-ajax:added', { product: { id: 9, product_id: Number(fourth) } });
      for (const bad of [null, 7, 'x', {}, { product: null }, { data: 1 }]) tell('cart:item-added', bad);
    },
    [FIRST, SECOND, THIRD, FOURTH, FIFTH],
  );
  expect((await carts(shop, page)).sort()).toEqual([FIRST, SECOND, THIRD, FOURTH]);
  const [told] = await shop.journal('cart');
  expect(told, 'with what its card says').toMatchObject({ brand: GOODS[0]?.brand.toLowerCase() });
  await page.evaluate(() => window.reshelf.consent.withdraw());
  await page.evaluate((productId) => {
    document.dispatchEvent(new CustomEvent('cart:update', { detail: { data: { productId } } }));
  }, FIFTH);
  expect(await shop.journal()).toEqual([]);
  expect(shop.errors).toEqual([]);
});

for (const [release, giveBack] of [
  ['now', 'return () => { subscribers[name] = subscribers[name].filter((one) => one !== heard) }'],
  ['of old', 'return { unsubscribe() { throw new Error("never called") } }'],
] as const)
  test(`Dawn’s own messages, ${release}: once with the form that we see, silent after a withdrawal`, async ({
    openShop,
    page,
  }) => {
    const pubsub = `<script>const PUB_SUB_EVENTS = { cartUpdate: 'cart-update' };
let subscribers = {};
function subscribe(name, heard) { (subscribers[name] ??= []).push(heard); ${giveBack} }
function publish(name, told) { for (const heard of subscribers[name] ?? []) heard(told) }
addEventListener('submit', (event) => event.preventDefault());</script>`;
    const shop = await openListing(
      openShop,
      shopify.path,
      shopify.page({ goods: GOODS, head: pubsub + TAG }),
    );
    const publish = (source: string, productId: string) =>
      page.evaluate(
        ([from, id]) =>
          (window as unknown as { publish(name: string, told: object): void }).publish('cart-update', {
            source: from,
            cartData: { id: 9, product_id: Number(id) },
          }),
        [source, productId],
      );
    await publish('product-form', FIFTH);
    await allow(shop, page);
    await page.locator('#product-grid > li').first().locator('button[name="add"]').click();
    expect(await carts(shop, page)).toEqual([FIRST]);
    await publish('product-form', FIRST);
    await publish('cart-items', FIFTH);
    expect(await carts(shop, page)).toEqual([FIRST]);
    await publish('product-form', SECOND);
    expect(await carts(shop, page)).toEqual([FIRST, SECOND]);
    await page.evaluate(() => window.reshelf.consent.withdraw());
    await publish('product-form', FIFTH);
    expect(await shop.journal()).toEqual([]);
    expect(shop.errors).toEqual([]);
  });

test('a page’s own function that is called subscribe is left alone', async ({ openShop, page }) => {
  const own = '<script>function subscribe() { window.called = true }</script>';
  const shop = await openListing(openShop, shopify.path, shopify.page({ goods: GOODS, head: own + TAG }));
  await allow(shop, page);
  await page.evaluate(
    (productId) =>
      document.dispatchEvent(new CustomEvent('cart:update', { detail: { data: { productId } } })),
    FIRST,
  );
  expect(await carts(shop, page)).toEqual([FIRST]);
  expect(await page.evaluate(() => 'called' in window)).toBe(false);
});
