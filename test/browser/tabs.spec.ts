import type { Page } from '@playwright/test';
import { tagWith } from '../support/html.ts';
import { expect, LISTED, test } from '../support/shop.ts';

const state = (page: Page) => page.evaluate(() => window.reshelf.consent.get().personalize);

test('a first yes in one tab holds in every open tab at once: the question goes, the list follows, signals are kept', async ({
  openShop,
  page,
  context,
}) => {
  const shop = await openShop();
  const tabs = [await context.newPage(), await context.newPage()] as const;
  for (const tab of tabs) {
    await shop.inTab(tab).visit('/');
    await expect(tab.locator('reshelf-card')).toHaveCount(1);
  }
  await shop.visit('/');
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  for (const tab of tabs) {
    await expect.poll(() => state(tab)).toMatchObject({ state: 'granted', effective: true });
    await expect(tab.locator('reshelf-card')).toHaveCount(0);
    await expect(tab.getByRole('button', { name: 'Personal order: on' })).toHaveCount(1);
    await expect
      .poll(() => tab.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-green' })))
      .toBe(true);
    await expect.poll(() => tab.evaluate(() => window.reshelf.lists().length)).toBe(1);
    expect(await shop.inTab(tab).heard('consentchange')).toHaveLength(1);
    expect(await shop.inTab(tab).heard('diagnostic')).toEqual([]);
  }
  expect(await shop.journal('view')).toHaveLength(2);

  await tabs[1].evaluate(() => window.reshelf.consent.pause()); // and from there back to the others
  for (const tab of [page, tabs[0]]) await expect.poll(() => state(tab)).toMatchObject({ state: 'paused' });
  await tabs[0].evaluate(() => window.reshelf.consent.resume());
  for (const tab of [page, tabs[1]]) {
    await expect.poll(() => state(tab)).toMatchObject({ state: 'granted' });
    await expect
      .poll(() => tab.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-blue' })))
      .toBe(true);
  }
  await page.evaluate(() => window.reshelf.consent.withdraw());
  for (const tab of tabs) {
    await expect.poll(() => state(tab)).toMatchObject({ state: 'withdrawn' });
    expect(await tab.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-red' }))).toBe(
      false,
    );
    expect(await shop.inTab(tab).order()).toEqual(LISTED);
  }
  expect(await shop.stored()).toMatchObject({ journal: [], profile: [], pseudonyms: [] });
  expect(shop.errors).toEqual([]);
});

test('a first no in one tab takes the question away in the others, and starts nothing there', async ({
  openShop,
  page,
  context,
}) => {
  const shop = await openShop();
  const other = await context.newPage();
  await shop.inTab(other).visit('/');
  await shop.visit('/');
  await page.getByRole('button', { name: 'No thanks' }).click();
  await expect(other.locator('reshelf-card')).toHaveCount(0);
  expect(await state(other)).toMatchObject({ state: 'refused', effective: false });
  expect(await shop.stored()).toBeNull();
  expect(shop.requests.filter((one) => one.includes('worker'))).toEqual([]);
});

test('what a page does not remember by itself says nothing to it: other keys of the storage, an erased proof', async ({
  openShop,
  page,
  context,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  await shop.allow();
  const other = await context.newPage();
  await shop.inTab(other).visit('/');
  await page.evaluate(() => localStorage.setItem('shop:choice', '{"version":2,"receipts":[]}'));
  await page.evaluate(() => localStorage.removeItem('shop:choice'));
  expect(await state(other)).toMatchObject({ state: 'granted' });
  await page.evaluate(() => window.reshelf.forget('proof'));
  await expect.poll(() => state(other)).toMatchObject({ state: 'default-off', effective: false });
  await expect(other.locator('reshelf-card')).toHaveCount(1); // nobody has answered, here or there
  expect(await shop.stored()).toBeNull();
});

test('of several open tabs, the one that was answered in tells the shop’s own log', async ({
  openShop,
  page,
  context,
}) => {
  const shop = await openShop({ tag: tagWith('data-reshelf-audit-url="/consent-log"') });
  const other = await context.newPage();
  const heard = (tab: Page) =>
    tab.waitForFunction(
      () => performance.getEntriesByName(`${location.origin}/reshelf/reshelf.sources.js`).length > 0,
    );
  await shop.inTab(other).visit('/');
  await shop.visit('/');
  await heard(other);
  await heard(page);
  await shop.allow();
  await expect.poll(() => state(other)).toMatchObject({ state: 'granted' });
  await other.evaluate(() => window.reshelf.consent.withdraw());
  await expect.poll(() => state(page)).toMatchObject({ state: 'withdrawn' });
  await page.evaluate(() => fetch('/')); // whatever was to be sent before has been
  expect(shop.requests.filter((one) => one.includes('/consent-log'))).toHaveLength(2);
});
