import { expect, LISTED, test } from '../support/shop.ts';

test('a forget empties all behaviour, tells the counts, renews the salt and keeps the consent', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  await shop.allow();
  await shop.browse('dress-green', 'shirt-green');
  const before = await shop.stored();
  await shop.visit('/');
  expect(await shop.order()).not.toEqual(LISTED);
  const removed = await page.evaluate(() => window.reshelf.forget('all'));
  expect(removed).toEqual({ journal: 2, profile: 1, wishes: 0, adjustments: 0, pseudonyms: 1, trial: 0 });
  expect(await shop.heard('erased')).toEqual([{ scope: 'all', removed }]);
  expect(await shop.order()).toEqual(LISTED);
  const after = await shop.stored();
  expect(after).toMatchObject({ journal: [], profile: [], pseudonyms: [] });
  expect(after?.audit?.at(-1)).toMatchObject({ action: 'forgotten', counts: removed });
  expect(JSON.stringify(after)).not.toContain('green');

  expect(await page.evaluate(() => window.reshelf.consent.get().personalize.effective)).toBe(true);
  await page.evaluate(() => window.reshelf.signal({ kind: 'view', item: { id: 'dress-red', title: 'red' } }));
  const [old] = (before?.pseudonyms ?? []) as { salt: number[]; session: number }[];
  const [fresh] = ((await shop.stored())?.pseudonyms ?? []) as { salt: number[]; session: number }[];
  expect(fresh).toBeDefined();
  expect(fresh?.salt).not.toEqual(old?.salt);
  expect(fresh?.session).not.toBe(old?.session);
  expect(await shop.journal()).toHaveLength(1);
  expect(shop.errors).toEqual([]);
});

test('a forgotten interest is in no weight of the head snippet either', async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  await shop.allow();
  await shop.browse('dress-green', 'dress-green', 'shirt-blue');
  await shop.visit('/');
  const weights = () =>
    page.evaluate((): string => JSON.parse(localStorage.getItem('reshelf:snapshot') ?? '{}').weights ?? '');
  const before = await weights();
  expect(before).not.toBe('');
  await page.evaluate(() =>
    window.reshelf.data({ kind: 'interest', interest: { facet: 'colour', value: 'green' }, act: 'forget' }),
  );
  await expect.poll(weights).not.toBe(before);
  expect((await weights()).length).toBeLessThan(before.length); // the green dress was one of two products met
  expect(shop.errors).toEqual([]);
});

test('no order from before a forget comes back into the snapshot', async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  await shop.allow();
  await shop.browse('dress-green', 'shirt-green');
  await shop.visit('/');
  const snapshot = () =>
    page.evaluate((): { weights?: string; orders: unknown[] } | null =>
      JSON.parse(localStorage.getItem('reshelf:snapshot') ?? 'null'),
    );
  await expect.poll(async () => (await snapshot())?.orders.length).toBeGreaterThan(0);
  await page.evaluate(() => window.reshelf.forget('all'));
  expect(await snapshot()).toBeNull();
  await page.evaluate(() => window.reshelf.signal({ kind: 'view', item: { id: 'dress-red', title: 'red' } }));
  await expect.poll(async () => (await snapshot())?.weights).toBeTruthy();
  expect((await snapshot())?.orders).toEqual([]);
  expect(shop.errors).toEqual([]);
});

test('what was seen before a forget and not kept yet is forgotten too', async ({ openShop, page }) => {
  await page.clock.install();
  const shop = await openShop();
  await shop.visit('/');
  await shop.allow();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.clock.runFor(1050); // seen, but still waiting for the batch
  await page.evaluate(() => window.reshelf.forget('all'));
  await page.clock.runFor(5000);
  await page.evaluate(() => window.reshelf.signal({ kind: 'click', itemId: 'x' })); // goes through the same queue
  expect((await shop.journal()).map(({ kind }) => kind)).toEqual(['click']);
});

test('a forget without a grant removes nothing and starts nothing; only everything can be forgotten', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  expect(await page.evaluate(() => window.reshelf.forget('all'))).toEqual({});
  expect(await shop.heard('erased')).toEqual([]);
  expect(await shop.stored()).toBeNull();
  expect(shop.requests.filter((one) => one.includes('worker'))).toEqual([]);
  expect(await page.evaluate(() => window.reshelf.forget('me' as never).catch(({ name }) => name))).toBe(
    'TypeError',
  );
});
