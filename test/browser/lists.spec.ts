import type { Page } from '@playwright/test';
import { card, page as html, list, type ShopProduct, TAG, tagWith } from '../support/html.ts';
import { expect, LISTED, type TestShop, test } from '../support/shop.ts';
import { product, WARDROBE } from '../support/wardrobe.ts';

const lists = (page: Page) => page.evaluate(() => window.reshelf.lists());
const ids = async (page: Page, index = 0) => (await lists(page))[index]?.items.map(({ id }) => id);

/** A history, so that every list with a choice gets another order. */
async function openBrowsed(open: () => Promise<TestShop>): Promise<TestShop> {
  const shop = await open();
  await shop.visit('/p/dress-green');
  await shop.allow();
  await shop.browse('skirt-green', 'dress-green', 'skirt-green');
  return shop;
}
/** The page as the finders see it, in the shop's order. */
async function openAllowed(open: () => Promise<TestShop>, path = '/'): Promise<TestShop> {
  const shop = await open();
  await shop.visit(path);
  await shop.allow();
  return shop;
}

const ALL_FACTS = (
  { id, title, price, brand, category, colour, sizes, inStock }: ShopProduct,
  position: number,
) => ({
  id,
  title,
  price,
  currency: 'EUR',
  brand,
  category,
  colour,
  sizes,
  inStock,
  slot: 'product',
  position,
});
const SOLD_OUT = WARDROBE.slice(0, 6).map((one, i) => ({ ...one, inStock: i !== 2 }));

for (const markup of ['json-ld', 'attributes', 'microdata'] as const)
  test(`a list marked up by ${markup} gives every fact that the page says`, async ({ openShop, page }) => {
    const own = markup === 'attributes' ? { 'data-reshelf-currency': 'EUR' } : {};
    const body = list(SOLD_OUT, markup).replaceAll(
      '<li ',
      `<li ${Object.entries(own)
        .map(([k, v]) => `${k}="${v}"`)
        .join(' ')} `,
    );
    await openAllowed(() => openShop({ pages: { '/': html({ title: 'All', tag: TAG, body }) } }));
    const [first, ...others] = await lists(page);
    expect(others).toEqual([]);
    expect(first?.listId).toBe('/#0');
    expect(first?.items).toMatchObject(SOLD_OUT.map(ALL_FACTS));
  });

const SELECTORS = 'data-reshelf-list-selector="ul.products" data-reshelf-item-selector=".card"';
test('configured selectors find a plain list and read what a reader would', async ({ openShop, page }) => {
  await openAllowed(() => openShop({ markup: 'plain', tag: tagWith(SELECTORS) }));
  const [first] = await lists(page);
  expect(first?.items).toHaveLength(WARDROBE.length);
  expect(first?.items[1]).toMatchObject({
    id: 'shirt-blue',
    title: 'blue linen shirt',
    price: 40,
    currency: null,
    brand: null,
    category: null,
    colour: null,
    sizes: [],
    inStock: null,
    slot: 'product',
    position: 1,
  });
});

for (const [title, attributes] of [
  ['one selector without the other', 'data-reshelf-list-selector="ul"'],
  ['a selector that is none', 'data-reshelf-list-selector="ul[" data-reshelf-item-selector="li"'],
  ['an unknown word to keep', 'data-reshelf-keep="size shoes"'],
  ['a retention of no days', 'data-reshelf-retention-days="-3"'],
  ['an unknown card', 'data-reshelf-card="maybe"'],
] as const)
  test(`a tag with ${title} says so in the console and leaves the page alone`, async ({ openShop, page }) => {
    const warnings: string[] = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    const shop = await openShop({ tag: tagWith(attributes) });
    await shop.visit('/');
    expect(warnings).toEqual([
      expect.stringMatching(/Reshelf did not start: TypeError: .*(selector|expected)/),
    ]);
    expect(await page.evaluate(() => window.reshelf)).toBeUndefined();
    expect(await shop.order()).toEqual(LISTED);
    expect(shop.errors).toEqual([]);
  });

test('cards in wrappers are moved whole, their attributes read where they stand', async ({
  openShop,
  page,
}) => {
  const cells = WARDROBE.map(
    (one) =>
      `<div class="cell"><div>${card(one, 'attributes').replace('<li', '<article').replace('</li>', '</article>')}</div></div>`,
  );
  const body = `<div class="grid" data-reshelf-list>${cells.join('')}</div>`;
  const shop = await openBrowsed(() =>
    openShop({ pages: { '/grid': html({ title: 'Grid', tag: TAG, body }) } }),
  );
  await shop.visit('/grid');
  const [first] = await lists(page);
  expect(first?.items.map(({ id }) => id)).not.toEqual(LISTED);
  expect([...(first?.items ?? [])].map(({ position: _, ...rest }) => rest)).toEqual(
    expect.arrayContaining(
      WARDROBE.map((one) =>
        expect.objectContaining({ id: one.id, title: one.title, brand: one.brand, sizes: one.sizes }),
      ),
    ),
  );
  expect(await page.locator('.grid > .cell').count()).toBe(WARDROBE.length);
  expect(await page.locator('.grid > .cell > div > article').count()).toBe(WARDROBE.length);
  expect(shop.errors).toEqual([]);
});

test('two lists of a page are ordered each by itself, with ids that stay the same', async ({
  openShop,
  page,
}) => {
  const body = `${list(WARDROBE.slice(0, 10), 'json-ld', 'id="new"')}<h2>More</h2>${list(WARDROBE.slice(8), 'json-ld')}`;
  const shop = await openBrowsed(() =>
    openShop({ pages: { '/two': html({ title: 'Two', tag: TAG, body }) } }),
  );
  await shop.visit('/two?page=1');
  const before = await lists(page);
  expect(before.map(({ listId }) => listId)).toEqual(['/two#new', '/two#1']);
  expect(before[0]?.items.map(({ id }) => id).sort()).toEqual(LISTED.slice(0, 10).sort());
  expect(before[1]?.items.map(({ id }) => id).sort()).toEqual(LISTED.slice(8).sort());
  expect(await shop.heard('reordered')).toEqual(expect.arrayContaining([{ listId: '/two#1' }]));
  await shop.visit('/two?page=1&utm=x');
  expect((await lists(page)).map(({ listId }) => listId)).toEqual(['/two#new', '/two#1']);
});

test('paid, promotional and pinned places stay exactly where they are', async ({ openShop, page }) => {
  const fixed: Record<number, string> = {
    0: card(product('dress-blue'), 'json-ld', 'data-reshelf-pin'),
    3: card(product('skirt-blue'), 'json-ld').replace('<a ', '<span>&nbsp;Sponsored <i></i></span><a '),
    5: '<li class="promo"><a href="/sale">Everything must go</a></li>',
    8: card(product('dress-white'), 'json-ld', 'data-house="yes"'),
    11: card(product('skirt-black'), 'json-ld').replace('class="product"', 'class="product is-ad"'),
  };
  const placed = ['dress-blue', 'skirt-blue', 'dress-white', 'skirt-black'];
  const free = WARDROBE.filter(({ id }) => !placed.includes(id));
  const rows = Array.from({ length: free.length + 5 }, (_, place) => place);
  let next = 0;
  const cards = rows.map((place) => fixed[place] ?? card(free[next++] ?? product('dress-red'), 'json-ld'));
  const body = list(WARDROBE, 'json-ld').replace(/<li[\s\S]*<\/li>/, cards.join('\n'));
  const tag = tagWith('data-reshelf-pin-selector="[data-house]"');
  const shop = await openBrowsed(() =>
    openShop({ tag, pages: { '/fixed': html({ title: 'Fixed', tag, body }) } }),
  );
  const texts = () => page.locator('ul.products > li').allInnerTexts();
  await shop.visit('/fixed');
  const [first] = await lists(page);
  expect(await shop.heard('reordered')).toHaveLength(1);
  const places = first?.items ?? [];
  expect(places).toHaveLength(rows.length);
  for (const [place, slot, id] of [
    [0, 'product', 'dress-blue'],
    [3, 'sponsored', 'skirt-blue'],
    [5, 'promo', null],
    [8, 'product', 'dress-white'],
    [11, 'sponsored', 'skirt-black'],
  ] as const)
    expect(places[place]).toMatchObject({ slot, id, position: place });
  expect(places[1]?.id).toMatch(/green/);
  const after = await texts();
  await page.evaluate(() => window.reshelf.undo());
  const before = await texts();
  expect(after).not.toEqual(before);
  for (const place of Object.keys(fixed)) expect(after[Number(place)]).toBe(before[Number(place)]);
});

for (const [query, isShoppers] of [
  ['?sort=price-asc', true],
  ['?orderby=rating', true],
  ['?sort_by=best-selling', true],
  ['?product_list_order=name', true],
  ['?sort=featured', false],
  ['?sort_by=manual', false],
  ['?sort=', false],
  ['?size=M', false],
] as const)
  test(`an address with ${query} is ${isShoppers ? "the shopper's order and stays" : "the shop's order"}`, async ({
    openShop,
    page,
  }) => {
    const shop = await openBrowsed(() => openShop());
    await shop.visit(`/${query}`);
    const order = await shop.order();
    if (isShoppers) {
      expect(order).toEqual(LISTED);
      expect(await shop.heard('diagnostic')).toEqual([{ code: 'list/explicit-sort' }]);
      expect(await shop.heard('reordered')).toEqual([]);
    } else expect(order).not.toEqual(LISTED);
    expect((await ids(page))?.length).toBe(LISTED.length);
  });

const SORT =
  '<select name="sort"><option value="featured">Featured</option><option value="price">Price</option></select>';
test("choosing an order in the page's own control gives the shop's list back at once", async ({
  openShop,
  page,
}) => {
  const body = SORT + list(WARDROBE, 'json-ld');
  const shop = await openBrowsed(() =>
    openShop({ pages: { '/sorted': html({ title: 'Sorted', tag: TAG, body }) } }),
  );
  await shop.visit('/sorted');
  expect(await shop.order()).not.toEqual(LISTED);
  await page.locator('select').selectOption('price');
  expect(await shop.order()).toEqual(LISTED);
});

test('a control that already stands on another order is respected', async ({ openShop }) => {
  const body = SORT.replace('value="price"', 'value="price" selected') + list(WARDROBE, 'json-ld');
  const shop = await openBrowsed(() =>
    openShop({ pages: { '/sorted': html({ title: 'Sorted', tag: TAG, body }) } }),
  );
  await shop.visit('/sorted');
  expect(await shop.order()).toEqual(LISTED);
});

const ld = (data: unknown) =>
  `<script type="application/ld+json">${typeof data === 'string' ? data : JSON.stringify(data)}</script>`;
const cards = WARDROBE.map((one) => card(one, 'json-ld')).join('');
const plainList = `<ul class="products">${cards}</ul>`;
const nested = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
const HOSTILE: readonly (readonly [title: string, block: string])[] = [
  ['cut off', ld('{"@type":"ItemList","itemListElement":[')],
  ['empty', ld('')],
  ['nested 50,000 deep', ld(nested)],
  [
    'of nulls and numbers',
    ld([null, 7, 'x', { '@type': null }, { '@type': ['Thing', 3] }, { '@graph': [null] }]),
  ],
  [
    'without fields',
    ld({
      '@type': 'ItemList',
      itemListElement: [{ '@type': 'ListItem' }, { '@type': 'Product' }, { '@type': 'ListItem', item: {} }],
    }),
  ],
  [
    'with wrong types',
    ld({
      '@type': 'Product',
      name: { a: 1 },
      offers: [null, 'x'],
      brand: [],
      category: [{}],
      color: null,
      size: { name: {} },
      url: 'http://[',
      sku: {},
    }),
  ],
  [
    'that reaches for prototypes',
    ld(
      '{"@type":"ItemList","__proto__":{"x":1},"constructor":{"prototype":1},"itemListElement":{"@type":"ListItem","url":"javascript:alert(1)"}}',
    ),
  ],
];
for (const [title, block] of HOSTILE)
  test(`structured data ${title} throws nothing, and good data beside it still counts`, async ({
    openShop,
    page,
  }) => {
    const body = `${block}${list(WARDROBE, 'json-ld')}`;
    const shop = await openBrowsed(() =>
      openShop({ pages: { '/hostile': html({ title: 'Hostile', tag: TAG, body }) } }),
    );
    await shop.visit('/hostile');
    expect((await ids(page))?.length).toBe(WARDROBE.length);
    expect(await shop.order()).not.toEqual(LISTED);
    expect(shop.errors).toEqual([]);
    expect(await shop.heard('diagnostic')).toEqual([]);
  });

test('three thousand products in structured data are read, and a list that is too long is left alone', async ({
  openShop,
  page,
}) => {
  const many = Array.from({ length: 3000 }, (_, i) => ({
    ...product('dress-blue'),
    id: `p${i}`,
    title: `Dress ${i}`,
  }));
  const shop = await openBrowsed(() =>
    openShop({ pages: { '/many': html({ title: 'Many', tag: TAG, body: list(many, 'json-ld') }) } }),
  );
  await shop.visit('/many');
  expect((await ids(page))?.length).toBe(3000);
  expect(await shop.order()).toEqual(many.map(({ id }) => id));
  expect(await shop.heard('diagnostic')).toEqual([{ code: 'rank/bad-input' }]);
  expect(shop.errors).toEqual([]);
});

const url = (id: string) => `/p/${id}`;
const SHAPES: readonly (readonly [title: string, data: unknown])[] = [
  [
    'addresses only',
    { '@type': 'ItemList', itemListElement: LISTED.map((id) => ({ '@type': 'ListItem', url: url(id) })) },
  ],
  [
    'addresses as items',
    { '@type': 'ItemList', itemListElement: LISTED.map((id) => ({ '@type': 'ListItem', item: url(id) })) },
  ],
  [
    'the address beside the product',
    {
      '@type': 'ItemList',
      itemListElement: LISTED.map((id) => ({
        '@type': 'ListItem',
        url: url(id),
        item: { '@type': 'Product', name: id },
      })),
    },
  ],
  [
    'a graph with arrays of types',
    {
      '@context': 'x',
      '@graph': [
        {
          '@type': ['CollectionPage', 'WebPage'],
          mainEntity: {
            '@type': ['ItemList'],
            itemListElement: LISTED.map((id) => ({ '@type': ['Product', 'Thing'], '@id': url(id) })),
          },
        },
      ],
    },
  ],
];
for (const [title, data] of SHAPES)
  test(`a list told by ${title} is found`, async ({ openShop, page }) => {
    await openAllowed(() =>
      openShop({ pages: { '/': html({ title: 'All', tag: TAG, body: ld(data) + plainList }) } }),
    );
    expect((await lists(page)).map(({ items }) => items.map(({ id }) => id?.replace('/p/', '')))).toEqual([
      LISTED,
    ]);
  });

for (const [price, expected] of [
  ['1.299,00 €', 1299],
  ['$1,299.00', 1299],
  ['1 299,50', 1299.5],
  ['49.9', 49.9],
  ['49,9', 49.9],
  ["CHF 1'299.-", 1299],
  [12, 12],
  ['free', null],
  [null, null],
] as const)
  test(`a price of ${price} is read as ${expected}`, async ({ openShop, page }) => {
    const data = {
      '@type': 'ItemList',
      itemListElement: LISTED.slice(0, 2).map((id) => ({
        '@type': 'Product',
        url: url(id),
        offers: { price },
      })),
    };
    const links = LISTED.slice(0, 2)
      .map((id) => `<li><a href="${url(id)}">x</a></li>`)
      .join('');
    await openAllowed(() =>
      openShop({ pages: { '/': html({ title: 'All', tag: TAG, body: `${ld(data)}<ul>${links}</ul>` }) } }),
    );
    expect((await lists(page))[0]?.items[0]?.price).toBe(expected);
  });

test('a trail of breadcrumbs is no product list', async ({ openShop, page }) => {
  const trail = ['/', '/c/women', '/c/dresses'];
  const data = {
    '@type': 'BreadcrumbList',
    itemListElement: trail.map((item, i) => ({ '@type': 'ListItem', position: i + 1, name: item, item })),
  };
  const body = `${ld(data)}<nav>${trail.map((path) => `<a href="${path}">x</a>`).join('')}</nav>${list(WARDROBE, 'json-ld')}`;
  await openAllowed(() => openShop({ pages: { '/': html({ title: 'All', tag: TAG, body }) } }));
  expect((await lists(page)).map(({ items }) => items.length)).toEqual([WARDROBE.length]);
});

test("a brand's name before the product's is not its title", async ({ openShop, page }) => {
  const row = (
    id: string,
  ) => `<li itemscope itemtype="https://schema.org/Product"><div itemprop="brand" itemscope><span itemprop="name">Maren</span></div>
    <a href="/p/${id}"><span itemprop="name">Title of ${id}</span></a></li>`;
  await openAllowed(() =>
    openShop({ pages: { '/': html({ title: 'All', tag: TAG, body: `<ul>${row('a')}${row('b')}</ul>` }) } }),
  );
  expect((await lists(page))[0]?.items[0]).toMatchObject({ title: 'Title of a', brand: 'Maren', id: '/p/a' });
});

test('lists() is empty after a withdrawal and follows the page as it stands', async ({ openShop, page }) => {
  const shop = await openBrowsed(() => openShop());
  await shop.visit('/');
  expect(await ids(page)).toEqual(await shop.order());
  await page.evaluate(() => window.reshelf.undo());
  expect(await ids(page)).toEqual(LISTED);
  await page.evaluate(() => document.querySelector('ul.products > li')?.remove());
  expect(await ids(page)).toEqual(LISTED.slice(1));
  await page.evaluate(() => window.reshelf.consent.withdraw());
  expect(await lists(page)).toEqual([]);
});
