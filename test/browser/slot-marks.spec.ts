import type { Page } from '@playwright/test';
import { page as html, list, productPath, TAG } from '../support/html.ts';
import { expect, LISTED, test } from '../support/shop.ts';
import { WARDROBE } from '../support/wardrobe.ts';

const PICTURE = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
/** Attributes that belong to the place, in the card of that place; `null` where that card has none. */
const PLACED: Readonly<Record<string, (place: number) => string | null>> = {
  'data-index': (place) => `${place}`,
  'data-list-position': (place) => `${place + 1}`,
  'data-gtm-position': (place) => `${place + 1}`,
  'data-product-position': (place) => `${place + 25}`, // of the second page
  'aria-posinset': (place) => `${place + 1}`,
  loading: (place) => (place < 4 ? null : 'lazy'),
  fetchpriority: (place) => (place < 4 ? 'high' : null),
  decoding: (place) => (place < 4 ? 'sync' : 'async'),
};
/** As Tag Manager for WordPress writes it: the place is one field among those of the product. */
const gtm4wp = (id: string, place: number) =>
  JSON.stringify({ internal_id: id, item_name: id, item_list_name: 'General', index: place + 1, price: 10 });

function cards(): string {
  let place = 0;
  return list(WARDROBE, 'json-ld').replaceAll(/<li class="product" >(.*?)<\/li>/gs, (_, inner: string) => {
    const at = place++;
    const of = (...names: string[]) =>
      names
        .flatMap((name) => {
          const value = PLACED[name]?.(at) ?? null;
          return value === null ? [] : `${name}="${value}"`;
        })
        .join(' ');
    const id = LISTED[at] ?? '';
    return `<li class="product" ${of('data-index', 'data-list-position', 'aria-posinset')}>
<span class="gtm4wp_productdata" hidden data-gtm4wp_product_data='${gtm4wp(id, at)}'></span>
<div ${of('data-gtm-position')} data-name="${id}"><img alt="" src="${PICTURE}" ${of('loading', 'fetchpriority', 'decoding')}>${inner}</div>
<button ${of('data-product-position')}>Save</button>${at % 2 === 0 ? '<i data-swatch-index="0"></i>' : ''}</li>`;
  });
}

/** Of every card, by the product in it, all elements with all attributes. */
const attributes = (page: Page) =>
  page
    .locator('ul.products > li')
    .evaluateAll((found) =>
      found.map((card) =>
        [card, ...card.querySelectorAll('*')]
          .map((one) => new Map([...one.attributes].map(({ name, value }) => [name, value] as const)))
          .map((all) => Object.fromEntries([...all].sort())),
      ),
    );
/** An attribute of every place, wherever in its card it stands. */
const placed = async (page: Page, name: string): Promise<(string | null)[]> =>
  (await attributes(page)).map((card) => card.find((one) => name in one)?.[name] ?? null);

test('what analytics read of a place, and how first images load, stays with the place, and undo gives all back', async ({
  openShop,
  page,
}) => {
  const shop = await openShop({ pages: { '/': html({ title: 'All', tag: TAG, body: cards() }) } });
  await shop.visit('/');
  const before = await attributes(page);
  await shop.allow();
  await shop.browse('skirt-white', 'jacket-white', 'skirt-white', 'dress-black');
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      window.before = [...(document.querySelector('ul.products')?.childNodes ?? [])];
    });
  });
  await shop.visit('/');
  const order = await shop.order();
  expect(order).not.toEqual(LISTED);

  for (const [name, of] of Object.entries(PLACED))
    expect(await placed(page, name), name).toEqual(LISTED.map((_, place) => of(place)));
  expect(await placed(page, 'data-gtm4wp_product_data')).toEqual(order.map(gtm4wp));
  expect(await placed(page, 'data-name'), 'what is the product’s goes with it').toEqual(order);
  const swatches = new Set(LISTED.filter((_, place) => place % 2 === 0));
  expect(await placed(page, 'data-swatch-index'), 'a number inside a card is no place').toEqual(
    order.map((id) => (swatches.has(id) ? '0' : null)),
  );

  await page.evaluate(() => window.reshelf.undo());
  expect(await attributes(page)).toEqual(before);
  expect(
    await page.evaluate(() => {
      const now = [...(document.querySelector('ul.products')?.childNodes ?? [])];
      return now.length === window.before.length && now.every((node, place) => node === window.before[place]);
    }),
  ).toBe(true);
  expect(await page.locator('ul.products > li a').first().getAttribute('href')).toContain(
    productPath(LISTED[0] ?? ''),
  );
  expect(shop.errors).toEqual([]);
});
