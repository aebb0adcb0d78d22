import type { Page } from '@playwright/test';
import { page as html, list, TAG } from '../support/html.ts';
import { createLatch, type Latch } from '../support/latch.ts';
import { expect, LISTED, type TestShop, test, workerWith } from '../support/shop.ts';
import { WARDROBE } from '../support/wardrobe.ts';

declare global {
  interface Window {
    before: ChildNode[];
    moved: Set<Node>;
  }
}

const WITH_INPUTS = list(WARDROBE, 'json-ld')
  .replaceAll(
    '</li>',
    '<input name="note"><div class="inner" style="height:20px;overflow:auto"><p style="height:99px">.</p></div></li><!-- a comment -->',
  )
  .replace('<ul', '<p style="height:200px">Above</p><ul');

/** A page whose list is about to be put in order; remembers its child nodes and which of them move. */
async function openWatched(shop: TestShop, page: Page): Promise<void> {
  await shop.visit('/');
  await shop.allow();
  await shop.browse('skirt-white', 'jacket-white', 'skirt-white', 'dress-black');
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      const container = document.querySelector('ul.products');
      if (container === null) return;
      window.before = [...container.childNodes];
      window.moved = new Set();
      for (const [i, input] of container.querySelectorAll('input').entries()) input.value = `note ${i}`;
      for (const item of container.children)
        item.addEventListener('probe', () => item.setAttribute('data-heard', ''));
      new MutationObserver((records) => {
        for (const { addedNodes } of records) for (const node of addedNodes) window.moved.add(node);
      }).observe(container, { childList: true });
    });
  });
  await page.goto(`${shop.origin}/`);
  await expect.poll(() => shop.order()).not.toEqual(LISTED);
}

const openInputs = { pages: { '/': html({ title: 'All', tag: TAG, body: WITH_INPUTS }) } };

test('the fewest nodes move, the very same ones, with what was in them; text and comments stay', async ({
  openShop,
  page,
}) => {
  const shop = await openShop(openInputs);
  await openWatched(shop, page);
  const state = await page.evaluate(() => {
    const container = document.querySelector('ul.products') as Element;
    const now = [...container.childNodes];
    const ranks = now.filter((node) => node instanceof Element).map((node) => window.before.indexOf(node));
    for (const item of container.children) item.dispatchEvent(new Event('probe'));
    return {
      ranks,
      moved: window.moved.size,
      isSameSet: now.length === window.before.length && window.before.every((node) => now.includes(node)),
      movedText: [...window.moved].filter((node) => !(node instanceof Element)).length,
      heard: container.querySelectorAll('[data-heard]').length,
      values: [...container.querySelectorAll('li')].every((item) => {
        const index = window.before.filter((node) => node instanceof Element).indexOf(item);
        return item.querySelector('input')?.value === `note ${index}`;
      }),
    };
  });
  expect(state).toMatchObject({ isSameSet: true, movedText: 0, heard: WARDROBE.length, values: true });
  // a longest rising run, by dynamic programming
  const longest = state.ranks.map(() => 1);
  state.ranks.forEach((rank, i) => {
    for (let j = 0; j < i; j++)
      if ((state.ranks[j] ?? 0) < rank) longest[i] = Math.max(longest[i] ?? 1, (longest[j] ?? 0) + 1);
  });
  expect(state.moved).toBe(WARDROBE.length - Math.max(...longest));
});

test('undo gives back the identical node sequence, and a second undo does nothing', async ({
  openShop,
  page,
}) => {
  const shop = await openShop(openInputs);
  await openWatched(shop, page);
  const isIdentical = () =>
    page.evaluate(() => {
      const now = [...(document.querySelector('ul.products')?.childNodes ?? [])];
      return now.length === window.before.length && now.every((node, i) => node === window.before[i]);
    });
  expect(await isIdentical()).toBe(false);
  await page.evaluate(() => window.reshelf.undo());
  expect(await isIdentical()).toBe(true);
  await page.evaluate(() => window.reshelf.undo());
  expect(await isIdentical()).toBe(true);
  await page.evaluate(() => window.reshelf.rank([{ id: 'a' }]));
  expect(await isIdentical()).toBe(true);
});

test('undo keeps what the page has added and leaves out what it has removed', async ({ openShop, page }) => {
  const shop = await openShop(openInputs);
  await openWatched(shop, page);
  const after = await page.evaluate(() => {
    const container = document.querySelector('ul.products') as Element;
    container.querySelector('li:has(a[href*="dress-blue"])')?.remove();
    const added = document.createElement('li');
    added.textContent = 'added by the page';
    container.prepend(added);
    window.reshelf.undo();
    return [...container.querySelectorAll('li')].map(
      (item) => item.querySelector('a')?.pathname ?? item.textContent,
    );
  });
  const left = LISTED.filter((id) => id !== 'dress-blue').map((id) => `/p/${id}`);
  expect(after).toEqual(['added by the page', ...left]);
});

test('undo keeps the focus and the scroll position', async ({ openShop, page }) => {
  const shop = await openShop(openInputs);
  await openWatched(shop, page);
  await page.evaluate(() => window.scrollTo(0, 300));
  const kept = await page.evaluate(() => {
    const first = document.querySelector('ul.products > li a') as HTMLElement; // it has risen, so undo moves around it
    first.focus({ preventScroll: true });
    const top = window.scrollY;
    window.reshelf.undo();
    return { isFocused: document.activeElement === first, top, now: window.scrollY };
  });
  expect(kept.isFocused).toBe(true);
  expect(kept.now).toBe(kept.top);
});

for (const how of ['pointerdown', 'focus', 'wheel'] as const)
  test(`a list in use does not move: ${how}`, async ({ openShop, page }) => {
    let held: Latch | undefined;
    const shop = await openShop({
      files: {
        'reshelf.worker.js': async () => {
          await held?.opened;
          return workerWith('');
        },
      },
    });
    await shop.visit('/');
    await shop.allow();
    await shop.browse('skirt-white', 'skirt-white');
    held = createLatch();
    await page.goto(`${shop.origin}/`);
    await page.evaluate(() => window.reshelf.ready); // the worker is still on its way
    if (how === 'focus') await page.locator('ul.products a').nth(3).focus();
    else await page.locator('ul.products > li').nth(3).dispatchEvent(how);
    held.open();
    await expect.poll(() => shop.heard('diagnostic')).toEqual([{ code: 'list/in-use', listId: '/#0' }]);
    expect(await shop.order()).toEqual(LISTED);
    expect(await shop.heard('reordered')).toEqual([]);
  });
