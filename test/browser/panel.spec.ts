import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { violations } from '../support/axe.ts';
import { page as html, list, tagWith } from '../support/html.ts';
import { expect, LISTED, type TestShop, test } from '../support/shop.ts';
import { WARDROBE } from '../support/wardrobe.ts';

declare global {
  interface Window {
    shifts: number;
  }
}

/** No inline style, no inline script, no policy for trusted types: what the strictest shops send. */
const STRICT = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src data:; trusted-types 'none'",
};
const SECTIONS = ['now', 'learned', 'activity', 'why', 'shared', 'proof', 'take'] as const;
const dialog = (page: Page) => page.locator('reshelf-panel dialog');
const status = (page: Page) => dialog(page).getByRole('status');
const open = async (page: Page, section: (typeof SECTIONS)[number] = 'now') => {
  await page.evaluate((name) => window.reshelf.privacy.open(name), section);
  await expect(dialog(page)).toBeVisible();
};
const section = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true });

test.beforeEach(({ page }) => {
  page.setDefaultTimeout(10_000);
});

/** A shop in which a shopper has looked at green things. */
async function browsed(shop: TestShop): Promise<void> {
  await shop.visit('/');
  await shop.allow();
  await shop.browse('dress-green', 'shirt-green', 'dress-green', 'dress-blue');
  await shop.visit('/');
}
const inLanguage = (language: string, tag: string) => ({
  '/': html({ title: 'Shop', tag, body: list(WARDROBE, 'json-ld') }).replace(
    '<html lang="en">',
    `<html lang="${language}"${language === 'ar' ? ' dir="rtl"' : ''}>`,
  ),
});

const LOOKS = {
  en: ['light', 'dark', 'forced colours'],
  de: ['light', 'dark', 'forced colours'],
  ar: ['light', 'dark', 'forced colours'],
  fr: ['dark'],
  es: ['light'],
  ja: ['forced colours'],
} as const;
for (const [language, looks] of Object.entries(LOOKS))
  for (const look of looks)
    test(`axe finds nothing in card, launcher, reasons and every section (${language}, ${look})`, async ({
      openShop,
      page,
    }) => {
      test.setTimeout(120_000);
      await page.emulateMedia(look === 'forced colours' ? { forcedColors: 'active' } : { colorScheme: look });
      await page.emulateMedia({ reducedMotion: 'reduce' });
      const tag = tagWith(
        'data-reshelf-why="on" data-reshelf-portable="on" data-reshelf-controller="Shop Ltd"',
      );
      const shop = await openShop({ tag, pages: inLanguage(language, tag), headers: STRICT });
      await shop.visit('/');
      await expect(page.locator('reshelf-card')).toHaveCount(1);
      expect(await violations(page, 'reshelf-card')).toEqual([]);
      await browsed(shop);
      await expect(page.locator('reshelf-launcher')).toHaveCount(1);
      await page.locator('reshelf-why .opener').first().press('Enter');
      await expect(page.locator('reshelf-why [popover] h2').first()).toBeVisible();
      expect(await violations(page, 'reshelf-launcher', 'reshelf-why')).toEqual([]);
      await page.keyboard.press('Escape');
      for (const name of SECTIONS) {
        await open(page, name);
        await expect(dialog(page).locator('.body section').first()).not.toBeEmpty();
        if (name === 'learned') await expect(dialog(page).locator('meter').first()).toBeVisible();
        expect(await violations(page, 'reshelf-panel'), name).toEqual([]);
      }
      expect(await dialog(page).evaluate((element) => getComputedStyle(element).direction)).toBe(
        language === 'ar' ? 'rtl' : 'ltr',
      );
      expect(shop.errors).toEqual([]);
    });

for (const look of ['light', 'dark', 'forced colours'] as const)
  test(`axe finds nothing where the browser sends Global Privacy Control, nor while paused, stale or asked twice (${look})`, async ({
    openShop,
    page,
  }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.emulateMedia(look === 'forced colours' ? { forcedColors: 'active' } : { colorScheme: look });
    let terms = '';
    let language = 'en';
    const shop = await openShop({
      routes: (path) => inLanguage(language, tagWith(terms))[path as '/'],
      headers: STRICT,
    });
    await shop.visit('/');
    await shop.allow();
    await page.evaluate(() => window.reshelf.consent.pause());
    await open(page, 'now');
    expect(await violations(page, 'reshelf-panel', 'reshelf-launcher')).toEqual([]);
    await page.evaluate(() => window.reshelf.consent.resume());
    await open(page, 'take');
    await dialog(page).getByRole('button', { name: 'Delete everything learned' }).click();
    await expect(dialog(page).getByRole('button', { name: 'Yes, delete' })).toBeVisible();
    expect(await violations(page, 'reshelf-panel')).toEqual([]);
    terms = 'data-reshelf-keep="category"';
    await shop.visit('/');
    await expect(page.locator('reshelf-card')).toContainText('so we ask once more');
    expect(await violations(page, 'reshelf-card')).toEqual([]);
    await page.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true }),
    );
    await page.evaluate(() => localStorage.clear());
    for (language of Object.keys(LOOKS)) {
      await shop.visit('/');
      await expect(page.locator('reshelf-launcher')).toHaveCount(1);
      await open(page, 'now');
      await expect(dialog(page).locator('[part=signal]')).toBeVisible();
      expect(await violations(page, 'reshelf-panel', 'reshelf-launcher'), language).toEqual([]);
      await page.keyboard.press('Escape');
    }
    expect(shop.errors).toEqual([]);
  });

test('opening anything shifts nothing', async ({ openShop, page }) => {
  await page.addInitScript(() => {
    window.shifts = 0;
    new PerformanceObserver((entries) => {
      for (const entry of entries.getEntries())
        if (!Reflect.get(entry, 'hadRecentInput')) window.shifts += Reflect.get(entry, 'value');
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const shop = await openShop({ tag: tagWith('data-reshelf-why="on"') });
  await browsed(shop);
  await page.evaluate(() => {
    window.shifts = 0; // the list itself was put in order before
  });
  const frames = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.evaluate(() =>
    document.querySelector('reshelf-why')?.shadowRoot?.querySelector<HTMLElement>('[popover]')?.showPopover(),
  );
  await frames();
  for (const name of SECTIONS) {
    await page.evaluate((at) => window.reshelf.privacy.open(at), name);
    await frames();
  }
  await page.evaluate(() => window.reshelf.privacy.close());
  await frames();
  expect(await page.evaluate(() => window.shifts)).toBe(0);
});

test('it holds against a hostile page: its CSS, its layers, its own modal', async ({ openShop, page }) => {
  const hostile =
    '<style>*{all:unset!important} button,dialog,h2,input{display:none!important} reshelf-panel,reshelf-launcher{display:none!important;opacity:0} .on-top{position:fixed;inset:0;z-index:2147483647}</style><div class="on-top"></div>';
  const shop = await openShop({
    pages: { '/': html({ title: 'H', tag: tagWith(''), body: hostile + list(WARDROBE, 'json-ld') }) },
  });
  await shop.visit('/');
  await shop.allow();
  await page.evaluate(() => window.reshelf.privacy.open());
  await expect(section(page, 'Close')).toBeVisible();
  await section(page, 'Take or delete').click(); // a real click: nothing lies over it
  await expect(dialog(page).getByRole('heading', { name: 'Delete the proof too' })).toBeVisible();
});

test('on 320 pixels and at twice the text size nothing is cut off, and what can be pressed is 44 pixels high', async ({
  openShop,
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const shop = await openShop({ pages: inLanguage('de', tagWith('')) });
  await browsed(shop);
  for (const size of ['16px', '32px']) {
    await page.setViewportSize({ width: size === '16px' ? 320 : 640, height: 640 });
    await page.evaluate((px) => document.documentElement.style.setProperty('font-size', px), size);
    for (const name of SECTIONS) {
      await open(page, name);
      await expect(dialog(page).locator('.body section').first()).not.toBeEmpty();
      const found = await dialog(page).evaluate((element) => {
        const body = element.querySelector('.body') as HTMLElement;
        const small = [...element.querySelectorAll('button, input')]
          .filter(
            (one) => one.getBoundingClientRect().height < 43.9 || one.getBoundingClientRect().width < 43.9,
          )
          .map((one) => one.textContent ?? one.tagName);
        return {
          isWider: body.scrollWidth > body.clientWidth + 1 || element.scrollWidth > element.clientWidth + 1,
          small,
        };
      });
      expect(found, `${name} at ${size}`).toEqual({ isWider: false, small: [] });
    }
  }
});

test('yes, no and taking it back take one press each', async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await expect
    .poll(() => page.evaluate(() => window.reshelf.consent.get().personalize.state))
    .toBe('granted');
  await page.getByRole('button', { name: 'Turn off' }).click();
  await expect
    .poll(() => page.evaluate(() => window.reshelf.consent.get().personalize.state))
    .toBe('withdrawn');
  expect(await page.evaluate(() => window.reshelf.consent.history()[0]?.source)).toBe('panel');
  await page.evaluate(() => localStorage.clear());
  await shop.visit('/');
  await page.getByRole('button', { name: 'No thanks' }).click();
  await expect
    .poll(() => page.evaluate(() => window.reshelf.consent.get().personalize.state))
    .toBe('refused');
  await expect(page.getByRole('button', { name: 'Personal order: off' })).toBeVisible();
});

test('the switches say what they stand at; on and off are one press each, with a receipt of the text shown', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  await open(page);
  const turn = dialog(page).getByRole('switch', { name: 'Personal order' });
  await expect(turn).not.toBeChecked();
  await turn.click();
  await expect(turn).toBeChecked();
  await expect(dialog(page).locator('#personalize-state')).toHaveText('On');
  const receipt = await page.evaluate(() => window.reshelf.consent.history()[0]);
  expect(receipt).toMatchObject({
    source: 'panel',
    answers: { personalize: 'granted' },
    notice: { id: 'reshelf-panel/1', variant: 'panel', language: 'en' },
  });
  expect(receipt?.notice.textHash).toMatch(/^[0-9a-f]{64}$/);
  await dialog(page).getByRole('button', { name: 'Pause' }).click();
  await expect(dialog(page).locator('#personalize-state')).toHaveText('Paused: kept, not used');
  await dialog(page).getByRole('button', { name: 'Go on' }).click();
  await expect(dialog(page).locator('#personalize-state')).toHaveText('On');
  await turn.click();
  await expect(dialog(page).locator('#personalize-state')).toHaveText('Off: you took your yes back');
  expect(
    await page.evaluate(() => window.reshelf.consent.history().map(({ answers }) => answers.personalize)),
  ).toEqual(['withdrawn', 'granted', 'paused', 'granted']);
});

test('what was learned is told with its sources, and every edit changes the next order and is in the log', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await browsed(shop);
  await open(page, 'learned');
  const green = dialog(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: 'More: green' }) });
  await expect(green).toContainText('3 looks');
  const rank = () =>
    page.evaluate(async () => {
      const ids = [...document.querySelectorAll('ul.products a')].map((link) =>
        (link as HTMLAnchorElement).pathname.slice(3),
      );
      const { order } = await window.reshelf.rank(
        ids.map((id, position) => ({
          id,
          category: `Clothing > ${id.split('-')[0]}`,
          colour: id.split('-')[1] ?? '',
          position,
        })),
      );
      return order.map(({ id, score }) => [id, score] as const);
    });
  const scoreOf = (order: Awaited<ReturnType<typeof rank>>, id: string) =>
    order.find(([one]) => one === id)?.[1] ?? 0;
  const before = await rank();
  await dialog(page).getByRole('button', { name: 'More: green' }).click();
  await expect(status(page)).toHaveText('Noted.');
  await expect(green).toContainText('× 2');
  const more = await rank();
  expect(scoreOf(more, 'jacket-green')).toBeGreaterThan(scoreOf(before, 'jacket-green'));
  for (let i = 0; i < 2; i++) {
    await dialog(page).getByRole('button', { name: 'Less: green' }).click();
    await page.waitForFunction(() => true);
  }
  await expect
    .poll(async () => scoreOf(await rank(), 'jacket-green'))
    .toBeLessThan(scoreOf(before, 'jacket-green'));

  const muted = dialog(page)
    .getByRole('button', { name: /^Put last: clothing > dress$/ })
    .first();
  const kind = (await muted.getAttribute('aria-label'))?.replace(/^Put last: /, '') ?? '';
  await muted.focus(); // the preview comes before the press
  await expect(dialog(page).locator('.foot [aria-live]')).toHaveText(/On this page, .* would move/);
  await muted.press('Enter');
  await expect.poll(async () => (await rank()).slice(-3).every(([id]) => id.startsWith('dress'))).toBe(true);
  expect(await page.evaluate(() => window.reshelf.wishes.get())).toMatchObject({ muted: [kind] });

  await dialog(page).getByRole('button', { name: 'Forget: green' }).click();
  await expect(status(page)).toHaveText(/Forgotten\. \d+ records deleted\./);
  const kept = (await shop.journal()).filter(({ kind }) => kind !== 'impression'); // the page goes on showing green things
  expect(kept.map(({ itemId }) => itemId)).toEqual(['dress-blue']);
  const { interests } = await page.evaluate(() => window.reshelf.data({ kind: 'overview' }));
  expect(interests.map(({ value }) => value)).not.toContain('green');
  const { entries } = await page.evaluate(() => window.reshelf.data({ kind: 'log' }));
  expect(entries.map(({ action }) => action)).toEqual([
    'granted',
    'edited',
    'edited',
    'edited',
    'edited',
    'deleted',
  ]);
});

test('an interest can be added, and a size; what was told can be taken back', async ({ openShop, page }) => {
  const shop = await openShop();
  await browsed(shop);
  await open(page, 'learned');
  const field = dialog(page).getByRole('textbox', { name: 'Add a kind, brand or size' });
  await field.fill('  Skirts ');
  await dialog(page).getByRole('button', { name: 'Put first' }).click();
  await expect(dialog(page).getByText('skirts', { exact: true })).toBeVisible();
  await field.fill('M');
  await dialog(page).getByRole('button', { name: 'My size' }).click();
  await expect
    .poll(() => page.evaluate(() => window.reshelf.wishes.get()))
    .toEqual({ sizes: ['m'], favourites: ['skirts'], muted: [] });
  await dialog(page).getByRole('button', { name: 'Remove: skirts' }).click();
  await expect
    .poll(() => page.evaluate(() => window.reshelf.wishes.get()))
    .toEqual({ sizes: ['m'], favourites: [], muted: [] });
});

test('activity: one record goes, and what it taught goes with it', async ({ openShop, page }) => {
  const shop = await openShop();
  await browsed(shop);
  await open(page, 'activity');
  const before = await shop.journal();
  await dialog(page)
    .getByRole('button', { name: /^Delete: .*Looked at/ })
    .first()
    .click();
  await expect(status(page)).toHaveText(/Forgotten\. .?1.? record deleted\./);
  const after = await shop.journal();
  expect(after).toHaveLength(before.length - 1);
  expect(JSON.stringify((await shop.stored())?.profile)).not.toContain('dress-blue'); // the newest look
  await dialog(page).getByRole('button', { name: 'Delete this day' }).click();
  await expect.poll(() => shop.journal()).toEqual([]);
});

test('reasons: shares add up to 100 %, what did not move says so, and without the cited part it stands where it was said', async ({
  openShop,
  page,
}) => {
  const shop = await openShop({ tag: tagWith('data-reshelf-why="on"') });
  await browsed(shop);
  const explained = await page.evaluate(async () => {
    const told = [];
    for (const { listId, items } of window.reshelf.lists())
      for (const { id } of items)
        if (id !== null) told.push({ id, ...(await window.reshelf.explain(id, listId)) });
    return told;
  });
  const badgeOf = (id: string) =>
    page.locator('ul.products > li', { has: page.locator(`a[href^="/p/${id}?"]`) }).locator('reshelf-why');
  const moved = explained.filter(({ from, to }) => to < from);
  const still = explained.filter(({ from, to }) => to === from);
  expect(moved.length).toBeGreaterThan(0);
  for (const one of moved.slice(0, 4)) {
    await badgeOf(one.id).locator('.opener').click();
    const text = (await badgeOf(one.id).locator('[popover]').textContent()) ?? '';
    await expect(badgeOf(one.id).locator('h2')).toHaveText(
      new RegExp(`^Moved up .?${one.from - one.to}.? place`),
    );
    const shares = [
      ...((await badgeOf(one.id).locator('p').first().textContent()) ?? text).matchAll(/\((\d+)%\)/g),
    ].map(([, n]) => Number(n));
    const for100 = one.contributions.filter(({ feature, value }) => feature !== 'shop' && value > 0);
    const total = for100.reduce((sum, { value }) => sum + value, 0);
    const expected = for100.map(({ value }) => Math.round((value / total) * 100)).sort((a, b) => b - a);
    expect(shares.length).toBe(Math.min(3, expected.filter((share) => share > 0).length));
    for (const [i, share] of shares.entries())
      expect(Math.abs(share - (expected[i] ?? 0))).toBeLessThanOrEqual(1);
    if (expected.filter((share) => share > 0).length <= 3)
      expect(shares.reduce((a, b) => a + b, 0)).toBe(100);
    await page.keyboard.press('Escape');
  }
  for (const one of still.slice(0, 1)) {
    await badgeOf(one.id).locator('.opener').click();
    await expect(badgeOf(one.id).locator('h2')).toHaveText('Stands where the shop put it');
    await page.keyboard.press('Escape');
  }
  const [cited] = moved;
  if (cited === undefined) return;
  await badgeOf(cited.id).locator('.opener').click();
  await badgeOf(cited.id).getByRole('button', { name: 'Put this kind last' }).click();
  await expect(badgeOf(cited.id).getByRole('status')).toHaveText('Noted. The next list follows.');
  await shop.visit('/');
  const kind = cited.id.split('-')[0] ?? '';
  await expect.poll(async () => (await shop.order()).slice(-1)[0]?.split('-')[0]).toBe(kind);
});

for (const act of ['less', 'forget'] as const)
  test(`an interest taken back (${act}) changes the order as announced`, async ({ openShop, page }) => {
    await page.clock.setFixedTime('2026-11-02T12:00:00Z'); // a look that a slow machine makes longer may outweigh "less"
    const shop = await openShop();
    await browsed(shop);
    const { announced, before, after } = await page.evaluate(async (done) => {
      const { reshelf } = window;
      const candidates = reshelf
        .lists()
        .flatMap(({ items }) => items)
        .flatMap(({ id, title, brand, category, colour, position }) =>
          id === null || title === null
            ? []
            : [{ id, title, position, brand: brand ?? '', category: category ?? '', colour: colour ?? '' }],
        );
      const byScore = async () =>
        [...(await reshelf.rank(candidates)).order].sort((a, b) => b.score - a.score).map(({ id }) => id);
      const { interests } = await reshelf.data({ kind: 'overview' });
      const [{ facet, value }] = interests.filter((one) => one.facet === 'colour') as [(typeof interests)[0]];
      const change = { kind: 'interest', interest: { facet, value }, act: done } as const;
      const before = await byScore();
      const announced: unknown = await reshelf.data({ kind: 'preview', candidates, change } as never);
      await reshelf.data(change);
      return { announced, before, after: await byScore() };
    }, act);
    const moves = after.flatMap((id, to) =>
      before[to] === id ? [] : [{ id, from: before.indexOf(id), to }],
    );
    expect(moves.length).toBeGreaterThan(0);
    expect(announced).toEqual(moves);
    expect(shop.errors).toEqual([]);
  });

test('proof: receipts and log are shown, checked, and saved in a form that `reshelf verify` passes', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await browsed(shop);
  await open(page, 'proof');
  await expect(dialog(page).locator('.body li').first()).toContainText('Personal order: yes');
  await dialog(page).getByRole('button', { name: 'Check' }).click();
  await expect(status(page)).toHaveText('Complete: every receipt follows from the one before.');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog(page).getByRole('button', { name: 'Save receipts and log' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('receipt.json');
  const { check } = await import('../../src/cli/verify/check.ts');
  const saved = JSON.parse(readFileSync(await download.path(), 'utf8'));
  expect(await check(saved)).toEqual({ broken: null, records: 1, actions: 1 });
  expect(JSON.stringify(saved)).not.toMatch(/dress|green/);

  await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((done) => {
      const request = indexedDB.open('reshelf');
      request.onsuccess = () => done(request.result);
    });
    const tx = db.transaction('audit', 'readwrite');
    tx.objectStore('audit').openCursor().onsuccess = (event) => {
      const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result;
      cursor?.update({ ...cursor.value, action: 'edited' });
    };
    await new Promise((done) => tx.addEventListener('complete', done));
    db.close();
  });
  await open(page, 'proof');
  await dialog(page).getByRole('button', { name: 'Check' }).click();
  await expect(status(page)).toHaveText(
    /^Broken at: .*log entry 1 \(edited\): its content is not what its hash says/,
  );
});

test('take it: the export holds everything readable, and another shop reads it only if both agree', async ({
  openShop,
  page,
}) => {
  const portable = tagWith('data-reshelf-portable="on"');
  const shop = await openShop({ tag: portable });
  await browsed(shop);
  await page.evaluate(() => window.reshelf.wishes.set({ sizes: ['m'] }));
  await open(page, 'take');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog(page).getByRole('button', { name: 'Save my data' }).click(),
  ]);
  const file = JSON.parse(readFileSync(await download.path(), 'utf8'));
  expect(file).toMatchObject({ schema: 'reshelf-data/1', isPortable: true, wishes: { sizes: ['m'] } });
  expect(file.signals.filter(({ kind }: { kind: string }) => kind === 'view')).toHaveLength(4);
  expect(JSON.stringify(file)).not.toContain('titleTokens');

  const other = await openShop({ tag: portable });
  await other.visit('/');
  await other.allow();
  await open(page, 'take');
  const choose = (content: unknown) =>
    dialog(page)
      .locator('input[type=file]')
      .setInputFiles({
        name: 'x.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(content)),
      });
  await choose({ ...file, isPortable: false });
  await expect(status(page)).toHaveText('That file cannot be read here.');
  expect(await other.journal('view')).toEqual([]);
  await choose({
    ...file,
    signals: [...file.signals, { kind: 'view', at: 9e15, category: 'x' }, { kind: 'evil', at: 1 }, null],
  });
  await expect(status(page)).toHaveText(/.?\d+.? records read\./);
  const views = await other.journal('view');
  expect(views).toHaveLength(4);
  expect(JSON.stringify(views)).not.toContain('itemId'); // the other shop's products mean nothing here
  expect(await page.evaluate(() => window.reshelf.wishes.get())).toMatchObject({ sizes: ['m'] });
  const { interests } = await page.evaluate(() => window.reshelf.data({ kind: 'overview' }));
  expect(interests.map(({ value }) => value)).toContain('green');
});

test('delete it: everything learned, then the proof too; both ask once more', async ({ openShop, page }) => {
  const shop = await openShop();
  await browsed(shop);
  await open(page, 'take');
  await dialog(page).getByRole('button', { name: 'Delete everything learned' }).click();
  await dialog(page).getByRole('button', { name: 'Keep' }).click();
  expect((await shop.journal()).length).toBeGreaterThan(0);
  await dialog(page).getByRole('button', { name: 'Delete everything learned' }).click();
  await dialog(page).getByRole('button', { name: 'Yes, delete' }).click();
  await expect(status(page)).toHaveText('Everything learned is deleted.');
  expect(await shop.stored()).toMatchObject({
    journal: [],
    profile: [],
    wishes: [],
    adjustments: [],
    pseudonyms: [],
  });
  expect((await shop.stored())?.receipts).toHaveLength(1);
  expect(await shop.order()).toEqual(LISTED);
  await dialog(page).getByRole('button', { name: 'Delete the proof too' }).click();
  await dialog(page).getByRole('button', { name: 'Yes, delete' }).click();
  await expect(status(page)).toHaveText('Everything is deleted, proof included.');
  expect(await shop.stored()).toBeNull();
  expect(await shop.choice()).toBeNull();
});

test('where no worker can start the panel says so, and answers and deleting still count', async ({
  openShop,
  page,
}) => {
  const shop = await openShop({
    headers: {
      'content-security-policy':
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'",
    },
  });
  await shop.visit('/');
  await open(page);
  await dialog(page).getByRole('switch', { name: 'Personal order' }).click();
  await expect
    .poll(() => page.evaluate(() => window.reshelf.consent.get().personalize.state))
    .toBe('granted');
  for (const name of ['What was learned', 'Recent activity']) {
    await section(page, name).click();
    await expect(dialog(page).locator('.body')).toHaveText(
      'This browser cannot show what is kept. The switches work, and all of it can be deleted.',
    );
  }
  for (const name of ['Why this order', 'Choices and proof', 'Take or delete'])
    await section(page, name).click();
  await dialog(page).getByRole('button', { name: 'Delete everything learned' }).click();
  await dialog(page).getByRole('button', { name: 'Yes, delete' }).click();
  await expect(status(page)).toHaveText('Everything learned is deleted.');
  await section(page, 'Now').click();
  await dialog(page).getByRole('switch', { name: 'Personal order' }).click();
  await expect
    .poll(() => page.evaluate(() => window.reshelf.consent.get().personalize.state))
    .toBe('withdrawn');
  await section(page, 'What was learned').click();
  await expect(dialog(page).locator('.body')).toHaveText('Nothing is kept while the personal order is off.');
  await page.keyboard.press('Escape');
  await page.evaluate(() => window.reshelf.consent.pause().catch(() => null));
  expect(shop.errors).toEqual([]);
});

test('the shop’s own words replace ours, in any text; a page that says no language gets English', async ({
  openShop,
  page,
}) => {
  const own =
    '<script type="application/json" data-reshelf-texts>{"allow":"Yes, please","title":"Your shelf"}</script>';
  const shop = await openShop({
    pages: {
      '/': html({ title: 'T', head: own, tag: tagWith(''), body: list(WARDROBE, 'json-ld') }).replace(
        ' lang="en"',
        '',
      ),
    },
  });
  await shop.visit('/');
  await page.getByRole('button', { name: 'Yes, please' }).click();
  await open(page);
  await expect(dialog(page).getByRole('heading', { name: 'Your shelf' })).toBeVisible();
});
