import type { Page } from '@playwright/test';
import { type Good, goods } from '../pages/goods.ts';
import { expect, type ShopOptions, type TestShop } from './shop.ts';

export const GOODS = goods(48);

/** Nothing of the list has been in view when the page is shown, so all of it may move. */
export const BELOW = '<style>body { padding-top: 150vh }</style>';

/** A shop whose visitor likes some products, standing on a page of it whose list has been looked at. */
export async function openLiked(
  openShop: (options?: ShopOptions) => Promise<TestShop>,
  page: Page,
  options: ShopOptions,
  path = '/',
): Promise<TestShop> {
  const shop = await openShop(options);
  await shop.visit(path);
  await shop.allow();
  await like(page, 20, 33, 41);
  await shop.visit(path);
  await expect
    .poll(() =>
      page.evaluate(() => JSON.parse(localStorage.getItem('reshelf:snapshot') ?? '{}').weights !== undefined),
    )
    .toBe(true);
  return shop;
}

/** Three long looks at each of these products. */
export async function like(page: Page, ...liked: readonly number[]): Promise<void> {
  const items = liked
    .flatMap((index) => GOODS[index] ?? [])
    .map(({ id, title, price }) => ({ id, title, price }));
  await page.evaluate(async (seen) => {
    for (const item of [...seen, ...seen, ...seen])
      await window.reshelf.signal({ kind: 'view', item, dwellMs: 20_000 });
  }, items);
}

/** The link of each place, as its nodes stand; of places without a product's the text. */
export const placesOf = (page: Page, list: string): Promise<string[]> =>
  page
    .locator(`${list} > *`)
    .evaluateAll((cards) => cards.map((card) => card.querySelector('a')?.getAttribute('href') ?? ''));

/** The same, as the shop lists them. */
export const shopsPlaces = (shown: readonly Good[], promoAt: number): string[] => {
  const links = shown.map(({ handle }) => `/products/${handle}`);
  return [...links.slice(0, promoAt), '/pages/spring', ...links.slice(promoAt)];
};
