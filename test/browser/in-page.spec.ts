import { goods } from '../pages/goods.ts';
import { openLiked } from '../support/liked-shop.ts';
import { expect, test } from '../support/shop.ts';

test('where no worker can start, a thousand products are ranked in slices as the worker ranks them, to the last digit', async ({
  openShop,
  page,
}) => {
  const headers: Record<string, string> = {};
  const shop = await openLiked(openShop, page, { headers });
  await page.clock.setFixedTime(Date.now() + 60_000); // ages are in the scores
  const candidates = goods(1000).map(({ id, title, price, brand, category }) => ({
    id,
    title,
    price,
    brand,
    category,
  }));
  const ranked = async () => {
    await shop.visit('/');
    return page.evaluate(async (candidates) => {
      const { scheduler } = window as unknown as { scheduler: { yield(): Promise<void> } };
      const own = scheduler.yield;
      let pauses = 0;
      scheduler.yield = () => {
        pauses += 1;
        return own.call(scheduler);
      };
      const { order } = await window.reshelf.rank(candidates);
      return { order, pauses };
    }, candidates);
  };
  const byWorker = await ranked();
  expect(await shop.heard('diagnostic')).toEqual([]);
  expect(byWorker.pauses).toBe(0);
  expect(byWorker.order).toHaveLength(1000);
  const ids = byWorker.order.map(({ id }) => id as string);
  expect(ids).not.toEqual(candidates.map(({ id }) => id));
  expect(ids.slice(0, 50).some((id) => candidates.findIndex((one) => one.id === id) > 500)).toBe(true);

  headers['content-security-policy'] = "script-src 'self'; worker-src 'none'";
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const inPage = await ranked();
  expect(await shop.heard('diagnostic')).toEqual([{ code: 'worker/in-page' }]);
  expect(inPage.order).toEqual(byWorker.order);
  expect(inPage.pauses).toBeGreaterThan(0); // the page could paint and answer in between
  expect(shop.errors).toEqual([]);
});
