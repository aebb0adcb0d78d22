import type { Page } from '@playwright/test';
import { escaped, type Good, picture } from '../pages/goods.ts';
import { BOOT } from '../support/html.ts';
import { GOODS, openLiked } from '../support/liked-shop.ts';
import { expect, type ShopOptions, type TestShop, test, untilReady } from '../support/shop.ts';
import { type Watched, watchedOn, watchSlots } from '../support/swap-probe.ts';

const CARDS = '#goods > li';
/** A picture of the page's foot, for which its load event waits. */
const LATE = '/late.svg';
const SIZE = { width: 390, height: 800 };

/** A listing in two columns whose cards are as high as the style says, with a footer behind it. */
const listing = (style: string, goods: readonly Good[] = GOODS): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Goods</title><link rel="icon" href="data:,">${BOOT}
<style>body{margin:0}#goods{display:grid;grid-template-columns:1fr 1fr;gap:8px;margin:0;padding:0;list-style:none}img{width:100%;height:auto}${style}</style></head>
<body><h1>Goods</h1><ul id="goods">${goods
    .map(
      (good, index) =>
        `<li class="good"${index % 3 === 0 ? ' data-tall' : ''}>${picture(good)}<a href="/products/${good.handle}"><h3>${escaped(good.title)}</h3></a><p>€${good.price.toFixed(2)}</p></li>`,
    )
    .join('')}</ul><footer id="foot"><p>Refunds</p><img src="${LATE}" alt="" hidden></footer>
<script>const flat = () => [...document.querySelectorAll('${CARDS}')].filter((card) => card.offsetHeight === 0).length;
window.flatAtEnd = flat(); addEventListener('load', () => { window.flatAtLoad = flat(); });</script></body></html>`;

interface Frame {
  /** `display` of the first and the last card. */
  readonly near: string;
  readonly far: string;
  /** Of the page, in px. */
  readonly height: number;
  /** How far down it is in view, in px. */
  readonly at: number;
}

/** Watches the frames in which the list can be seen, from the next page on. */
const watchFrames = (page: Page) =>
  page.addInitScript((cards) => {
    const frames: Frame[] = [];
    Object.assign(window, { framesInOrder: frames });
    function look(): void {
      requestAnimationFrame(look);
      const all = [...document.querySelectorAll<HTMLElement>(cards)];
      const [first] = all;
      const last = all.at(-1);
      if (first === undefined || last === undefined || first.offsetHeight === 0) return;
      frames.push({
        near: getComputedStyle(first).display,
        far: getComputedStyle(last).display,
        height: document.documentElement.scrollHeight,
        at: window.scrollY,
      });
    }
    requestAnimationFrame(look);
  }, CARDS);

const framesOn = (page: Page): Promise<Frame[]> =>
  page.evaluate(() => (window as unknown as { framesInOrder: Frame[] }).framesInOrder);
const farStyle = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.parse(localStorage.getItem('reshelf:snapshot') ?? '{}').far);

async function open(
  openShop: (options?: ShopOptions) => Promise<TestShop>,
  page: Page,
  html: string,
): Promise<TestShop> {
  await page.setViewportSize(SIZE);
  const shop = await openLiked(openShop, page, { pages: { '/': html, [LATE]: '' } });
  await page.route(`**${LATE}`, async (route) => {
    await page.waitForFunction(
      () => (window as unknown as { framesInOrder: Frame[] }).framesInOrder.length > 2,
    );
    await route.continue();
  });
  await watchFrames(page);
  await watchSlots(page, CARDS);
  return shop;
}

async function settled(page: Page): Promise<void> {
  await untilReady(page);
  await page.waitForTimeout(700); // whatever wants to move late, may
}
async function seen(page: Page): Promise<Watched> {
  await settled(page);
  return watchedOn(page);
}

for (const [shape, style] of [
  ['even', '.good{height:300px}'],
  ['low', '.good{height:64px;overflow:hidden}'],
  ['uneven', '#goods{align-items:start}.good{height:180px}.good[data-tall]{height:420px}'],
] as const)
  test(`of ${shape} cards those far below the fold are laid out after the first frame in order, and nothing shifts`, async ({
    openShop,
    page,
  }) => {
    const shop = await open(openShop, page, listing(style));
    await page.goto(`${shop.origin}/`);
    const { swaps, shift, first, last } = await seen(page);
    expect(first[0]).not.toBe(`/products/${GOODS[0]?.handle}`);
    expect(last).toEqual(first);
    expect(swaps).toBe(0);
    expect(shift).toBe(0);
    const frames = await framesOn(page);
    expect(frames[0]).toMatchObject({ near: 'list-item', far: 'none' });
    expect(frames.at(-1)).toMatchObject({ near: 'list-item', far: 'list-item' });
    if (shape !== 'uneven') expect(frames[0]?.height).toBe(frames.at(-1)?.height); // the scroll bar says the same all the time
    expect(shop.errors).toEqual([]);
  });

test('in a tab that paints no frame all cards have their boxes when the page has loaded', async ({
  openShop,
  page,
}) => {
  await page.setViewportSize(SIZE);
  const shop = await openLiked(openShop, page, {
    pages: { '/': listing('.good{height:300px}'), [LATE]: '' },
  });
  await page.addInitScript(() => {
    window.requestAnimationFrame = () => 0;
  });
  await page.goto(`${shop.origin}/`);
  expect(await page.evaluate(() => Reflect.get(window, 'flatAtEnd'))).toBeGreaterThan(0); // the control
  expect(await page.evaluate(() => Reflect.get(window, 'flatAtLoad'))).toBe(0);
});

test('where a page opens further down, by a reload or by a link to a place in it, all is laid out at once', async ({
  openShop,
  page,
}) => {
  const shop = await open(openShop, page, listing('.good{height:300px}'));
  await page.goto(`${shop.origin}/`);
  await seen(page);
  expect((await framesOn(page))[0]?.far).toBe('none'); // the control
  await page.reload();
  await seen(page);
  expect((await framesOn(page)).map(({ far }) => far)).not.toContain('none');
  await page.goto('about:blank');
  await page.goto(`${shop.origin}/#foot`);
  await seen(page);
  const frames = await framesOn(page);
  expect(frames.at(-1)?.at).toBeGreaterThan(1000);
  expect(frames.filter(({ far, at }) => far === 'none' && at > 0)).toEqual([]);
});

test('a list is laid out at once where it holds another number of cards, or where nobody has measured it at this width', async ({
  openShop,
  page,
}) => {
  await page.setViewportSize(SIZE);
  const style = '.good{height:300px}';
  const pages = { '/': listing(style), '/few': listing(style, GOODS.slice(0, 28)), [LATE]: '' };
  const shop = await openLiked(openShop, page, { pages });
  await watchFrames(page);
  expect(await farStyle(page)).toContain(`:nth-child(${GOODS.length}):last-child`); // the control
  await page.goto(`${shop.origin}/few`);
  await settled(page);
  expect((await framesOn(page)).map(({ far }) => far)).not.toContain('none');
  await page.goto(`${shop.origin}/`);
  await settled(page);
  expect(await farStyle(page)).toContain(`:nth-child(${GOODS.length}):last-child`); // the control
  await page.setViewportSize({ ...SIZE, width: 430 });
  await page.goto(`${shop.origin}/`);
  await settled(page);
  expect((await framesOn(page)).map(({ far }) => far)).not.toContain('none');
});

for (const [what, html] of Object.entries({
  'that may grow with their pictures': listing('').replace(/ (width|height)="\d+"/g, ''),
  'that a script makes as high as each other': listing('').replace(
    '</body>',
    '<script>for (const card of document.querySelectorAll(".good")) card.style.height = "300px"</script></body>',
  ),
  'in columns as wide as their words': listing(
    '#goods{grid-template-columns:max-content max-content}img{display:none}.good{height:300px}',
  ),
  'that float out of their list': listing('#goods{display:block}.good{float:left;width:50%}'),
}))
  test(`cards ${what} are laid out with the others`, async ({ openShop, page }) => {
    await open(openShop, page, listing(''));
    expect(await farStyle(page)).toContain('display:none'); // the control
    await open(openShop, page, html);
    expect(await farStyle(page)).toBe('');
  });
