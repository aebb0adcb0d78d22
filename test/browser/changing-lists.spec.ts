import type { Page } from '@playwright/test';
import { goods } from '../pages/goods.ts';
import { PROMO_AT, SPONSORED_AT } from '../pages/platform.ts';
import { shopify } from '../pages/shopify.ts';
import { TAG } from '../support/html.ts';
import { BELOW, GOODS, like, openLiked, placesOf, shopsPlaces } from '../support/liked-shop.ts';
import { expect, test } from '../support/shop.ts';
import { watchedOn, watchSlots } from '../support/swap-probe.ts';

const FIRST = GOODS.slice(0, 24);
const SECOND = GOODS.slice(24);
const PAGES = {
  '/': shopify.page({ head: TAG, goods: FIRST }),
  '/below': shopify.page({ head: TAG + BELOW, goods: FIRST }),
  '/filtered': shopify.page({ head: TAG, goods: SECOND }),
};

/** Brings the list of another page into this one, as the theme's facets do. @returns its places in the same turn */
const replaceBy = (page: Page, path: string): Promise<string[]> =>
  page.evaluate(
    async ({ path, list, replaced }) => {
      const text = await (await fetch(path)).text();
      const fresh = new DOMParser().parseFromString(text, 'text/html').querySelector(replaced);
      const box = document.querySelector(replaced);
      if (box === null || fresh === null) return [];
      box.innerHTML = fresh.innerHTML;
      await Promise.resolve(); // no frame can be painted before this
      return [...(document.querySelector(list)?.children ?? [])].map(
        (card) => card.querySelector('a')?.getAttribute('href') ?? '',
      );
    },
    { path, list: shopify.list, replaced: shopify.replaced },
  );

/** Appends cards of the theme. @returns the list's places in the same turn */
const append = (page: Page, cards: readonly string[]): Promise<string[]> =>
  page.evaluate(
    async ({ cards, list }) => {
      const box = document.querySelector(list);
      box?.insertAdjacentHTML('beforeend', cards.join(''));
      await Promise.resolve();
      return [...(box?.children ?? [])].map((card) => card.querySelector('a')?.getAttribute('href') ?? '');
    },
    { cards, list: shopify.list },
  );

test('facets that replace the list: the new one is personal in the same turn, pinned places stay, and the first stands again as it stood', async ({
  openShop,
  page,
}) => {
  const shop = await openLiked(openShop, page, { pages: PAGES }, '/below');
  await expect.poll(() => shop.heard('reordered')).toHaveLength(1);
  const stood = await placesOf(page, shopify.list);
  expect(stood).not.toEqual(shopsPlaces(FIRST, PROMO_AT));

  await page.locator(shopify.list).scrollIntoViewIfNeeded(); // an answer to the shopper may change what is in view
  const filtered = await replaceBy(page, '/filtered');
  const shops = shopsPlaces(SECOND, PROMO_AT);
  expect(filtered).not.toEqual(shops);
  expect([...filtered].sort()).toEqual([...shops].sort());
  for (const pinned of [SPONSORED_AT, PROMO_AT]) expect(filtered[pinned]).toBe(shops[pinned]);
  for (const liked of [33, 41])
    expect(filtered.indexOf(`/products/${GOODS[liked]?.handle}`)).toBeLessThan(liked - 24);

  await like(page, 30); // what is learned now is for later
  expect(await replaceBy(page, '/below')).toEqual(stood);
  await page.waitForTimeout(500); // whatever wants to move late, may
  expect(await placesOf(page, shopify.list)).toEqual(stood);
  expect(shop.errors).toEqual([]);
});

const MORE = goods(12, 48);
const MORE_CARDS = MORE.map((good, i) => shopify.card(good, 25 + i));
const MORE_LINKS = MORE.map(({ handle }) => `/products/${handle}`);

test('“load more”: what was shown stays, what comes is ordered in itself before it is painted', async ({
  openShop,
  page,
}) => {
  await watchSlots(page, `${shopify.list} > li`);
  const shop = await openLiked(openShop, page, { pages: PAGES });
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await page.waitForTimeout(300);
  const stood = await placesOf(page, shopify.list);
  const now = await append(page, MORE_CARDS);
  expect(now.slice(0, stood.length)).toEqual(stood);
  expect(now.slice(stood.length)).not.toEqual(MORE_LINKS);
  expect(now.slice(stood.length).sort()).toEqual([...MORE_LINKS].sort());
  await page.waitForTimeout(500);
  expect(await placesOf(page, shopify.list)).toEqual(now);
  expect((await watchedOn(page)).swaps).toBe(0);
  expect(shop.errors).toEqual([]);
});

test('endless scrolling: batch after batch, nothing that was seen changes, no card is lost or doubled', async ({
  openShop,
  page,
}) => {
  await watchSlots(page, `${shopify.list} > li`);
  const endless = `<div id="end" style="height: 20px"></div><script>
    const batches = ${JSON.stringify([MORE_CARDS.slice(0, 6), MORE_CARDS.slice(6)]).replaceAll('<', '\\u003c')};
    new IntersectionObserver(([{ isIntersecting }]) => {
      if (isIntersecting) document.querySelector('${shopify.list}').insertAdjacentHTML('beforeend', (batches.shift() ?? []).join(''));
    }).observe(document.querySelector('#end'));</script>`;
  const pages = { '/': PAGES['/'].replace('</main>', `</main>${endless}`) };
  const shop = await openLiked(openShop, page, { pages });
  const cards = page.locator(`${shopify.list} > li`);
  await page.mouse.move(600, 600);
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 700);
      return cards.count();
    })
    .toBe(FIRST.length + 1 + MORE.length);
  await page.waitForTimeout(500);
  const batches = (await placesOf(page, shopify.list)).slice(FIRST.length + 1);
  for (const [from, to] of [
    [0, 6],
    [6, 12],
  ] as const) {
    expect(batches.slice(from, to)).not.toEqual(MORE_LINKS.slice(from, to));
    expect(batches.slice(from, to).sort()).toEqual(MORE_LINKS.slice(from, to).sort());
  }
  expect((await watchedOn(page)).swaps).toBe(0);
  expect(shop.errors).toEqual([]);
});

test('a page that renders its list every 16 ms is left alone after three tries, says so once, and stays responsive', async ({
  openShop,
  page,
}) => {
  const shop = await openLiked(openShop, page, { pages: PAGES });
  const seen = await page.evaluate(
    async ({ list, replaced }) => {
      const text = await (await fetch('/filtered')).text();
      const fresh = new DOMParser().parseFromString(text, 'text/html').querySelector(replaced)?.innerHTML;
      const box = document.querySelector(replaced);
      if (box === null || fresh === undefined) throw new Error('no list');
      const links = () =>
        [...(document.querySelector(list)?.querySelectorAll('h3.h5 a') ?? [])].map((a) => a.id);
      const told = { renders: 0, ours: [] as number[], frames: 0, clicks: 0 };
      box.addEventListener('click', () => {
        told.clicks += 1;
      });
      const frame = () => {
        told.frames += 1;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
      await new Promise<void>((done) => {
        const timer = setInterval(async () => {
          box.innerHTML = fresh;
          const given = links().join();
          told.renders += 1;
          const turn = told.renders;
          await Promise.resolve();
          if (links().join() !== given) told.ours.push(turn);
          if (turn % 10 === 0) (box.querySelector('li') as HTMLElement).click();
          if (turn === 60) {
            clearInterval(timer);
            done();
          }
        }, 16);
      });
      return told;
    },
    { list: shopify.list, replaced: shopify.replaced },
  );
  expect(seen.renders).toBe(60);
  expect(seen.ours.length).toBeGreaterThan(0); // it was tried
  expect(seen.ours.length).toBeLessThanOrEqual(3);
  expect(Math.max(...seen.ours)).toBeLessThanOrEqual(3); // and never again
  expect(seen.clicks).toBe(6);
  expect(seen.frames).toBeGreaterThan(5);
  await page.waitForTimeout(500);
  expect(await placesOf(page, shopify.list)).toEqual(shopsPlaces(SECOND, PROMO_AT));
  const told = (await shop.heard('diagnostic')) as { code: string }[];
  expect(told.filter(({ code }) => code === 'list/contested')).toHaveLength(1);
  expect(shop.errors).toEqual([]);
});
