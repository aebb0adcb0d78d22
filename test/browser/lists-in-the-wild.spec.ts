import { BOOT, page as html, list, TAG } from '../support/html.ts';
import { expect, test } from '../support/shop.ts';
import { product, WARDROBE } from '../support/wardrobe.ts';

test('JSON-LD as it is found in the wild is read, and what is broken is passed over', async ({
  openShop,
  page,
}) => {
  const ld = (data: unknown) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
  const body = `${list(WARDROBE.slice(0, 5), 'plain').replace(/ data-product-id="[^"]*"/g, '')}
<script type="application/ld+json">{ broken</script>${ld(null)}${ld([[], 7, { '@type': 'ItemList', itemListElement: 'none' }])}
${ld({
  '@context': 'https://schema.org',
  '@graph': [
    {
      '@type': ['CollectionPage', 'WebPage'],
      mainEntity: {
        '@type': 'https://schema.org/ItemList',
        itemListElement: [
          { '@type': 'ListItem', position: 1, url: '/p/dress-blue' },
          {
            '@type': 'ListItem',
            item: {
              '@type': ['Product', 'Thing'],
              url: '/p/shirt-blue?utm=1',
              sku: 4711,
              name: 'Shirt',
              offers: [
                { price: '1.299,00 €', priceCurrency: 'EUR', availability: 'http://schema.org/SoldOut' },
              ],
            },
          },
          {
            '@type': 'Product',
            '@id': '/p/jacket-blue#product',
            offers: { '@type': 'AggregateOffer', lowPrice: 19, priceCurrency: 'EUR' },
          },
          {
            '@type': 'ProductGroup',
            url: '/p/skirt-blue',
            productID: 'SK',
            hasVariant: [
              { '@type': 'Product', size: 'S', offers: { price: 9.5, availability: 'OutOfStock' } },
              { '@type': 'Product', size: 'M', offers: { price: 9.5, availability: 'InStock' } },
            ],
          },
          { '@type': 'Product' },
          null,
        ],
      },
    },
  ],
})}`;
  const shop = await openShop({ pages: { '/': html({ title: 'Wild', tag: TAG, body }) } });
  await shop.visit('/');
  await shop.allow();
  const [found] = await page.evaluate(() => window.reshelf.lists());
  expect(found?.items.slice(0, 4)).toMatchObject([
    { id: '/p/dress-blue' },
    { id: '4711', title: 'Shirt', price: 1299, currency: 'EUR', inStock: false },
    { id: '/p/jacket-blue', price: 19 },
    { id: 'SK', price: 9.5, sizes: ['M'] },
  ]);
  expect(shop.errors).toEqual([]);
});

test('a page without products has no lists, and breadcrumbs are none', async ({ openShop, page }) => {
  const body = `<ol><li><a href="/">Home</a></li><li><a href="/c">Clothes</a></li></ol><script type="application/ld+json">${JSON.stringify(
    {
      '@type': 'BreadcrumbList',
      itemListElement: [
        { '@type': 'ListItem', item: { '@id': '/', name: 'Home' } },
        { '@type': 'ListItem', item: '/c' },
      ],
    },
  )}</script>`;
  const shop = await openShop({ pages: { '/': html({ title: 'Nothing', tag: TAG, body }) } });
  await shop.visit('/');
  await shop.allow();
  expect(await page.evaluate(() => window.reshelf.lists())).toEqual([]);
});

test('the shop’s own default in the address is no choice', async ({ openShop }) => {
  const shop = await openShop();
  await shop.visit('/');
  await shop.allow();
  await shop.browse('skirt-white', 'skirt-white');
  await shop.visit('/?sort_by=manual');
  await expect.poll(() => shop.heard('reordered')).toHaveLength(1);
});

test('the same product in a list twice moves once, and its double stays', async ({ openShop }) => {
  const doubled = [...WARDROBE.slice(0, 6), product('dress-blue'), ...WARDROBE.slice(6)];
  const shop = await openShop({
    pages: { '/': html({ title: 'Twice', tag: TAG, body: list(doubled, 'attributes') }) },
  });
  await shop.visit('/');
  await shop.allow();
  await shop.browse('skirt-white', 'skirt-white');
  await shop.visit('/');
  await expect.poll(() => shop.heard('reordered')).toHaveLength(1);
  const order = await shop.order();
  expect([...order].sort()).toEqual(doubled.map(({ id }) => id).sort());
  expect(order[6]).toBe('dress-blue');
});

test('a theme that nobody knows links by way of the collection: the product is the one of its own page', async ({
  openShop,
  page,
}) => {
  const names = WARDROBE.map(({ id }) => id);
  const tiles = names.map(
    (name) =>
      `<article class="tile"><a href="/collections/all/products/${name}"><img alt="" src="data:,"><h3>${name}</h3></a><span>€ 20.00</span></article>`,
  );
  const home = html({ title: 'All', tag: BOOT, body: `<div class="tiles">${tiles.join('')}</div>` });
  const abroad = home.replaceAll('href="/collections', 'href="/en-gb/collections');
  const productPages = names.map((name): [string, string] => [
    `/products/${name}`,
    html({
      title: name,
      tag: BOOT,
      body: `<h1>${name}</h1><script type="application/ld+json">${JSON.stringify({
        '@context': 'https://schema.org',
        '@type': 'Product',
        name,
        url: `/products/${name}`,
        offers: { '@type': 'Offer', price: 20, priceCurrency: 'EUR' },
      })}</script>`,
    }),
  ]);
  const shop = await openShop({
    pages: {
      '/collections/all': home,
      '/en-gb/collections/all': abroad,
      ...Object.fromEntries(productPages),
    },
  });
  await shop.visit('/collections/all');
  await shop.allow();
  const ids = () => page.evaluate(() => window.reshelf.lists()[0]?.items.map(({ id }) => id));
  expect(await ids()).toEqual(names.map((name) => `/products/${name}`));
  await shop.visit('/en-gb/collections/all');
  expect(await ids()).toEqual(names.map((name) => `/en-gb/products/${name}`));
  const wanted = `/products/${names.at(-1)}`;
  for (let i = 0; i < 3; i++) {
    await shop.visit(wanted);
    await expect.poll(async () => (await shop.journal('view')).length).toBe(i + 1);
  }
  expect((await shop.journal('view'))[0]?.itemId).toBe(wanted);
  await shop.visit('/collections/all');
  await expect.poll(() => page.evaluate(() => localStorage.getItem('reshelf:snapshot'))).toContain('weights');
  await page.route('**/reshelf.js', (route) => route.abort()); // what moves now, the head snippet has moved
  await page.goto(`${shop.origin}/collections/all`);
  const shown = await page
    .locator('.tile a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(shown[0]).toContain('skirt'); // as the one that was looked at; the shop has a dress first
});
