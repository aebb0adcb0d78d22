import { RETENTION_DAYS } from '../../src/core/retention.ts';
import { SIGNAL_KINDS } from '../../src/core/signal.ts';
import { tagWith } from '../support/html.ts';
import { expect, type TestShop, test } from '../support/shop.ts';

const DAY = 24 * 3_600_000;
const NOON = Date.UTC(2026, 2, 1, 12);

/** One signal of every kind, each about a product of its own. */
const sendAll = (shop: TestShop, page: import('@playwright/test').Page) =>
  page
    .evaluate(async (kinds) => {
      for (const kind of kinds)
        await window.reshelf.signal({
          kind,
          item: { id: `only-${kind}`, category: `cat-${kind}` },
          size: 'M',
          query: 'words',
        });
      return kinds.length;
    }, SIGNAL_KINDS)
    .then(() => shop.journal());

const kinds = async (shop: TestShop) => (await shop.journal()).map(({ kind }) => kind).sort();
const alive = (days: number, cap = Number.POSITIVE_INFINITY) =>
  SIGNAL_KINDS.filter((kind) => Math.min(RETENTION_DAYS[kind], cap) > days).sort();

test('each kind of signal, and what the profile knew by it, goes after its days', async ({
  openShop,
  page,
}) => {
  await page.clock.install({ time: NOON });
  const shop = await openShop({ tag: tagWith('data-reshelf-collect="api"') });
  await shop.visit('/');
  await shop.allow();
  expect(await sendAll(shop, page)).toHaveLength(SIGNAL_KINDS.length);
  for (const days of [13, 15, 29, 31, 89, 91, 200, 364, 366]) {
    await page.clock.setSystemTime(NOON + days * DAY);
    await shop.visit('/');
    await expect.poll(() => kinds(shop), `after ${days} days`).toEqual(alive(days));
    const stored = await shop.stored();
    for (const kind of SIGNAL_KINDS.filter((one) => one !== 'search')) {
      const isKept = alive(days).includes(kind);
      expect(JSON.stringify(stored).includes(`only-${kind}`), `${kind} after ${days} days`).toBe(isKept);
    }
    await shop.allow(); // a yes holds for 180 days: this shopper says it again
  }
  expect(
    (await shop.stored())?.audit?.filter((entry) => (entry as { action: string }).action === 'outdated'),
  ).toHaveLength(4);
});

test('a page that stays open enforces it daily by itself', async ({ openShop, page }) => {
  await page.clock.install({ time: NOON });
  const shop = await openShop({ tag: tagWith('data-reshelf-collect="api"') });
  await shop.visit('/');
  await shop.allow();
  await sendAll(shop, page);
  await page.clock.fastForward(13 * DAY);
  await page.evaluate(() => window.reshelf.rank([{ id: 'a' }])); // waits in the same queue
  expect(await kinds(shop)).toEqual(alive(13));
  await page.clock.fastForward(2 * DAY);
  await expect.poll(() => kinds(shop)).toEqual(alive(15));
});

test('data-reshelf-retention-days can only shorten', async ({ openShop, page }) => {
  await page.clock.install({ time: NOON });
  const shop = await openShop({
    tag: tagWith('data-reshelf-collect="api" data-reshelf-retention-days="20"'),
  });
  await shop.visit('/');
  await shop.allow();
  await sendAll(shop, page);
  for (const days of [13, 15, 19, 21]) {
    await page.clock.setSystemTime(NOON + days * DAY);
    await shop.visit('/');
    await expect.poll(() => kinds(shop), `after ${days} days`).toEqual(alive(days, 20));
  }
});

test('a clock set forward by years does not make a signal outlive its time', async ({ openShop, page }) => {
  await page.clock.install({ time: NOON });
  const shop = await openShop({ tag: tagWith('data-reshelf-collect="api"') });
  await shop.visit('/');
  await shop.allow();
  await page.evaluate(() =>
    window.reshelf.signal({ kind: 'view', itemId: 'a', at: Date.now() * 2 } as never),
  );
  expect((await shop.journal())[0]?.at as number).toBeLessThan(NOON + DAY);
});
