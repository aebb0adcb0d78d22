import { expect, LISTED, test } from '../support/shop.ts';

test('after a few visits to blue products the list puts blue first', async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  expect(await shop.order()).toEqual(LISTED);
  await shop.allow();
  for (const id of ['dress-green', 'shirt-green', 'dress-green']) await shop.visit(`/p/${id}`);
  await shop.visit('/');
  console.log(await shop.order(), await shop.heard('diagnostic'), await shop.heard('reordered'));
  console.log(JSON.stringify(await shop.stored(), null, 1).slice(0, 3000));
  console.log(await page.evaluate(() => window.reshelf.explain('skirt-green')));
});
