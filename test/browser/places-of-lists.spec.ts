import type { Page } from '@playwright/test';
import { type Good, goods } from '../pages/goods.ts';
import { PROMO_AT } from '../pages/platform.ts';
import { shopify } from '../pages/shopify.ts';
import { BOOT, page as html, list, type ShopProduct, TAG } from '../support/html.ts';
import { BELOW, GOODS, like, openLiked, placesOf, shopsPlaces } from '../support/liked-shop.ts';
import { expect, test } from '../support/shop.ts';

const toProduct = ({ id, title, price, brand, category }: Good): ShopProduct => ({
  id,
  title,
  price,
  brand,
  category,
});
const FIRST = GOODS.slice(0, 24);
const SECOND = GOODS.slice(24);
const idsIn = (page: Page, selector: string) =>
  page
    .locator(`${selector} > li`)
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-reshelf-item') ?? ''));
const idsOf = (shown: readonly Good[]) => shown.map(({ id }) => id);

/** The page's router shows another list under another address, in one of the ways routers do it. */
const ROUTERS: Readonly<Record<string, (page: Page, inner: string) => Promise<void>>> = {
  'the Navigation API': (page, inner) =>
    page.evaluate(async (inner) => {
      type Intercepted = Event & { intercept(options: { handler: () => Promise<void> }): void };
      const { navigation } = window as unknown as {
        navigation: EventTarget & { navigate(url: string): { finished: Promise<unknown> } };
      };
      navigation.addEventListener('navigate', (event) => {
        (event as Intercepted).intercept({
          async handler() {
            const main = document.querySelector('main');
            if (main !== null) main.innerHTML = inner;
          },
        });
      });
      await navigation.navigate('/second').finished;
    }, inner),
  'history.pushState': (page, inner) =>
    page.evaluate((inner) => {
      history.pushState(null, '', '/second');
      const main = document.querySelector('main');
      if (main !== null) main.innerHTML = inner;
    }, inner),
};
for (const [router, go] of Object.entries(ROUTERS))
  for (const hasNavigation of router === 'history.pushState' ? [true, false] : [true])
    test(`a page that goes on by ${router}${hasNavigation ? '' : ', in a browser without the Navigation API,'} is a new page: its list is ordered, also after an undo on the one before`, async ({
      openShop,
      page,
    }) => {
      if (!hasNavigation)
        await page.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined }));
      const body = `<main>${list(FIRST.map(toProduct), 'attributes')}</main>`;
      const shop = await openLiked(openShop, page, {
        pages: { '/': html({ title: 'One', tag: TAG, body }) },
      });
      await expect.poll(() => idsIn(page, 'ul.products')).not.toEqual(idsOf(FIRST));
      await page.evaluate(() => window.reshelf.undo());
      expect(await idsIn(page, 'ul.products')).toEqual(idsOf(FIRST));
      await go(page, `<h2>Second</h2>${list(SECOND.map(toProduct), 'attributes')}`);
      await expect.poll(() => idsIn(page, 'ul.products')).not.toEqual(idsOf(SECOND));
      const second = await idsIn(page, 'ul.products');
      expect([...second].sort()).toEqual(idsOf(SECOND).sort());
      expect(await page.evaluate(() => location.pathname)).toBe('/second');
      expect(await page.evaluate(() => window.reshelf.lists().map(({ listId }) => listId))).toEqual([
        '/second#0',
      ]);
      await page.evaluate(() => window.reshelf.undo());
      expect(await idsIn(page, 'ul.products')).toEqual(idsOf(SECOND));
      expect(shop.errors).toEqual([]);
    });

test('the same products in two lists: each list holds each of them once, and undo gives both back', async ({
  openShop,
  page,
}) => {
  const shared = GOODS.slice(10, 24);
  const lists = [shared, [...shared].reverse()] as const;
  const body = lists
    .map((shown, i) => list(shown.map(toProduct), 'attributes', `id="list-${i}"`))
    .join('<hr>');
  const shop = await openLiked(openShop, page, { pages: { '/': html({ title: 'Twice', tag: TAG, body }) } });
  await expect.poll(() => shop.heard('reordered')).toHaveLength(2);
  for (const [i, shown] of lists.entries()) {
    const now = await idsIn(page, `#list-${i}`);
    expect(now).not.toEqual(idsOf(shown));
    expect([...now].sort()).toEqual(idsOf(shown).sort());
  }
  await page.evaluate(() => window.reshelf.undo());
  for (const [i, shown] of lists.entries()) expect(await idsIn(page, `#list-${i}`)).toEqual(idsOf(shown));
  expect(shop.errors).toEqual([]);
});

test('lists in shadow roots and in frames are left alone, those beside them are not', async ({
  openShop,
  page,
}) => {
  const inner = list(SECOND.map(toProduct), 'attributes');
  const body = `${list(FIRST.map(toProduct), 'attributes')}<div id="host"></div><iframe src="/inner" width="900" height="900"></iframe>
<script>document.querySelector('#host').attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(inner).replaceAll('<', '\\u003c')}</script>`;
  const shop = await openLiked(openShop, page, {
    pages: {
      '/': html({ title: 'Outer', tag: TAG, body }),
      '/inner': html({ title: 'Inner', body: inner }),
    },
  });
  await expect.poll(() => shop.heard('reordered')).toHaveLength(1);
  expect(await idsIn(page, 'body > ul.products')).not.toEqual(idsOf(FIRST));
  expect(await page.evaluate(() => window.reshelf.lists().length)).toBe(1);
  const untouched = await page.evaluate(() => {
    const frame = document.querySelector('iframe')?.contentDocument;
    const shadow = document.querySelector('#host')?.shadowRoot;
    return [frame, shadow].map((root) => {
      const box = root?.querySelector('ul.products');
      // added afterwards too: what comes in there is nobody else's
      box?.append(...[...box.children].slice(0, 1).map((card) => card.cloneNode(true)));
      return box?.outerHTML;
    });
  });
  await page.waitForTimeout(500);
  const later = await page.evaluate(() =>
    [document.querySelector('iframe')?.contentDocument, document.querySelector('#host')?.shadowRoot].map(
      (root) => root?.querySelector('ul.products')?.outerHTML,
    ),
  );
  expect(later).toEqual(untouched);
  for (const text of later) {
    const ids = [...(text ?? '').matchAll(/data-reshelf-item="(\d+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...idsOf(SECOND), SECOND[0]?.id]);
    expect(text).not.toContain('style=');
  }
  expect(shop.errors).toEqual([]);
});

test('a list of a thousand products is ordered below the fold, none is lost or doubled, and undo gives the very nodes back', async ({
  openShop,
  page,
}) => {
  const thousand = goods(1000);
  const shop = await openLiked(openShop, page, {
    pages: { '/': shopify.page({ head: TAG, goods: thousand }) },
  });
  await page.addInitScript((selector) => {
    document.addEventListener('DOMContentLoaded', () =>
      Object.assign(window, { before: [...(document.querySelector(selector)?.childNodes ?? [])] }),
    );
  }, shopify.list);
  await page.goto(`${shop.origin}/`);
  await expect.poll(() => shop.heard('reordered')).toHaveLength(1);
  const shops = shopsPlaces(thousand, PROMO_AT);
  const now = await placesOf(page, shopify.list);
  expect(now).not.toEqual(shops);
  expect(now.slice(0, 4)).toEqual(shops.slice(0, 4)); // in view when it came
  expect([...now].sort()).toEqual([...shops].sort());
  expect(now.slice(0, 60).some((link) => shops.indexOf(link) > 500)).toBe(true); // from far below
  const isSame = await page.evaluate((selector) => {
    window.reshelf.undo();
    const { before } = window as unknown as { before: ChildNode[] };
    const back = [...(document.querySelector(selector)?.childNodes ?? [])];
    return back.length === before.length && back.every((node, place) => node === before[place]);
  }, shopify.list);
  expect(isSame).toBe(true);
  expect(await placesOf(page, shopify.list)).toEqual(shops);
  expect(shop.errors).toEqual([]);
});

// The browser of these tests keeps no page in memory: the way back is a load. With that cache see out-of-trouble.spec.ts.
for (const [how, head] of Object.entries({
  'with the head snippet': BOOT,
  'with the script alone': TAG + BELOW,
}))
  test(`the same list in the same visit stands in the same order, on reload and on the way back, ${how}`, async ({
    openShop,
    page,
  }) => {
    const shop = await openLiked(openShop, page, {
      pages: {
        '/': shopify.page({ head, goods: GOODS }),
        '/about': html({ title: 'About', tag: head, body: '' }),
      },
    });
    const ready = async () => {
      await page.waitForFunction(() => window.reshelf !== undefined);
      await page.evaluate(() => window.reshelf.ready);
    };
    await page.goto(`${shop.origin}/`);
    await ready();
    await expect.poll(() => shop.heard('reordered')).toHaveLength(1);
    await page.waitForTimeout(300);
    const first = await placesOf(page, shopify.list);
    expect(first).not.toEqual(shopsPlaces(GOODS, PROMO_AT));
    await like(page, 7, 29, 46); // learned in between
    await page.reload();
    await ready();
    await page.waitForTimeout(500);
    expect(await placesOf(page, shopify.list)).toEqual(first);
    await page.goto(`${shop.origin}/about`);
    await ready();
    await page.goBack();
    await ready();
    await page.waitForTimeout(500);
    expect(await placesOf(page, shopify.list)).toEqual(first);
    await page.goto(`${shop.origin}/about`); // the control: by a link it is a new look, with what has been learned
    await ready();
    await page.goto(`${shop.origin}/`);
    await ready();
    await page.waitForTimeout(500);
    expect(await placesOf(page, shopify.list)).not.toEqual(first);
    expect(shop.errors).toEqual([]);
  });
