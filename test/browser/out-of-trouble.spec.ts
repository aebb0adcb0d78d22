import { chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from '../support/chromium.ts';
import { ledgerStore } from '../support/contributing.ts';
import { BOOT, page as html, list, TAG, tagWith } from '../support/html.ts';
import { expect, LISTED, type ShopOptions, type TestShop, test } from '../support/shop.ts';
import { WARDROBE } from '../support/wardrobe.ts';

/** A shopper whose lists are personal. */
async function openBrowsed(open: () => Promise<TestShop>): Promise<TestShop> {
  const shop = await open();
  await shop.visit('/');
  await shop.allow();
  await shop.browse('skirt-white', 'jacket-white', 'skirt-white');
  return shop;
}

test('disable() puts the shop’s order back, ends the worker and shows nothing any more, on this page', async ({
  openShop,
  page,
}) => {
  const shop = await openBrowsed(openShop);
  await shop.visit('/');
  expect(await shop.order()).not.toEqual(LISTED);
  await expect.poll(() => page.workers().length).toBe(1);
  await expect(page.locator('reshelf-launcher')).toHaveCount(1);
  await page.evaluate(() => window.reshelf.disable());
  expect(await shop.order()).toEqual(LISTED);
  await expect.poll(() => page.workers().length).toBe(0);
  await expect(page.locator('reshelf-launcher')).toHaveCount(0);
  const views = (await shop.journal()).length;
  await page.evaluate(() => {
    history.pushState(null, '', '/?page=2');
    document.querySelector('ul.products')?.append(document.createElement('li'));
  });
  expect(await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'a' }))).toBe(false);
  expect((await shop.journal()).length).toBe(views);
  expect(await shop.order()).toEqual(LISTED);
  await shop.visit('/');
  expect(await shop.order()).not.toEqual(LISTED); // it was for that page
  expect(shop.errors).toEqual([]);
});

test('an exception that nobody foresaw restores the shop’s order, and the page is left alone', async ({
  openShop,
  page,
}) => {
  const shop = await openBrowsed(openShop);
  await shop.visit('/');
  expect(await shop.order()).not.toEqual(LISTED);
  await page.evaluate(() => {
    const { matches } = Element.prototype;
    const failing = () => {
      throw new Error('planted');
    };
    Object.assign(Element.prototype, { matches: failing });
    document.addEventListener('reshelf:diagnostic', () => Object.assign(Element.prototype, { matches }));
    document.querySelector('ul.products')?.append(document.createElement('li'));
  });
  await expect.poll(() => shop.heard('diagnostic')).toEqual([{ code: 'page/failed' }]);
  expect((await shop.order()).slice(0, LISTED.length)).toEqual(LISTED);
  await expect.poll(() => page.workers().length).toBe(0);
  expect(shop.errors).toEqual([]);
});

test('a head snippet that fails midway restores the list, and the page is left alone', async ({
  openShop,
  page,
}) => {
  const pages = { '/': html({ title: 'All', tag: BOOT, body: list(WARDROBE, 'attributes') }) };
  const shop = await openShop({ pages, tag: BOOT });
  await shop.visit('/');
  await shop.allow();
  await page.evaluate(async () => {
    for (const id of ['skirt-white', 'jacket-white', 'skirt-white'])
      await window.reshelf.signal({ kind: 'view', item: { id }, dwellMs: 20_000 });
  });
  await shop.visit('/');
  await shop.visit('/');
  expect(await shop.order()).not.toEqual(LISTED);
  await page.addInitScript(() => {
    const { replaceWith } = CharacterData.prototype; // the snippet keeps places by text while cards change them
    let left = 3;
    CharacterData.prototype.replaceWith = function (this: CharacterData, ...nodes) {
      if (left-- === 0) throw new Error('planted');
      replaceWith.apply(this, nodes);
    };
  });
  await shop.visit('/');
  expect(await shop.order()).toEqual(LISTED);
  expect(await shop.heard('diagnostic')).toEqual([{ code: 'page/failed' }]);
  expect(await shop.heard('reordered')).toEqual([]);
  expect(shop.errors).toEqual([]);
});

test('two shops on one origin have separate answers and histories, and a withdrawal in one leaves the other', async ({
  openShop,
  page,
}) => {
  const shopPage = (name: string) =>
    html({ title: name, tag: tagWith(`data-reshelf-shop="/${name}"`), body: list(WARDROBE, 'json-ld') });
  const shop = await openShop({
    pages: { '/shop-a': shopPage('shop-a'), '/shop-b': shopPage('shop-b') },
  });
  const databases = async () =>
    page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).sort());
  const keys = () => page.evaluate(() => Object.keys(localStorage).sort());
  await shop.visit('/shop-a');
  await shop.allow();
  await page.evaluate(async () => {
    for (const itemId of ['skirt-white', 'jacket-white', 'skirt-white'])
      await window.reshelf.signal({ kind: 'view', itemId, dwellMs: 20_000 });
  });
  expect(await databases()).toEqual(['reshelf/shop-a']);
  await shop.visit('/shop-b');
  expect(await page.evaluate(() => window.reshelf.consent.get().personalize.effective)).toBe(false);
  await shop.allow();
  expect(await databases()).toEqual(['reshelf/shop-a', 'reshelf/shop-b']);
  await shop.visit('/shop-b');
  expect(await shop.order()).toEqual(LISTED); // nothing was looked at here
  await shop.visit('/shop-a');
  expect(await shop.order()).not.toEqual(LISTED);
  await shop.visit('/shop-b');
  await page.evaluate(() => window.reshelf.consent.withdraw());
  expect((await keys()).filter((key) => key.startsWith('reshelf/shop-b'))).toEqual(['reshelf/shop-b:choice']);
  expect((await keys()).filter((key) => !key.startsWith('reshelf/shop-'))).toEqual([]);
  await shop.visit('/shop-a');
  expect(await page.evaluate(() => window.reshelf.consent.get().personalize.effective)).toBe(true);
  expect(await shop.order()).not.toEqual(LISTED);
  expect(shop.errors).toEqual([]);
});

test('a shop’s name that is no path is told', async ({ openShop, page }) => {
  const warnings: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  const shop = await openShop({ tag: tagWith('data-reshelf-shop="shop a"') });
  await page.goto(`${shop.origin}/`);
  expect(warnings.join()).toMatch(/data-reshelf-shop: expected a path such as "\/shop-a", got "shop a"/);
  expect(await page.evaluate(() => window.reshelf)).toBeUndefined();
});

test('trouble is counted under a grant only, and the count goes with a withdrawal', async ({
  openShop,
  page,
}) => {
  const shop = await openBrowsed(openShop);
  for (const _ of [1, 2]) await shop.visit('/?sort=price-asc');
  expect(await page.evaluate(() => window.reshelf.diagnostics())).toEqual({ 'list/explicit-sort': 2 });
  await page.evaluate(() => window.reshelf.consent.withdraw());
  expect(await page.evaluate(() => window.reshelf.diagnostics())).toEqual({});
  await page.evaluate(() =>
    document.dispatchEvent(new CustomEvent('reshelf:diagnostic', { detail: { code: 'list/contested' } })),
  );
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['reshelf:choice']);
});

test('a page comes back from the back-forward cache as it was, and listening goes on', async ({
  openShop,
}) => {
  const shop = await openShop({
    pages: { '/': html({ title: 'All', tag: TAG, body: list(WARDROBE, 'json-ld') }) },
  });
  const browser = await chromium.launch({
    ...chromiumLaunch(),
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  try {
    const tab = await browser.newPage();
    const own = shop.inTab(tab);
    await own.visit('/');
    await own.allow();
    await own.browse('skirt-white', 'jacket-white', 'skirt-white');
    await own.visit('/');
    const order = await own.order();
    expect(order).not.toEqual(LISTED);
    await tab.evaluate(() => {
      window.addEventListener('pageshow', (event) => {
        Object.assign(window, { isFromCache: event.persisted });
      });
    });
    await tab.goto(`${shop.origin}/p/dress-blue`);
    await tab.evaluate(() => history.back()).catch(() => {}); // the page goes while it answers
    await expect.poll(() => tab.evaluate(() => 'isFromCache' in window).catch(() => false)).toBe(true);
    expect(await tab.evaluate(() => (window as unknown as { isFromCache: boolean }).isFromCache)).toBe(true);
    expect(await own.order()).toEqual(order);
    expect(await tab.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'a' }))).toBe(true);
    await tab.evaluate(() => window.reshelf.consent.withdraw());
    expect(await own.order()).toEqual(LISTED);
  } finally {
    await browser.close();
  }
});

/** Counts, from the first moment of every page, whatever could go on running. */
async function watchRunning(page: Page): Promise<() => Promise<Record<string, number>>> {
  await page.addInitScript(() => {
    const counts: Record<string, number> = {};
    Object.assign(window, { counts });
    const { addEventListener } = EventTarget.prototype;
    const counted = (name: string) => {
      counts[name] = (counts[name] ?? 0) + 1;
    };
    EventTarget.prototype.addEventListener = function (this: EventTarget | undefined, ...args) {
      if (!String(args[0]).startsWith('reshelf:')) counted('listener'); // those are the test's own
      return addEventListener.apply(this ?? window, args);
    };
    for (const name of [
      'setTimeout',
      'setInterval',
      'requestAnimationFrame',
      'requestIdleCallback',
      'fetch',
    ] as const) {
      const known = window[name] as (...args: unknown[]) => unknown;
      Object.assign(window, {
        [name]: (...args: unknown[]) => {
          counted(name);
          return known.apply(window, args);
        },
      });
    }
    for (const name of [
      'Worker',
      'MutationObserver',
      'IntersectionObserver',
      'BroadcastChannel',
      'CSSStyleSheet',
    ] as const)
      Object.assign(window, {
        [name]: new Proxy(window[name], {
          construct(target, args: never[]) {
            counted(name);
            return Reflect.construct(target as never, args);
          },
        }),
      });
  });
  return () =>
    page.evaluate(async () => ({
      ...(window as unknown as { counts: Record<string, number> }).counts,
      sheets: document.adoptedStyleSheets.length,
      elements: [...document.querySelectorAll('*')].filter(({ localName }) => localName.startsWith('reshelf'))
        .length,
      services: (await navigator.serviceWorker.getRegistrations()).length,
    }));
}
const NOTHING = { sheets: 0, elements: 0, services: 0 };
/** All that is stored, as text. */
const kept = async (shop: TestShop, page: Page) =>
  JSON.stringify([await shop.stored(), await page.evaluate(() => Object.entries(localStorage).sort())]);

test('a page from which the merchant has removed the tag runs nothing of ours, and what is stored lies still', async ({
  openShop,
  page,
}) => {
  const running = await watchRunning(page);
  const options: ShopOptions & { tag: string } = { tag: TAG };
  const shop = await openBrowsed(() => openShop(options));
  await shop.visit('/');
  expect(await shop.order()).not.toEqual(LISTED);
  expect((await running()).listener, 'the probe sees us while we run').toBeGreaterThan(0);
  await shop.visit('/?reshelf=off');
  const stored = await kept(shop, page);
  options.tag = '';
  const asked = shop.requests.length;
  for (const path of ['/', '/p/dress-blue', '/']) {
    await page.goto(`${shop.origin}${path}`);
    await page.mouse.wheel(0, 600);
    await page.locator('body').click({ position: { x: 1, y: 1 } });
    expect(await running()).toEqual(NOTHING);
  }
  expect(await shop.order()).toEqual(LISTED);
  expect(page.workers()).toEqual([]);
  expect(await page.evaluate(() => window.reshelf)).toBeUndefined();
  expect(shop.requests.slice(asked)).toEqual(['GET /', 'GET /p/dress-blue', 'GET /']);
  expect(await kept(shop, page)).toBe(stored);
  options.tag = TAG; // it comes back, and goes on with what lay still
  await shop.visit('/');
  expect(await shop.order()).not.toEqual(LISTED);
  expect(shop.errors).toEqual([]);
});

for (const [name, tag] of [
  ['the script', TAG],
  ['the head snippet', BOOT],
] as const)
  test(`?reshelf=off: no listener, timer, observer, worker or style sheet is there, with ${name}`, async ({
    openShop,
    page,
  }) => {
    const running = await watchRunning(page);
    const options: ShopOptions & { tag: string } = { tag: TAG };
    const shop = await openBrowsed(() => openShop(options));
    await shop.visit('/');
    await shop.known(1); // there is something to order before the first paint
    options.tag = tag;
    for (const path of ['/?reshelf=off', '/?reshelf-debug&reshelf=off']) {
      await page.goto(`${shop.origin}${path}`);
      expect(await running()).toEqual(NOTHING);
      expect(await shop.order()).toEqual(LISTED);
    }
    expect(page.workers()).toEqual([]);
    expect(await page.evaluate(() => window.reshelf)).toBeUndefined();
    expect(shop.errors).toEqual([]);
  });

test('taking the tag’s element out of a running page ends nothing; disable() does', async ({
  openShop,
  page,
}) => {
  const shop = await openBrowsed(openShop);
  await shop.visit('/');
  const order = await shop.order();
  expect(order).not.toEqual(LISTED);
  await page.evaluate(() => {
    for (const script of document.querySelectorAll('script[src*="/reshelf/"]')) script.remove();
  });
  expect(await shop.order()).toEqual(order);
  expect(await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'a' }))).toBe(true);
  await page.evaluate(() => window.reshelf.privacy.open()); // files still come from beside the script
  await expect(page.locator('reshelf-panel')).toHaveCount(1);
  await page.evaluate(() => window.reshelf.disable());
  expect(await shop.order()).toEqual(LISTED);
  await expect.poll(() => page.workers().length).toBe(0);
  await expect(page.locator('reshelf-panel, reshelf-launcher, reshelf-card')).toHaveCount(0);
  expect(shop.errors).toEqual([]);
});

test('a page with a running worker that contributes comes back from the back-forward cache, and goes on', async ({
  openShop,
}) => {
  const shop = await openShop({
    tag: tagWith('data-reshelf-tasks="/reshelf/tasks.json" data-reshelf-region="eu"'),
    files: { 'tasks.json': '[]' },
  });
  const browser = await chromium.launch({
    ...chromiumLaunch(),
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  try {
    const tab = await browser.newPage();
    await tab.addInitScript(() => {
      const { setTimeout } = window;
      const sooner = (work: () => void, ms?: number) => setTimeout(work, ms === 60_000 ? 500 : ms);
      // The pause between two steps is a minute, and so may be the wait for an idle moment, which Safari cannot tell.
      Object.assign(window, { setTimeout: sooner, requestIdleCallback: undefined });
      window.addEventListener('pageshow', (event) => Object.assign(window, { isFromCache: event.persisted }));
    });
    const own = shop.inTab(tab);
    await own.visit('/');
    await tab.evaluate(() =>
      window.reshelf.consent.set(
        { personalize: true, contribute: true },
        { source: 'api', noticeId: 'test' },
      ),
    );
    const born = () => ledgerStore(tab, 'born');
    await expect.poll(born).toHaveLength(1);
    await tab.goto(`${shop.origin}/robots`); // a page without us
    await tab.evaluate(
      () =>
        new Promise((done, fail) => {
          const deleting = indexedDB.deleteDatabase('reshelf-ledger'); // whoever still held it would be thrown out of the cache
          deleting.onsuccess = done;
          deleting.onerror = fail;
        }),
    );
    await tab.evaluate(() => history.back()).catch(() => {}); // the page goes while it answers
    await expect
      .poll(() =>
        tab.evaluate(() => (window as unknown as { isFromCache?: boolean }).isFromCache).catch(() => null),
      )
      .toBe(true);
    await expect.poll(born).toHaveLength(1); // another step was taken, on a ledger of its own
    expect(shop.errors).toEqual([]);
  } finally {
    await browser.close();
  }
});

test('a contributing worker that the browser refuses at once is told, and not tried again', async ({
  openShop,
  page,
}) => {
  const shop = await openShop({
    tag: tagWith('data-reshelf-tasks="/reshelf/tasks.json" data-reshelf-region="eu"'),
    files: { 'tasks.json': '[]' },
  });
  await page.addInitScript(() => {
    const { setTimeout, Worker } = window;
    const sooner = (work: () => void, ms?: number) => setTimeout(work, ms === 60_000 ? 100 : ms);
    let refused = 0;
    class Refusing extends Worker {
      constructor(url: string | URL) {
        if (String(url).includes('contribute')) {
          refused++;
          throw new TypeError('refused');
        }
        super(url);
      }
    }
    Object.assign(window, { setTimeout: sooner, requestIdleCallback: undefined, Worker: Refusing });
    Object.defineProperty(window, 'refused', { get: () => refused });
  });
  await shop.visit('/');
  await page.evaluate(() =>
    window.reshelf.consent.set({ personalize: true, contribute: true }, { source: 'api', noticeId: 'test' }),
  );
  await expect.poll(() => shop.heard('diagnostic')).toEqual([{ code: 'page/failed' }]);
  await page.waitForTimeout(500); // five of the pauses after which it would be tried again
  expect(await page.evaluate(() => (window as unknown as { refused: number }).refused)).toBe(1);
});
