import type { Page } from '@playwright/test';
import type * as Headless from '../../src/consent.ts';
import { expect, type TestShop, test } from '../support/shop.ts';

declare global {
  interface Window {
    core: Headless.Consent;
    enforced: [answer: string | undefined, mustPurge: boolean][];
    changes: string[];
    failing: boolean;
  }
}

/** A page of the merchant's own: the npm entry `reshelf/consent`, and nothing else of Reshelf. */
const PAGE =
  '<!doctype html><html lang="de"><title>Own</title><link rel="icon" href="data:,"><p>Own page</p>';
const PAGES = { pages: { '/own': PAGE } };

async function start(shop: TestShop, page: Page, recipients: readonly string[] = []): Promise<void> {
  await page.goto(`${shop.origin}/own`);
  await page.evaluate(async (given) => {
    const address = '/reshelf/consent.js';
    const { createHeadlessConsent, termsOf } = (await import(address)) as typeof Headless;
    window.enforced = [];
    window.changes = [];
    window.core = await createHeadlessConsent({
      terms: termsOf({ recipients: given }),
      region: 'eea',
      enforce: async (receipt, mustPurge) => {
        window.enforced.push([receipt.answers.personalize, mustPurge]);
        if (localStorage.getItem('failing') !== null) throw new Error('no disk');
      },
      onChange: (purpose, from, to) => window.changes.push(`${purpose}: ${from} > ${to}`),
    });
  }, recipients);
}
const state = (page: Page) => page.evaluate(() => window.core.get().personalize.state);
const enforced = (page: Page) => page.evaluate(() => window.enforced);

test('the consent core by itself: answers, receipts, purge, terms, other tabs; no other file, no request, no database', async ({
  openShop,
  page,
  context,
}) => {
  const shop = await openShop(PAGES);
  await start(shop, page);
  expect(await state(page)).toBe('default-off');
  expect(await page.evaluate(() => window.core.isDue())).toBe(true);
  const refused = await page.evaluate(() =>
    window.core.set({ personalize: true }, {} as never).catch(({ code }) => code),
  );
  expect(refused).toBe('consent/no-notice');
  const other = await context.newPage();
  await start(shop, other);
  const receipt = await page.evaluate(() =>
    window.core.set({ personalize: true }, { source: 'api', noticeId: 'own-1', text: 'May we?' }),
  );
  expect(receipt).toMatchObject({
    seq: 1,
    answers: { personalize: 'granted' },
    notice: { id: 'own-1', language: 'de' },
    region: 'eea',
  });
  expect(receipt.notice.textHash).toMatch(/^[0-9a-f]{64}$/);
  await expect.poll(() => state(other)).toBe('granted');
  expect(await other.evaluate(() => window.changes)).toEqual(['personalize: default-off > granted']);
  await page.evaluate(() => window.core.withdraw());
  expect(await enforced(page)).toEqual([
    ['granted', false],
    ['withdrawn', true],
  ]);
  await expect.poll(() => state(other)).toBe('withdrawn');
  expect(await page.evaluate(() => window.core.history().map(({ seq }) => seq))).toEqual([2, 1]);
  expect(shop.requests.filter((one) => one.includes('/reshelf/'))).toEqual(
    Array(2).fill('GET /reshelf/consent.js'),
  );
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  expect(shop.errors).toEqual([]);
});

test('headless: a purge that failed is owed and asked for again at the next start; other terms end a yes', async ({
  openShop,
  page,
}) => {
  const shop = await openShop(PAGES);
  await start(shop, page);
  const yes = () =>
    page.evaluate(() => window.core.set({ personalize: true }, { source: 'api', noticeId: 'n' }));
  await yes();
  await page.evaluate(() => localStorage.setItem('failing', 'yes'));
  expect(await page.evaluate(() => window.core.withdraw().catch(({ message }) => message))).toBe('no disk');
  await start(shop, page);
  expect(await enforced(page)).toEqual([['withdrawn', true]]); // asked for, and owed again
  await page.evaluate(() => localStorage.removeItem('failing'));
  await start(shop, page);
  expect(await enforced(page)).toEqual([['withdrawn', true]]);
  await start(shop, page);
  expect(await enforced(page)).toEqual([]); // done
  await yes();
  await start(shop, page, ['Parcel Ltd']);
  expect(await state(page)).toBe('stale');
});
