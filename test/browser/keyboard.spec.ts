import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { tagWith } from '../support/html.ts';
import { expect, type TestShop, test } from '../support/shop.ts';

/** No test here touches the mouse, or moves the focus by script. */
const SECTIONS = {
  Now: 'now',
  'What was learned': 'learned',
  'Recent activity': 'activity',
  'Why this order': 'why',
  Shared: 'shared',
  'Choices and proof': 'proof',
  'Take or delete': 'take',
} as const;
const TAG = tagWith(
  'data-reshelf-why="on" data-reshelf-portable="on" data-reshelf-controller="Shop Ltd" data-reshelf-notice-url="/privacy"',
);
const dialog = (page: Page) => page.locator('reshelf-panel dialog');
const status = (page: Page) => dialog(page).getByRole('status');
const state = (page: Page) => page.evaluate(() => window.reshelf.consent.get().personalize.state);

/** The accessible name of what has the focus, inside our own parts too. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const outer = document.activeElement;
    const inner = outer?.shadowRoot?.activeElement ?? null;
    if (inner === null) return outer?.shadowRoot ? `<${outer.localName}>` : (outer?.localName ?? '');
    const root = inner.getRootNode() as ShadowRoot;
    const label = inner.getAttribute('aria-labelledby');
    const own = inner.id === '' ? null : root.querySelector(`label[for="${inner.id}"]`);
    const named = label === null ? own : root.getElementById(label);
    return (named?.textContent ?? inner.getAttribute('aria-label') ?? inner.textContent ?? '').trim();
  });
async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    const now = await focused(page);
    if (typeof name === 'string' ? now === name : name.test(now)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${String(name)} cannot be reached by ${key}`);
}
async function press(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}
async function openPanel(page: Page): Promise<void> {
  await press(page, /^Personal order: /);
  await expect(dialog(page)).toBeVisible();
}
async function go(page: Page, section: keyof typeof SECTIONS): Promise<void> {
  await press(page, section);
  await expect(dialog(page).getByRole('group', { name: section, exact: true })).toBeVisible();
}
/** Nothing that was pressed leaves the focus outside. */
const staysInside = (page: Page) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe('reshelf-panel');

async function browsed(shop: TestShop, page: Page): Promise<void> {
  await shop.visit('/');
  await shop.allow();
  await shop.browse('dress-green', 'shirt-green', 'dress-green', 'dress-blue');
  await page.evaluate(() => window.reshelf.wishes.set({ sizes: ['m'], favourites: ['skirt'] }));
  await shop.visit('/');
}

test.beforeEach(({ page }) => {
  page.setDefaultTimeout(10_000);
});

test('the card answers by key and hands the focus on to the launcher, which turns off by key and keeps it', async ({
  openShop,
  page,
}) => {
  const shop = await openShop({ tag: TAG });
  await shop.visit('/');
  await expect(page.locator('reshelf-card')).toHaveCount(1);
  for (const name of ['How this works', 'No thanks', 'Allow']) await tabTo(page, name);
  await page.keyboard.press('Enter');
  await expect.poll(() => state(page)).toBe('granted');
  await expect.poll(() => focused(page)).toBe('Personal order: on');
  await press(page, 'Turn off', 'Space');
  await expect.poll(() => state(page)).toBe('withdrawn');
  await expect.poll(() => focused(page)).toBe('Personal order: off');
  expect(shop.errors).toEqual([]);
});

test('in every section Tab reaches everything that can be pressed, in its order, and only that', async ({
  openShop,
  page,
}) => {
  test.setTimeout(120_000);
  const shop = await openShop({ tag: TAG });
  await browsed(shop, page);
  await openPanel(page);
  expect(await focused(page)).toBe('Privacy and personal order'); // the heading: nothing is chosen by accident
  for (const [name, section] of Object.entries(SECTIONS)) {
    await go(page, name as keyof typeof SECTIONS);
    if (section === 'learned') await expect(dialog(page).locator('meter').first()).toBeVisible();
    if (section === 'activity')
      await expect(
        dialog(page)
          .getByRole('button', { name: /^Delete: / })
          .first(),
      ).toBeVisible();
    if (section === 'proof') await expect(dialog(page).locator('.body ul li').first()).toBeVisible();
    const wanted = await dialog(page).evaluate((element) =>
      [...element.querySelectorAll<HTMLElement>('button, input, a, .body')]
        .filter((one) => !(one as HTMLButtonElement).disabled)
        .map((one, place) => {
          one.dataset.place = String(place);
          return place;
        }),
    );
    expect(wanted.length, name).toBeGreaterThan(8);
    await tabTo(page, 'Close', 'Shift+Tab');
    const reached: number[] = [];
    for (const _ of wanted) {
      reached.push(
        await page.evaluate(() =>
          Number(
            (document.activeElement?.shadowRoot?.activeElement as HTMLElement | null)?.dataset.place ?? -1,
          ),
        ),
      );
      await page.keyboard.press('Tab');
    }
    expect(reached, name).toEqual(wanted);
    await tabTo(page, 'Close', 'Shift+Tab');
  }
});

test('every act of the panel is done by key, is told, and leaves the focus inside; closing gives it back', async ({
  openShop,
  page,
}) => {
  test.setTimeout(180_000);
  const shop = await openShop({ tag: TAG });
  await browsed(shop, page);
  await openPanel(page);

  await go(page, 'Now');
  await press(page, 'Pause');
  await expect.poll(() => state(page)).toBe('paused');
  await staysInside(page);
  await press(page, 'Go on');
  await expect.poll(() => state(page)).toBe('granted');
  await staysInside(page);
  await press(page, 'Show the shop’s own order');
  await expect(status(page)).not.toBeEmpty();
  for (const purpose of ['measure', 'contribute'] as const) {
    const name = await dialog(page).locator(`#${purpose}`).textContent();
    await press(page, name ?? '', 'Space');
    await expect
      .poll(() => page.evaluate((one) => window.reshelf.consent.get()[one].effective, purpose))
      .toBe(true);
    await expect(dialog(page).getByRole('switch', { name: name ?? '' })).toBeChecked();
    await staysInside(page);
    await page.keyboard.press('Space'); // at once: what the switch shows counts
    await expect
      .poll(() => page.evaluate((one) => window.reshelf.consent.get()[one].effective, purpose))
      .toBe(false);
  }

  await go(page, 'What was learned');
  for (const name of ['More: green', 'Less: green', 'Put last: clothing > dress']) {
    await press(page, name);
    await expect(status(page)).toHaveText('Noted.');
    await staysInside(page);
  }
  await press(page, 'Remove: skirt');
  await expect(dialog(page).getByText('skirt', { exact: true })).toHaveCount(0);
  await staysInside(page);
  await tabTo(page, 'Add a kind, brand or size');
  await page.keyboard.type('xl');
  await press(page, 'My size');
  await expect
    .poll(() => page.evaluate(() => window.reshelf.wishes.get()))
    .toMatchObject({ sizes: ['m', 'xl'] });
  await tabTo(page, 'Add a kind, brand or size', 'Shift+Tab');
  await page.keyboard.type('coats');
  await press(page, 'Put first');
  await expect
    .poll(() => page.evaluate(() => window.reshelf.wishes.get()))
    .toMatchObject({ favourites: ['coats'] });
  await press(page, 'Forget: blue');
  await expect(status(page)).toHaveText(/^Forgotten\./);
  await staysInside(page);

  await go(page, 'Recent activity');
  const before = (await shop.journal('view')).length;
  await press(page, /^Delete: .*Looked at/);
  await expect.poll(() => shop.journal('view').then((views) => views.length)).toBe(before - 1);
  await staysInside(page);
  await press(page, 'Delete this day');
  await expect.poll(() => shop.journal('view')).toEqual([]);
  await staysInside(page);
  await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-red' }));
  await go(page, 'Now');
  await go(page, 'Recent activity');
  await press(page, 'Delete the last hour');
  await expect.poll(() => shop.journal('view')).toEqual([]);
  await staysInside(page);

  await go(page, 'Choices and proof');
  await press(page, 'Check');
  await expect(status(page)).toHaveText(/^Complete/);
  const saved = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, name)]);
    return readFileSync(await download.path(), 'utf8');
  };
  expect(await saved('Save receipts and log')).toContain('reshelf-log/1');

  await go(page, 'Take or delete');
  expect(await saved('Save my data')).toContain('reshelf-data/1');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    press(page, 'Read a file from another shop'),
  ]);
  await chooser.setFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  await expect(status(page)).toHaveText('That file cannot be read here.');
  await press(page, 'Delete everything learned');
  await expect.poll(() => focused(page)).toBe('Keep'); // pressing on does no harm
  await page.keyboard.press('Enter');
  await staysInside(page);
  expect((await shop.stored())?.wishes).toHaveLength(1);
  await press(page, 'Delete everything learned');
  await page.keyboard.press('Shift+Tab');
  expect(await focused(page)).toBe('Yes, delete');
  await page.keyboard.press('Enter');
  await expect(status(page)).toHaveText('Everything learned is deleted.');
  expect((await shop.stored())?.wishes).toEqual([]);
  await staysInside(page);

  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe('Personal order: on');
  await page.keyboard.press('Enter');
  await go(page, 'Take or delete');
  await press(page, 'Delete the proof too');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Space');
  await expect(status(page)).toHaveText('Everything is deleted, proof included.');
  await staysInside(page);
  await go(page, 'Now');
  await press(page, 'Personal order', 'Space');
  await expect(dialog(page).getByRole('switch', { name: 'Personal order' })).toBeChecked();
  await page.keyboard.press('Space');
  await expect.poll(() => state(page)).toBe('withdrawn');
  await staysInside(page);
  await press(page, 'Close');
  await expect(dialog(page)).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe('Personal order: off');
  expect(shop.errors).toEqual([]);
});

test('"Why here?": opened, read, acted on and closed by key; the focus comes back to its button each time', async ({
  openShop,
  page,
}) => {
  const shop = await openShop({ tag: TAG });
  await browsed(shop, page);
  const popover = page.locator('reshelf-why [popover]:popover-open');
  const openFirst = async () => {
    await tabTo(page, 'Why here?');
    await page.keyboard.press('Enter');
    await expect(popover.getByRole('heading')).toBeVisible();
  };
  await openFirst();
  await page.keyboard.press('Escape');
  await expect(popover).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe('Why here?');
  await openFirst();
  await press(page, 'Less like this');
  await expect(popover.getByRole('status')).toHaveText('Noted. The next list follows.');
  await press(page, 'Put this kind last');
  await expect
    .poll(() => page.evaluate(() => window.reshelf.wishes.get()).then(({ muted }) => muted.length))
    .toBe(1);
  await press(page, 'Close');
  await expect(popover).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe('Why here?');
  await openFirst();
  await press(page, 'See and change what was learned');
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe('Why here?');
  expect(shop.errors).toEqual([]);
});
