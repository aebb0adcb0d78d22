import type { Page } from '@playwright/test';
import { type Good, goods } from '../pages/goods.ts';
import { PROMO_AT, SPONSORED_AT } from '../pages/platform.ts';
import { PLATFORMS } from '../pages/platforms.ts';
import type { Variant } from '../pages/variant.ts';
import { VARIANTS } from '../pages/variants.ts';
import { TAG } from '../support/html.ts';
import { expect, type TestShop, test } from '../support/shop.ts';

const GOODS = goods(16);
/** Nothing of the list has been seen, so all of it may move. */
const BELOW = `<style>body { padding-top: 100vh }</style>${TAG}`;

/** Places as products, `promo` among them, in the shop's order. */
const placesOf = (shown: readonly Good[]): (Good | 'promo')[] => [
  ...shown.slice(0, PROMO_AT),
  'promo',
  ...shown.slice(PROMO_AT),
];

async function like(page: Page, platform: Variant, liked: readonly Good[]): Promise<void> {
  const items = liked.map((good) => {
    const { id, title, price } = platform.expected(good);
    return { id, title, price };
  });
  await page.evaluate(async (seen) => {
    for (const item of [...seen, ...seen, ...seen])
      await window.reshelf.signal({ kind: 'view', item, dwellMs: 20_000 });
  }, items);
}

/** What the eye sees, left to right and down, by the picture-less text of each card. */
const visual = (page: Page, list: string): Promise<string[]> =>
  page.locator(`${list} > *`).evaluateAll((cards) =>
    cards
      .map((card) => ({
        text: card.textContent?.replace(/\s+/g, ' ').trim() ?? '',
        box: card.getBoundingClientRect(),
      }))
      .sort((a, b) => Math.round(a.box.top) - Math.round(b.box.top) || a.box.left - b.box.left)
      .map(({ text }) => text),
  );

async function openPlatform(
  openShop: (options?: object) => Promise<TestShop>,
  platform: Variant,
  head = BELOW,
): Promise<TestShop> {
  const shop = await openShop({ pages: { [platform.path]: platform.page({ head, goods: GOODS }) } });
  await shop.visit(platform.path);
  await shop.allow();
  return shop;
}

for (const platform of [...PLATFORMS, ...VARIANTS]) {
  test(`${platform.name}: every product is found with what the page says of it, and every special place`, async ({
    openShop,
    page,
  }) => {
    const shop = await openPlatform(openShop, platform, TAG);
    const [list, ...others] = await page.evaluate(() => window.reshelf.lists());
    expect(others).toEqual([]);
    const places = placesOf(GOODS);
    expect(list?.items).toHaveLength(places.length);
    places.forEach((good, place) => {
      const found = list?.items[place];
      if (good === 'promo') {
        expect(found).toMatchObject({ id: null, isPinned: true });
        expect(['promo', 'banner']).toContain(found?.slot);
        return;
      }
      const slot = place === SPONSORED_AT ? 'sponsored' : 'product';
      expect(found).toMatchObject({ ...platform.expected(good), slot });
      expect(found?.inStock === false, `${good.title} is sold out`).toBe(good.isSoldOut);
      expect(found?.isPinned).toBe(good.isSoldOut || slot === 'sponsored');
      expect(found?.image).toContain('data:image');
      for (const field of ['id', 'title', 'price'] as const)
        expect(found?.confidence[field]).toBeGreaterThan(0.4);
    });
    expect(shop.errors).toEqual([]);
  });

  test(`${platform.name}: what is liked rises, special places stay, places keep their marks, undo gives back the very nodes`, async ({
    openShop,
    page,
  }) => {
    const shop = await openPlatform(openShop, platform);
    await like(
      page,
      platform,
      [GOODS[12], GOODS[14]].flatMap((good) => good ?? []),
    );
    await page.addInitScript((selector) => {
      document.addEventListener('DOMContentLoaded', () => {
        const list = document.querySelector(selector);
        Object.assign(window, { before: [...(list?.childNodes ?? [])], outer: list?.outerHTML });
      });
    }, platform.list);
    const shopsOrder = await visual(page, platform.list);
    const marks = () =>
      page.locator(`${platform.list} > *`).evaluateAll((cards) =>
        cards.map((card) => {
          const position = card.matches('[data-position]') ? card : card.querySelector('[data-position]');
          const image = card.querySelector('img');
          return [
            card.classList.contains('first'),
            card.classList.contains('last'),
            (card as HTMLElement).style.getPropertyValue('--animation-order'),
            position?.getAttribute('data-position') ?? null,
            image?.getAttribute('loading') ?? null,
          ];
        }),
      );
    const marksBefore = await marks();
    await shop.visit(platform.path); // by a link: a reload shows what was shown
    await expect.poll(() => shop.heard('reordered')).toHaveLength(1);
    const order = await visual(page, platform.list);
    expect(order).not.toEqual(shopsOrder);
    expect([...order].sort()).toEqual([...shopsOrder].sort());
    const placeOf = (title: string) => order.findIndex((text) => text.includes(title));
    for (const liked of [12, 14]) {
      const title = GOODS[liked]?.title ?? '';
      expect(placeOf(title), `${title} rises`).toBeLessThan(liked - 2);
    }
    for (const fixed of [SPONSORED_AT, PROMO_AT, 4]) expect(order[fixed]).toBe(shopsOrder[fixed]);
    expect(await marks()).toEqual(marksBefore);
    const undone = await page.evaluate((selector) => {
      window.reshelf.undo();
      const list = document.querySelector(selector);
      const { before, outer } = window as unknown as { before: ChildNode[]; outer: string };
      const now = [...(list?.childNodes ?? [])];
      return {
        isSameNodes: now.length === before.length && now.every((node, place) => node === before[place]),
        isSameText: list?.outerHTML === outer,
      };
    }, platform.list);
    expect(undone).toEqual({ isSameNodes: true, isSameText: true });
    expect(await visual(page, platform.list)).toEqual(shopsOrder);
    expect(shop.errors).toEqual([]);
  });
}

for (const platform of PLATFORMS) {
  test(`${platform.name}: an order that the shopper chose stays`, async ({ openShop, page }) => {
    const shop = await openPlatform(openShop, platform);
    await like(
      page,
      platform,
      [GOODS[12], GOODS[14]].flatMap((good) => good ?? []),
    );
    const shopsOrder = await visual(page, platform.list);
    await shop.visit(`${platform.path}${platform.sortQuery}`);
    await expect.poll(() => shop.heard('diagnostic')).toEqual([{ code: 'list/explicit-sort' }]);
    expect(await visual(page, platform.list)).toEqual(shopsOrder);
    expect(await shop.heard('reordered')).toEqual([]);
  });
}
