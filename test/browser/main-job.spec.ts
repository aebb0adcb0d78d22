import { expect, LISTED, test } from '../support/shop.ts';

test('after a few visits to green things, green things come first; the same visit keeps the same order', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  expect(await shop.order()).toEqual(LISTED);
  await shop.allow();
  await shop.browse('dress-green', 'shirt-green', 'dress-green');
  await shop.visit('/');
  await expect.poll(() => shop.order()).not.toEqual(LISTED);
  const order = await shop.order();
  const place = (id: string) => order.indexOf(id);
  expect(place('dress-green')).toBeLessThan(LISTED.indexOf('dress-green'));
  expect(place('jacket-green')).toBeLessThan(LISTED.indexOf('jacket-green'));
  expect([...order].sort()).toEqual([...LISTED].sort());
  expect(await shop.heard('reordered')).toEqual([{ listId: '/#0' }]);

  await page.reload();
  await page.evaluate(() => window.reshelf.ready);
  await expect.poll(() => shop.order()).toEqual(order);
  expect(shop.errors).toEqual([]);
});

test('rank orders products of the shop’s own code; positions are the shop’s, scores fall', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  await shop.allow();
  const products = [
    { id: 'a', title: 'red wool coat', colour: 'red' },
    { id: 'b', title: 'blue linen dress', colour: 'blue' },
    { id: 'c', title: 'blue linen skirt', colour: 'blue' },
  ];
  const rank = () => page.evaluate((asked) => window.reshelf.rank(asked), products);
  const before = await rank();
  expect(before.order.map(({ id, position }) => [id, position])).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 2],
  ]);
  for (const id of ['x', 'y', 'x'])
    await page.evaluate(
      (seen) =>
        window.reshelf.signal({
          kind: 'view',
          item: { id: seen, title: 'blue linen shirt', colour: 'blue' },
        }),
      id,
    );
  const after = await rank();
  expect(after.order.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  expect(after.order.map(({ position }) => position)).toEqual([1, 2, 0]);
  const scores = after.order.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(after.rankerId).toMatch(/^linear@/);
  expect(after.slateId).toMatch(/^[0-9a-f]{32}$/);
  expect(after.slateId).not.toBe(before.slateId);
});

test('before consent rank answers in the shop’s order, and there is nothing to explain', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  const answer = await page.evaluate(() =>
    window.reshelf.rank([
      { id: 'z', position: 5 },
      { id: 'y', position: 2 },
    ]),
  );
  expect(answer).toMatchObject({
    rankerId: 'shop-order',
    order: [
      { id: 'y', position: 2 },
      { id: 'z', position: 5 },
    ],
  });
  expect(await page.evaluate(() => window.reshelf.lists())).toEqual([]);
  const code = await page.evaluate(() => window.reshelf.explain('dress-blue').catch((error) => error.code));
  expect(code).toBe('consent/withheld');
  expect(await shop.stored()).toBeNull();
});

const BAD_CANDIDATES = {
  'no array': 'dress',
  'a product without an id': [{ title: 'dress' }],
  'an id twice': [{ id: 'a' }, { id: 'a' }],
  'more than 1,000 products': Array.from({ length: 1001 }, (_, i) => ({ id: `p${i}` })),
} as const;
for (const [what, input] of Object.entries(BAD_CANDIDATES))
  test(`rank refuses ${what} with a code and a reason`, async ({ openShop, page }) => {
    const shop = await openShop();
    await shop.visit('/');
    await shop.allow();
    const error = await page.evaluate(
      (bad) => window.reshelf.rank(bad as never).catch(({ code, message }) => ({ code, message })),
      input as never,
    );
    expect(error).toMatchObject({
      code: 'rank/bad-input',
      message: expect.stringMatching(/expected|another/),
    });
  });

test('an explanation names the places and adds up to the score; what it names, a real re-rank takes away', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  await shop.allow();
  await shop.browse('dress-green', 'shirt-green', 'dress-green');
  await shop.visit('/');
  await expect.poll(() => shop.order()).not.toEqual(LISTED);
  const order = await shop.order();
  for (const id of ['jacket-green', 'dress-blue']) {
    const told = await page.evaluate((asked) => window.reshelf.explain(asked), id);
    expect(told).toMatchObject({ listId: '/#0', from: LISTED.indexOf(id), to: order.indexOf(id) });
    const sum = told.contributions.reduce((total, { value }) => total + value, 0);
    expect(Math.abs(sum - told.score)).toBeLessThan(1e-9);
    for (const { feature, label, placeWithout } of told.contributions) {
      expect([feature, label]).not.toContain('');
      expect(placeWithout).toBeGreaterThanOrEqual(0);
      expect(placeWithout).toBeLessThan(LISTED.length);
    }
  }
  const code = await page.evaluate(() => window.reshelf.explain('nothing').catch((error) => error.code));
  expect(code).toBe('rank/unknown-item');
});

test('wishes win over everything learned, stay, and go with a forget', async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  await shop.allow();
  await shop.browse('dress-green', 'dress-green');
  await page.evaluate(() => window.reshelf.wishes.set({ muted: ['dress'], favourites: ['Skirt'] }));
  await shop.visit('/');
  await expect
    .poll(async () => (await shop.order()).slice(0, 5).every((id) => id.startsWith('skirt')))
    .toBe(true);
  expect((await shop.order()).slice(-5).every((id) => id.startsWith('dress'))).toBe(true);
  expect(await page.evaluate(() => window.reshelf.wishes.get())).toEqual({
    sizes: [],
    favourites: ['skirt'],
    muted: ['dress'],
  });
  const code = await page.evaluate(() =>
    window.reshelf.wishes.set({ muted: 7 } as never).catch((error) => error.code),
  );
  expect(code).toBe('wishes/bad-input');
  expect(await page.evaluate(() => window.reshelf.forget('all'))).toMatchObject({ wishes: 1 });
  expect(await page.evaluate(() => window.reshelf.wishes.get())).toMatchObject({ favourites: [], muted: [] });
});
