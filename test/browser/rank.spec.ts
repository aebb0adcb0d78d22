import { expect, LISTED, type TestShop, test } from '../support/shop.ts';
import { WARDROBE } from '../support/wardrobe.ts';

const CANDIDATES = WARDROBE.map((one, position) => ({ ...one, position }));
const rank = (page: import('@playwright/test').Page, candidates: unknown) =>
  page.evaluate(
    (given) =>
      window.reshelf.rank(given as never).then(
        (answer) => ({ answer, code: undefined, message: '' }),
        ({ code, message }) => ({ answer: undefined, code, message }),
      ),
    candidates,
  );

async function openBrowsed(open: () => Promise<TestShop>): Promise<TestShop> {
  const shop = await open();
  await shop.visit('/p/dress-green');
  await shop.allow();
  await shop.browse('skirt-green', 'dress-green', 'skirt-green');
  await shop.visit('/');
  return shop;
}

test("before consent the answer is the shop's order, whatever the places", async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  const { answer } = await rank(page, [
    { id: 'b', position: 1 },
    { id: 'a', position: 0 },
    { id: 'c', position: 2 },
  ]);
  expect(answer?.order.map(({ id, position, score }) => [id, position, score])).toEqual([
    ['a', 0, 0],
    ['b', 1, 0],
    ['c', 2, 0],
  ]);
  expect(shop.requests.filter((one) => one.includes('worker'))).toEqual([]);
});

test("without history, and among equals, the shop's order stands", async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/search');
  await shop.allow();
  const { answer } = await rank(page, CANDIDATES);
  expect(answer?.order.map(({ id }) => id)).toEqual(LISTED);
  expect(answer?.order.map(({ position }) => position)).toEqual(LISTED.map((_, i) => i));
  await page.evaluate(() =>
    window.reshelf.signal({ kind: 'view', item: { id: 'z', category: 'shoes', brand: 'Z' } }),
  );
  const equal = await rank(page, [{ id: 'n' }, { id: 'm' }, { id: 'l' }]);
  expect(equal.answer?.order.map(({ id }) => id)).toEqual(['n', 'm', 'l']);
});

test('with history the answer is sorted by score, with the places given and a random slate id', async ({
  openShop,
  page,
}) => {
  await openBrowsed(openShop);
  const { answer } = await rank(page, CANDIDATES);
  const order = answer?.order ?? [];
  expect(order.map(({ id }) => id)).not.toEqual(LISTED);
  expect(order[0]?.id).toMatch(/green/);
  expect(order.map(({ id }) => id).sort()).toEqual([...LISTED].sort());
  for (const { id, position, score } of order) {
    expect(position).toBe(LISTED.indexOf(id));
    expect(Number.isFinite(score)).toBe(true);
  }
  expect(answer?.slateId).toMatch(/^[0-9a-f]{32}$/);
  expect((await rank(page, CANDIDATES)).answer?.slateId).not.toBe(answer?.slateId);
  expect(answer?.rankerId).not.toBe('shop-order');
});

const BAD: readonly (readonly [title: string, input: unknown])[] = [
  ['more than 1,000 products', Array.from({ length: 1001 }, (_, i) => ({ id: `p${i}` }))],
  ['an id twice', [{ id: 'a' }, { id: 'b' }, { id: 'a' }]],
  ['a product without an id', [{ id: 'a' }, { title: 'b' }]],
  ['a text', 'abc'],
  ['nothing', null],
];
for (const [title, input] of BAD)
  test(`ranking ${title} is refused, granted or not`, async ({ openShop, page }) => {
    const shop = await openShop();
    await shop.visit('/');
    expect((await rank(page, input)).code).toBe('rank/bad-input');
    await shop.allow();
    expect((await rank(page, input)).code).toBe('rank/bad-input');
    expect(shop.errors).toEqual([]);
    expect(await shop.heard('diagnostic')).toEqual([]);
  });

test('a thousand products and none are both answered', async ({ openShop, page }) => {
  await openBrowsed(openShop);
  const many = Array.from({ length: 1000 }, (_, i) => ({ ...WARDROBE[i % 20], id: `p${i}` }));
  expect((await rank(page, many)).answer?.order).toHaveLength(1000);
  expect((await rank(page, [])).answer?.order).toEqual([]);
});

test("what the shop's products carry besides breaks nothing", async ({ openShop, page }) => {
  await openBrowsed(openShop);
  const odd = [
    { id: 'a', price: Number.NaN, title: 7, sizes: 'M', brand: null, position: -1 },
    { id: 2, sizes: [1, 'M'], inStock: 'yes', position: 1e308 },
  ];
  expect((await rank(page, odd)).answer?.order.map(({ id }) => id)).toEqual(['a', '2']);
});

test("an explanation adds up to the score and tells the way from the shop's place", async ({
  openShop,
  page,
}) => {
  const shop = await openBrowsed(openShop);
  const order = await shop.order();
  for (const id of [order[0], order[5], order.at(-1)]) {
    const told = await page.evaluate((item) => window.reshelf.explain(item ?? ''), id);
    const sum = told.contributions.reduce((total, { value }) => total + value, 0);
    expect(Math.abs(sum - told.score)).toBeLessThan(1e-9);
    expect(told).toMatchObject({
      listId: '/#0',
      from: LISTED.indexOf(id ?? ''),
      to: order.indexOf(id ?? ''),
    });
    for (const { feature, label } of told.contributions) expect(feature && label).toBeTruthy();
  }
  const first = await page.evaluate((item) => window.reshelf.explain(item ?? '', '/#0'), order[0]);
  expect(first.contributions.length).toBeGreaterThan(1);
});

test('an unknown product, an unknown list and a missing grant are each said', async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  const explain = (id: string, listId?: string) =>
    page.evaluate(
      ([item, listed]) =>
        window.reshelf.explain(item ?? '', listed).then(
          () => 'told',
          ({ code }) => code,
        ),
      [id, listId],
    );
  expect(await explain('dress-blue')).toBe('consent/withheld');
  await shop.allow();
  expect(await explain('dress-blue')).toBe('told');
  expect(await explain('nothing')).toBe('rank/unknown-item');
  expect(await explain('dress-blue', '/#7')).toBe('rank/unknown-item');
  expect(shop.errors).toEqual([]);
});
