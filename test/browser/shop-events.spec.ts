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
