import type { Page } from '@playwright/test';
import { tagWith } from '../support/html.ts';
import { expect, test } from '../support/shop.ts';

declare global {
  interface Window {
    shifts: number;
  }
}

const card = (page: Page) => page.getByRole('region', { name: 'Personal product lists' });
const allow = (page: Page) => card(page).getByRole('button', { name: 'Allow', exact: true });
const refuse = (page: Page) => card(page).getByRole('button', { name: 'No thanks', exact: true });

test('the card is a region, not a dialog, takes no focus and moves nothing', async ({ openShop, page }) => {
  await page.addInitScript(() => {
    window.shifts = 0;
    new PerformanceObserver((list) => {
      window.shifts += list.getEntries().length;
    }).observe({ type: 'layout-shift', buffered: true });
    document.addEventListener('DOMContentLoaded', () => document.querySelector<HTMLElement>('ul a')?.focus());
  });
  const shop = await openShop();
  await shop.visit('/');
  await expect(card(page)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(
    await page
      .locator('reshelf-card')
      .evaluate((host) => host.shadowRoot?.querySelector('[aria-modal]') ?? null),
  ).toBeNull();
  expect(await page.evaluate(() => document.activeElement?.closest('ul') !== null)).toBe(true);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await page.evaluate(() => window.shifts)).toBe(0);
  await page.getByRole('link').first().click(); // the page under it can be used
  await expect(page).toHaveURL(/\/p\//);
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`both answers look alike (${colorScheme})`, async ({ openShop, page }) => {
    await page.emulateMedia({ colorScheme });
    const shop = await openShop();
    await shop.visit('/');
    const look = (button: Element) => {
      const style = getComputedStyle(button);
      const { width, height } = button.getBoundingClientRect();
      const {
        font,
        color,
        backgroundColor,
        borderTopWidth,
        borderTopColor,
        borderTopStyle,
        opacity,
        textDecorationLine,
      } = style;
      return {
        width,
        height,
        font,
        color,
        backgroundColor,
        borderTopWidth,
        borderTopColor,
        borderTopStyle,
        opacity,
        textDecorationLine,
      };
    };
    const yes = await allow(page).evaluate(look);
    expect(await refuse(page).evaluate(look)).toEqual(yes);
    expect(yes.height).toBeGreaterThanOrEqual(44);
  });

for (const [key, expected] of [
  ['Enter', { 'No thanks': 'refused', Allow: 'granted' }],
  ['Space', { 'No thanks': 'refused', Allow: 'granted' }],
] as const)
  for (const [name, state] of Object.entries(expected))
    test(`"${name}" is answered by ${key}`, async ({ openShop, page }) => {
      const shop = await openShop();
      await shop.visit('/');
      await expect(card(page)).toBeVisible();
      for (let presses = 0; presses < 40; presses++) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(
          () => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '',
        );
        if (focused === name) break;
      }
      await page.keyboard.press(key);
      await expect
        .poll(() => page.evaluate(() => window.reshelf.consent.get().personalize.state))
        .toBe(state);
      await expect(card(page)).toHaveCount(0);
      expect(await page.evaluate(() => window.reshelf.consent.history()[0])).toMatchObject({
        source: 'card',
        notice: { id: 'reshelf-card/1', language: 'en', variant: 'card' },
      });
      await shop.visit('/');
      await expect(card(page)).toHaveCount(0);
    });

test('Escape means later: nothing is remembered and the next page asks again', async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  await refuse(page).focus();
  await page.keyboard.press('Escape');
  await expect(card(page)).toHaveCount(0);
  expect(await shop.choice()).toBeNull();
  expect(await page.evaluate(() => window.reshelf.consent.get().personalize.state)).toBe('deferred');
  await shop.visit('/p/dress-blue');
  await expect(card(page)).toBeVisible();
});

test("the shop's own banner can answer first", async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  await expect(card(page)).toBeVisible();
  await page.evaluate(() => window.reshelf.consent.set({ measure: false }, { source: 'api', noticeId: 'n' }));
  await expect(card(page)).toBeVisible(); // that was another question
  await page.evaluate(() =>
    window.reshelf.consent.set({ personalize: false }, { source: 'api', noticeId: 'n' }),
  );
  await expect(card(page)).toHaveCount(0);
});

test('the card stays away where the merchant asks', async ({ openShop, page }) => {
  const shop = await openShop({ tag: tagWith('data-reshelf-card="off"') });
  await shop.visit('/');
  await expect(page.locator('reshelf-card')).toHaveCount(0);
  expect(await page.evaluate(() => window.reshelf.consent.get().personalize.state)).toBe('default-off');
});

test('the card links the notice of the shop', async ({ openShop, page }) => {
  const shop = await openShop({ tag: tagWith('data-reshelf-notice-url="/privacy"') });
  await shop.visit('/');
  await expect(card(page).getByRole('link', { name: 'How this works' })).toHaveAttribute('href', '/privacy');
});

test('card and launcher make no formats of dates and figures, which take a slow phone as long as all else', async ({
  openShop,
  page,
}) => {
  await page.addInitScript(() => {
    const made: string[] = [];
    for (const name of ['DateTimeFormat', 'NumberFormat', 'PluralRules'] as const)
      Object.assign(Intl, {
        [name]: new Proxy(Intl[name], {
          construct(format, args) {
            made.push(name);
            return Reflect.construct(format, args) as object;
          },
        }),
      });
    Object.assign(window, { made });
  });
  const shop = await openShop();
  await shop.visit('/');
  await expect(page.locator('reshelf-card')).toBeVisible();
  await shop.allow();
  await expect(page.locator('reshelf-launcher')).toBeVisible();
  expect(await page.evaluate(() => Reflect.get(window, 'made'))).toEqual([]);
});
