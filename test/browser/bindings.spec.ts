import type { Page } from '@playwright/test';
import { FRAMEWORKS } from '../../demo/frameworks/compile.ts';
import { type BuiltApp, buildApp } from '../frameworks/build.ts';
import { FIRST_PAGE, OPERATIONS } from '../frameworks/operations.ts';
import { TAG } from '../support/html.ts';
import { expect, type ShopOptions, type TestShop, test } from '../support/shop.ts';
import { watchedOn, watchSlots } from '../support/swap-probe.ts';

interface OwnApp {
  readonly failures: string[];
  hydrate(): void;
  mount(options?: object): void;
  unmount(): void;
  run(name: string): string[];
}

type Open = (options?: ShopOptions) => Promise<TestShop>;

/** Server-rendered with the list in view or below the fold, and a page on which the app renders everything itself. */
const IN_VIEW = '/in-view';
const BELOW = '/below';
const EMPTY = '/empty';
const LATE = '/late';
/** Of four cards a row; two rows and a half are in view where the list begins at the top. */
const ROW_PX = 330;
const COLUMNS = 4;

function pagesOf({ html }: BuiltApp): Record<string, string> {
  const page = (body: string, padding = '0', tag = TAG) =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"><style>body{margin:0;padding-top:${padding}}ul.grid{display:grid;margin:0;padding:0;grid-template-columns:repeat(${COLUMNS},1fr);list-style:none}li{height:${ROW_PX}px}</style>${tag}</head><body><div id="app">${body}</div><p>End</p><script src="/reshelf/app.js"></script></body></html>`;
  return {
    [IN_VIEW]: page(html),
    [BELOW]: page(html, '120vh'),
    [EMPTY]: page(''),
    [LATE]: page(html, '120vh', ''),
  };
}

const served = FIRST_PAGE.map(({ handle }) => `/product/${handle}`);
const shown = (page: Page): Promise<string[]> =>
  page
    .locator('ul.grid > li a')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
const among = (all: readonly string[], some: readonly string[]) => all.filter((one) => some.includes(one));

async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => window.reshelf?.ready !== undefined);
  await page.evaluate(() => window.reshelf.ready);
}
async function visit(page: Page, shop: TestShop, path: string): Promise<void> {
  await page.goto(`${shop.origin}${path}`);
  if (path !== LATE) await ready(page);
}
const hydrate = (page: Page, operation?: string): Promise<string[] | undefined> =>
  page.evaluate((name) => {
    const { app } = window as unknown as { app: OwnApp };
    Object.assign(window, { served: [...document.querySelectorAll('ul.grid > li')] });
    app.hydrate();
    return name === undefined ? undefined : app.run(name);
  }, operation);
const mount = (page: Page): Promise<void> =>
  page.evaluate(() => (window as unknown as { app: OwnApp }).app.mount());
const run = (page: Page, name: string): Promise<string[]> =>
  page.evaluate((operation) => (window as unknown as { app: OwnApp }).app.run(operation), name);
/** How many of the server's nodes are still in the list. */
const reused = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const now = new Set(document.querySelectorAll('ul.grid > li'));
    return (window as unknown as { served: Element[] }).served.filter((card) => now.has(card)).length;
  });
const failures = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { app: OwnApp }).app.failures);

/** A shopper who has allowed it, and looked at two products. */
async function known(openShop: Open, page: Page, app: BuiltApp): Promise<TestShop> {
  const shop = await openShop({ pages: pagesOf(app), files: { 'app.js': app.script } });
  await visit(page, shop, EMPTY);
  await shop.allow();
  await page.evaluate(
    async (items) => {
      for (const item of [...items, ...items, ...items])
        await window.reshelf.signal({ kind: 'view', item, dwellMs: 20_000 });
    },
    [11, 14].flatMap((index) => {
      const good = FIRST_PAGE[index];
      return good === undefined ? [] : [{ id: good.handle, title: good.title }];
    }),
  );
  await visit(page, shop, EMPTY);
  await shop.known(1);
  return shop;
}

/** What an operation may do to a list that stands in an order of its own: nothing lost or doubled, kept cards as they stood. */
async function check(page: Page, name: string, before: string[], wanted: string[]): Promise<void> {
  await expect.poll(async () => [...(await shown(page))].sort()).toEqual([...wanted].sort());
  await page.waitForTimeout(250); // whatever wants to follow, may
  const after = await shown(page);
  expect([...after].sort()).toEqual([...wanted].sort());
  if (name === 'sort')
    expect(after).toEqual(wanted); // the app's own order
  else if (before.some((card) => wanted.includes(card)))
    expect(among(after, before)).toEqual(among(before, wanted));
  if (name === 'append') expect(after.slice(0, before.length)).toEqual(before);
  expect(await failures(page)).toEqual([]);
}

for (const framework of FRAMEWORKS)
  test.describe(`reshelf/${framework}`, () => {
    let app: BuiltApp;
    test.beforeAll(async () => {
      app = await buildApp(framework, true);
    });

    test('changed in eight ways in the very turn it hydrates: no error, every card once', async ({
      openShop,
      page,
    }) => {
      test.setTimeout(300_000);
      const shop = await known(openShop, page, app);
      for (const name of Object.keys(OPERATIONS))
        await test.step(name, async () => {
          await visit(page, shop, IN_VIEW);
          const wanted = (await hydrate(page, name)) ?? [];
          await check(
            page,
            name,
            name === 'sort' ? [] : among(served, wanted).slice(0, 3 * COLUMNS - 1),
            wanted,
          );
          expect(await reused(page)).toBe(among(served, wanted).length);
          expect(shop.errors).toEqual([]);
        });
    });

    test('changed in eight ways once it is personal: no error, every card once, all server nodes reused', async ({
      openShop,
      page,
    }) => {
      test.setTimeout(300_000);
      const shop = await known(openShop, page, app);
      for (const name of Object.keys(OPERATIONS))
        await test.step(name, async () => {
          await visit(page, shop, BELOW);
          await hydrate(page);
          await expect.poll(() => shown(page)).not.toEqual(served);
          expect(await reused(page)).toBe(served.length);
          const before = await shown(page);
          await check(page, name, before, await run(page, name));
          expect(await reused(page)).toBe(among(await shown(page), served).length);
          expect(shop.errors).toEqual([]);
        });
    });

    test('what is in view when it hydrates stays, the rows below become personal, and no slot changes', async ({
      openShop,
      page,
    }) => {
      const shop = await known(openShop, page, app);
      await watchSlots(page, 'ul.grid > li');
      await visit(page, shop, IN_VIEW);
      await hydrate(page);
      await expect.poll(() => shown(page)).not.toEqual(served);
      const seen = 3 * COLUMNS; // a row that is in view in part counts
      expect((await shown(page)).slice(0, seen)).toEqual(served.slice(0, seen));
      await page.waitForTimeout(250);
      const watched = await watchedOn(page);
      expect(watched.frames).toBeGreaterThan(3);
      expect(watched.swaps).toBe(0);
      expect(watched.shift).toBe(0);
      expect(shop.errors).toEqual([]);
    });

    test('a list that the app renders anew is personal in its first frame, the same on reload, and on the way back', async ({
      openShop,
      page,
    }) => {
      const shop = await known(openShop, page, app);
      await watchSlots(page, 'ul.grid > li');
      await visit(page, shop, EMPTY);
      await mount(page);
      await expect.poll(async () => (await shown(page)).length).toBe(served.length);
      await page.waitForTimeout(250);
      const first = await shown(page);
      expect(first).not.toEqual(served);
      for (const liked of [11, 14]) expect(first.slice(0, 6)).toContain(served[liked]);
      const { swaps, first: painted } = await watchedOn(page);
      expect(swaps).toBe(0);
      expect(painted).toEqual(first.slice(0, painted.length));
      await page.evaluate(() => (window as unknown as { app: OwnApp }).app.unmount());
      await page.evaluate((item) => window.reshelf.signal({ kind: 'purchase', item }), {
        id: FIRST_PAGE[2]?.handle ?? '',
      });
      await mount(page);
      await expect.poll(() => shown(page)).toEqual(first);
      await page.reload();
      await ready(page);
      await mount(page);
      await expect.poll(() => shown(page)).toEqual(first);
      await visit(page, shop, '/');
      await page.goBack();
      await ready(page);
      if ((await shown(page)).length === 0) await mount(page); // or it was frozen as it was
      await expect.poll(() => shown(page)).toEqual(first);
      await visit(page, shop, '/');
      await visit(page, shop, EMPTY); // a new view, which knows of the purchase
      await mount(page);
      await expect.poll(async () => (await shown(page)).length).toBe(served.length);
      expect(await shown(page)).not.toEqual(first);
      expect(await failures(page)).toEqual([]);
    });

    test("without a grant it is the shop's order; after one, rows that nobody has seen; after a withdrawal the shop's again", async ({
      openShop,
      page,
    }) => {
      const shop = await known(openShop, page, app);
      await page.evaluate(() => window.reshelf.consent.pause());
      await visit(page, shop, BELOW);
      await hydrate(page);
      await page.waitForTimeout(300);
      expect(await shown(page)).toEqual(served);
      await page.evaluate(() => window.reshelf.consent.resume());
      await expect.poll(() => shown(page)).not.toEqual(served);
      await page.evaluate(() => window.reshelf.consent.withdraw());
      await expect.poll(() => shown(page)).toEqual(served);
      expect(await reused(page)).toBe(served.length);
      expect(shop.errors).toEqual([]);
    });

    test('no script at all, and one that comes after the app', async ({ openShop, page }) => {
      const shop = await known(openShop, page, app);
      await visit(page, shop, LATE);
      await hydrate(page);
      await page.waitForTimeout(200);
      expect(await shown(page)).toEqual(served);
      await page.evaluate(() => {
        const tag = document.createElement('script');
        tag.dataset.reshelfWorkerSrc = '/reshelf/reshelf.worker.js';
        tag.src = '/reshelf/reshelf.js';
        document.head.append(tag);
      });
      await expect.poll(() => shown(page)).not.toEqual(served);
      expect(await reused(page)).toBe(served.length);
      expect(await failures(page)).toEqual([]);
      expect(shop.errors).toEqual([]);
    });

    test('takes an instance in place of window.reshelf; pinned items and a list that is off stay as given', async ({
      openShop,
      page,
    }) => {
      const shop = await known(openShop, page, app);
      await visit(page, shop, EMPTY);
      const mountWith = (options: { pinned?: string; off?: boolean }) =>
        page.evaluate(({ pinned, off }) => {
          const { app } = window as unknown as { app: OwnApp };
          Object.assign(window, { own: (window as { own?: unknown }).own ?? window.reshelf });
          Reflect.deleteProperty(window, 'reshelf');
          const pin = ({ handle }: { handle: string }) => handle === pinned;
          app.mount({
            reshelf: (window as unknown as { own: object }).own,
            pin,
            ...(off === true && { off }),
          });
        }, options);
      await mountWith({ pinned: FIRST_PAGE[0]?.handle ?? '' });
      await expect.poll(() => shown(page)).not.toEqual([]);
      const first = await shown(page);
      expect(first).not.toEqual(served);
      expect(first[0]).toBe(served[0]);
      await page.evaluate(() => (window as unknown as { app: OwnApp }).app.unmount());
      await mountWith({ off: true });
      await expect.poll(() => shown(page)).toEqual(served);
      await page.waitForTimeout(200);
      expect(await shown(page)).toEqual(served);
      expect(await failures(page)).toEqual([]);
    });

    test('the automatic order leaves it alone, and still hears clicks in it', async ({ openShop, page }) => {
      const shop = await known(openShop, page, app);
      await visit(page, shop, BELOW);
      await hydrate(page);
      await expect.poll(() => shown(page)).not.toEqual(served);
      expect(await shop.heard('reordered')).toEqual([]);
      expect(await shop.heard('diagnostic')).toEqual([]);
      expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
      const snapshot = await page.evaluate(() =>
        JSON.parse(localStorage.getItem('reshelf:snapshot') ?? '{}'),
      );
      expect(snapshot.recipes).toEqual([]);
      const [link] = await shown(page);
      await page.evaluate(() => document.addEventListener('click', (event) => event.preventDefault()));
      await page.locator('ul.grid > li a').first().click();
      await expect
        .poll(() => shop.journal('click'))
        .toMatchObject([{ itemId: link?.replace('/product/', ''), position: 0 }]);
    });

    test('undo gives the shop its order back', async ({ openShop, page }) => {
      const shop = await known(openShop, page, app);
      await visit(page, shop, EMPTY);
      await mount(page);
      await expect.poll(async () => (await shown(page)).length).toBe(served.length);
      expect(await shown(page)).not.toEqual(served);
      await page.evaluate(() => window.reshelf.undo());
      await expect.poll(() => shown(page)).toEqual(served);
    });

    test('unmounted, it leaves no listener and no subscription', async ({ openShop, page }) => {
      const shop = await known(openShop, page, app);
      await visit(page, shop, EMPTY);
      await page.evaluate(() => {
        const { order } = window.reshelf;
        const live = { subscriptions: 0 };
        const { subscribe } = order;
        Object.assign(window, { live });
        Object.assign(order, {
          subscribe(changed: () => void) {
            live.subscriptions += 1;
            const stop = subscribe(changed);
            return () => {
              live.subscriptions -= 1;
              stop();
            };
          },
        });
      });
      const subscriptions = () =>
        page.evaluate(() => (window as unknown as { live: { subscriptions: number } }).live.subscriptions);
      const before = await listeners(page);
      await mount(page);
      await expect.poll(subscriptions).toBe(1);
      expect(await listeners(page)).toBeGreaterThan(before);
      await page.evaluate(() => (window as unknown as { app: OwnApp }).app.unmount());
      await expect.poll(subscriptions).toBe(0);
      await expect.poll(() => listeners(page)).toBe(before);
      expect(await failures(page)).toEqual([]);
    });
  });

/** How many listeners the browser holds on window and document, but for those by which frameworks hear events. */
async function listeners(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  let count = 0;
  for (const expression of ['window', 'document']) {
    const { result } = await session.send('Runtime.evaluate', { expression });
    const found = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' });
    count += found.listeners.filter(({ type }) =>
      ['reshelf:ready', 'scroll', 'resize', 'visibilitychange'].includes(type),
    ).length;
  }
  await session.detach();
  return count;
}
