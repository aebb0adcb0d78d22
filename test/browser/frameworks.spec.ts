import type { Page } from '@playwright/test';
import { FRAMEWORKS } from '../../demo/frameworks/compile.ts';
import { type BuiltApp, buildApp } from '../frameworks/build.ts';
import { FIRST_PAGE, OPERATIONS } from '../frameworks/operations.ts';
import { BOOT } from '../support/html.ts';
import { expect, type TestShop, test } from '../support/shop.ts';

declare global {
  interface Window {
    app: { failures: string[]; hydrate(): void; run(name: string): string[] };
    served: Element[];
  }
}

const PATH = '/search/home';
/** The list is below the fold, so that what comes first may be ordered; the app hydrates when it is told to. */
const pageOf = ({ html }: BuiltApp, padding: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"><style>body{padding-top:${padding}}ul.grid{display:grid;grid-template-columns:repeat(4,1fr);list-style:none}</style>${BOOT}</head><body><div id="app">${html}</div><p>End</p><script src="/reshelf/app.js"></script><script>if (location.search === '?now') { window.served = [...document.querySelectorAll('ul.grid > li')]; window.app.hydrate(); }</script></body></html>`;

/** Addresses in the order for the eye. */
const visual = (page: Page): Promise<string[]> =>
  page.locator('ul.grid > li').evaluateAll((cards) =>
    cards
      .map((card) => ({ href: card.querySelector('a')?.pathname ?? '', box: card.getBoundingClientRect() }))
      .sort((a, b) => Math.round(a.box.top) - Math.round(b.box.top) || a.box.left - b.box.left)
      .map(({ href }) => href),
  );
const inDom = (page: Page): Promise<string[]> =>
  page
    .locator('ul.grid > li a')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
const served = FIRST_PAGE.map(({ handle }) => `/product/${handle}`);

async function open(
  openShop: (options?: object) => Promise<TestShop>,
  page: Page,
  app: BuiltApp,
  padding: string,
): Promise<TestShop> {
  const shop = await openShop({ pages: { [PATH]: pageOf(app, padding) }, files: { 'app.js': app.script } });
  const visit = async () => {
    await page.goto(`${shop.origin}${PATH}`);
    await page.evaluate(() => {
      window.served = [...document.querySelectorAll('ul.grid > li')];
      window.app.hydrate();
    });
    await page.waitForFunction(() => window.reshelf !== undefined);
    await page.evaluate(() => window.reshelf.ready);
  };
  await visit();
  await shop.allow();
  await page.evaluate(
    async (ids) => {
      for (const id of [...ids, ...ids, ...ids])
        await window.reshelf.signal({
          kind: 'view',
          item: { id, title: id.replaceAll('-', ' ') },
          dwellMs: 20_000,
        });
    },
    [11, 14].flatMap((index) => FIRST_PAGE[index]?.handle ?? []),
  );
  await visit();
  await shop.known(1);
  return shop;
}

const reused = (page: Page) =>
  page.evaluate(() => {
    const now = [...document.querySelectorAll('ul.grid > li')];
    return window.served.filter((card) => now.includes(card)).length;
  });

for (const framework of FRAMEWORKS)
  test.describe(framework, () => {
    let app: BuiltApp;
    test.beforeAll(async () => {
      app = await buildApp(framework);
    });
    test('ordered before it hydrates, then changed in eight ways: no error, every card once, all server nodes reused', async ({
      openShop,
      page,
    }) => {
      test.setTimeout(300_000);
      const shop = await open(openShop, page, app, '0');
      for (const name of Object.keys(OPERATIONS))
        await test.step(name, async () => {
          await page.goto(`${shop.origin}${PATH}`); // ordered by the head snippet
          expect(await visual(page)).not.toEqual(served);
          expect(await inDom(page)).toEqual(served);
          await page.evaluate(() => {
            window.served = [...document.querySelectorAll('ul.grid > li')];
            window.app.hydrate();
          });
          await page.waitForFunction(() => window.reshelf !== undefined);
          await page.evaluate(() => window.reshelf.ready);
          expect(await reused(page)).toBe(served.length);
          expect(await visual(page)).not.toEqual(served);
          await check(page, name);
          expect(shop.errors).toEqual([]);
        });
    });

    test('ordered after it has hydrated, then changed in eight ways: no error, every card once', async ({
      openShop,
      page,
    }) => {
      test.setTimeout(300_000);
      const shop = await open(openShop, page, app, '120vh');
      for (const name of Object.keys(OPERATIONS))
        await test.step(name, async () => {
          await page.evaluate(() => localStorage.removeItem('reshelf:snapshot')); // nothing to go by before the worker
          await page.goto(`${shop.origin}${PATH}?now`);
          expect(await reused(page)).toBe(served.length);
          await expect.poll(() => visual(page)).not.toEqual(served);
          expect(await inDom(page)).toEqual(served);
          await check(page, name);
          expect(shop.errors).toEqual([]);
        });
    });
  });

async function check(page: Page, name: string): Promise<void> {
  const wanted = await page.evaluate((operation) => window.app.run(operation), name);
  await expect.poll(() => inDom(page)).toEqual(wanted); // the app's own nodes, in its own sequence
  await page.waitForTimeout(250); // whatever wants to follow, may
  expect(await inDom(page)).toEqual(wanted);
  expect([...(await visual(page))].sort()).toEqual([...wanted].sort());
  if (name === 'sort') expect(await visual(page)).toEqual(wanted); // the app's own order is not ours to touch
  expect(await page.evaluate(() => window.app.failures)).toEqual([]);
}
