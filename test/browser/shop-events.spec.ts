import type { Page } from '@playwright/test';
import { page as html, list, TAG } from '../support/html.ts';
import { expect, test } from '../support/shop.ts';
import { WARDROBE } from '../support/wardrobe.ts';

const BEFORE = `<script>window.dataLayer = [];
  function gtag() { dataLayer.push(arguments) }
  dataLayer.push({ ecommerce: null });
  dataLayer.push({ event: 'view_item', ecommerce: { currency: 'EUR', items: [{ item_id: 'early-1', item_name: 'Early', price: 10 }] } });
</script>`;
const PAGES = {
  '/layer': html({ title: 'Layer', tag: TAG, head: BEFORE, body: list(WARDROBE, 'attributes') }),
};

test('GA4 events of the shop are signals, pushed before or after us, by dataLayer or gtag, once each', async ({
  openShop,
  page,
}) => {
  const shop = await openShop({ pages: PAGES });
  await shop.visit('/layer');
  await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'x' }));
  expect(await shop.stored(), 'nothing without a grant').toBeNull();
  await shop.allow();
  await expect.poll(() => shop.journal('view')).toMatchObject([{ itemId: 'early-1' }]);
  const answers = await page.evaluate(() => {
    const { dataLayer, gtag } = window as unknown as {
      dataLayer: unknown[];
      gtag: (...args: unknown[]) => void;
    };
    const theirs = dataLayer.push; // as a tag manager does that comes after us
    dataLayer.push = (...pushed) => theirs.apply(dataLayer, pushed);
    const length = dataLayer.length;
    const item = { item_id: 'gown', item_name: 'Gown', item_brand: 'Maren', price: '49.90', quantity: 2 };
    const bad = [null, 7, 'x', { event: 'add_to_cart' }, { event: 'add_to_cart', ecommerce: null }];
    const worse = [
      { event: 'add_to_cart', ecommerce: { items: [null, {}, { item_id: 'not an id at all, a text' }] } },
    ];
    const answer = dataLayer.push(...bad, ...worse, { ecommerce: null });
    dataLayer.push({ event: 'add_to_cart', ecommerce: { items: [item] } });
    gtag('event', 'purchase', { items: [item] });
    gtag('event', 'view_item_list', { items: [item] });
    gtag('config', 'G-1');
    return [answer - length, dataLayer.length - length];
  });
  expect(answers).toEqual([7, 11]);
  await expect
    .poll(() => shop.journal('purchase'))
    .toMatchObject([{ itemId: 'gown', quantity: 2, brand: 'maren' }]);
  expect(await shop.journal('cart')).toMatchObject([{ itemId: 'gown' }]);
  expect(await shop.journal('view')).toHaveLength(1);
  expect(shop.errors).toEqual([]);
});

test('what the shop tells and we see counts once', async ({ openShop, page }) => {
  const shop = await openShop({ pages: PAGES });
  await shop.visit('/layer');
  await shop.allow();
  await expect.poll(() => shop.journal('view')).toHaveLength(1);
  await page.evaluate(() =>
    document.addEventListener('click', (event) => {
      event.preventDefault();
      const layer = (window as unknown as { dataLayer: object[] }).dataLayer;
      const id = (event.target as Element).closest('[data-product-id]')?.getAttribute('data-product-id');
      layer.push({ event: 'select_item', ecommerce: { items: [{ item_id: id }] } });
    }),
  );
  await page.locator('ul.products > li').nth(1).getByRole('link').click();
  await page.evaluate(() => window.reshelf.signal({ kind: 'search', query: 'linen' })); // the same queue
  expect(await shop.journal('click')).toHaveLength(1);
});

test('a withdrawal gives the shop its own push back, and nothing more is heard', async ({
  openShop,
  page,
}) => {
  const shop = await openShop({ pages: PAGES });
  await shop.visit('/layer');
  const isPlain = () =>
    page.evaluate(() => !Object.hasOwn((window as unknown as { dataLayer: object }).dataLayer, 'push'));
  expect(await isPlain()).toBe(true);
  await shop.allow();
  await expect.poll(isPlain).toBe(false);
  await page.evaluate(() => window.reshelf.consent.withdraw());
  expect(await isPlain()).toBe(true);
  await page.evaluate(() =>
    (window as unknown as { dataLayer: object[] }).dataLayer.push({
      event: 'add_to_cart',
      ecommerce: { items: [{ item_id: 'late' }] },
    }),
  );
  expect((await shop.journal()).length).toBe(0);
});

interface Layered {
  dataLayer: unknown[];
  gtag: (...args: unknown[]) => void;
}
const PLAIN = { '/plain': html({ title: 'Plain', tag: TAG, body: list(WARDROBE, 'attributes') }) };
/** A tag manager: it takes what waits, wraps `push`, and hands on. */
const MANAGER = `(() => {
  const layer = window.dataLayer = window.dataLayer || [];
  const push = layer.push;
  window.managed = [...layer];
  layer.push = (...pushed) => { window.managed.push(...pushed); return push.apply(layer, pushed); };
})();`;
const isPlain = (page: Page) =>
  page.evaluate(() => !Object.hasOwn((window as unknown as Layered).dataLayer, 'push'));

test('a dataLayer that a tag manager makes after the grant is heard, with what waited in it, once each', async ({
  openShop,
  page,
}) => {
  const shop = await openShop({ pages: PLAIN, files: { 'manager.js': MANAGER } });
  await shop.visit('/plain');
  await shop.allow();
  await page.evaluate(async () => {
    const inline = document.createElement('script');
    inline.textContent = `window.dataLayer = window.dataLayer || [];
      function gtag() { dataLayer.push(arguments) }
      gtag('js', new Date());
      gtag('event', 'view_item', { items: [{ item_id: 'waited-1', item_name: 'Waited' }] });`;
    document.body.append(inline);
    const manager = document.createElement('script');
    manager.src = '/reshelf/manager.js';
    const loaded = new Promise((done) => manager.addEventListener('load', done));
    document.body.append(manager);
    await loaded;
    const { dataLayer, gtag } = window as unknown as Layered;
    dataLayer.push({ ecommerce: null });
    dataLayer.push({ event: 'add_to_cart', ecommerce: { items: [{ item_id: 'later-1' }] } });
    gtag('event', 'purchase', { items: [{ item_id: 'later-2', quantity: 3 }] });
  });
  await expect.poll(() => shop.journal('purchase')).toMatchObject([{ itemId: 'later-2', quantity: 3 }]);
  expect(await shop.journal('view')).toMatchObject([{ itemId: 'waited-1' }]);
  expect(await shop.journal('cart')).toMatchObject([{ itemId: 'later-1' }]);
  const [managed, pushed] = await page.evaluate(() => {
    const { managed, dataLayer } = window as unknown as Layered & { managed: unknown[] };
    return [managed.length, dataLayer.length];
  });
  expect(managed, 'the tag manager has had every entry').toBe(pushed);
  expect(shop.errors).toEqual([]);
});

test('a dataLayer that is replaced is heard from the next click on; the old one has its own push back, and nothing counts twice', async ({
  openShop,
  page,
}) => {
  const shop = await openShop({ pages: PAGES });
  await shop.visit('/layer');
  await shop.allow();
  await expect.poll(() => shop.journal('view')).toHaveLength(1);
  await page.evaluate(() => {
    const shopsOwn = window as unknown as Layered & { former: unknown[] };
    shopsOwn.former = shopsOwn.dataLayer;
    shopsOwn.dataLayer = [...shopsOwn.former]; // what was read before stands in it, too
    shopsOwn.dataLayer.push({ event: 'view_item', ecommerce: { items: [{ item_id: 'between' }] } });
    document.addEventListener('click', (event) => {
      event.preventDefault();
      const id = (event.target as Element).closest('[data-reshelf-item]')?.getAttribute('data-reshelf-item');
      shopsOwn.dataLayer.push({ event: 'select_item', ecommerce: { items: [{ item_id: id }] } });
    });
  });
  await page.locator('ul.products > li').nth(1).getByRole('link').click();
  await page.evaluate(() => window.reshelf.signal({ kind: 'search', query: 'linen' })); // the same queue
  expect((await shop.journal('view')).map(({ itemId }) => itemId)).toEqual(['early-1', 'between']);
  expect(await shop.journal('click'), 'the shop’s word and ours').toHaveLength(1);
  expect(
    await page.evaluate(() => Object.hasOwn((window as unknown as { former: object }).former, 'push')),
  ).toBe(false);
  expect(await isPlain(page)).toBe(false);
  await page.evaluate(() => window.reshelf.consent.withdraw());
  expect(await isPlain(page)).toBe(true);
  await page.evaluate(() => {
    Object.assign(window, { dataLayer: [] }); // and nobody looks any more
    document.body.click();
  });
  expect(await isPlain(page)).toBe(true);
  expect(shop.errors).toEqual([]);
});
