import { violations } from '../support/axe.ts';
import { journalOf, plantJournal, ledgerStore as stored } from '../support/contributing.ts';
import { type Deployment, deploy, type RoleProcess } from '../support/coordinator.ts';
import { page as html, list, tagWith } from '../support/html.ts';
import { expect, test } from '../support/shop.ts';
import { WARDROBE } from '../support/wardrobe.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(600_000);

const DAY = 86_400_000;
const SLOW = { timeout: 120_000 };
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1350, height: 900 } };
let deployment: Deployment;
let running: RoleProcess[] = [];

test.beforeAll(async () => {
  test.setTimeout(600_000); // the file's own does not reach here
  deployment = await deploy(['--lift', '45,45,10', '--styles', 'dress,skirt', '--health']);
  running = await Promise.all((['leader', 'helper'] as const).map((role) => deployment.start(role)));
});
test.afterAll(async () => {
  for (const role of running) await role.kill('SIGTERM');
  deployment.remove();
});

/** The shop's page in each language, how it is looked at there. */
const LOOKS = [
  { path: '/', language: 'en', look: 'light' },
  { path: '/ar', language: 'ar', look: 'dark' },
] as const;

test('a ledger that the client itself filled can be read, opened by keys, and axe finds nothing, left to right and right to left', async ({
  openShop,
  page,
}) => {
  const tag = tagWith('data-reshelf-tasks="/reshelf/tasks.json" data-reshelf-region="eu"');
  const text = html({ title: 'Shop', tag, body: list(WARDROBE, 'json-ld') });
  const shop = await openShop({
    tag,
    pages: { '/': text, '/ar': text.replace('<html lang="en">', '<html lang="ar" dir="rtl">') },
    files: { 'tasks.json': JSON.stringify(deployment.tasks) },
  });
  await page.clock.setFixedTime(new Date(Date.now() - 40 * DAY));
  await shop.visit('/');
  await page.evaluate(() =>
    window.reshelf.consent.set(
      { personalize: true, contribute: true, measure: true },
      { source: 'api', noticeId: 'test/1' },
    ),
  );
  await plantJournal(page, journalOf(3));
  await expect.poll(() => stored(page, 'born'), SLOW).toHaveLength(1);
  await page.clock.setFixedTime(new Date());
  await shop.visit('/');
  const isSent = async () => {
    const rows = await stored<{ state: string; kind: string }>(page, 'rows');
    return rows.map(({ state, kind }) => `${kind} ${state}`).sort();
  };
  await expect.poll(isSent, SLOW).toEqual(['counts sent', 'tallies sent', 'tallies sent', 'weights sent']);

  for (const { path, language, look } of LOOKS)
    await test.step(`${language}, ${look}`, async () => {
      await page.emulateMedia({ colorScheme: look, reducedMotion: 'reduce' });
      await shop.visit(path);
      await page.setViewportSize(SIZES.phone);
      await page.evaluate(() => window.reshelf.privacy.open('shared'));
      const panel = page.locator('reshelf-panel');
      const rows = panel.locator('[part=ledger] > li');
      await expect(rows).toHaveCount(4);
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        await expect(panel.locator('[aria-current]'), `${size}: the section shown`).toBeInViewport({
          ratio: 0.9,
        });
        await page.screenshot({ path: `test-results/ledger-${language}-${look}-${size}.png` });
        expect(await violations(page, 'reshelf-panel'), size).toEqual([]);
      }
      // The newest first, and each with what all up to it have cost together.
      const totals = await rows.evaluateAll((all) =>
        all.map((row) => (row.querySelector('p')?.textContent ?? '').match(/\S+(?=\.$)/)?.[0]),
      );
      expect(new Set(totals).size).toBe(4);
      // One after another, by Tab and Enter; what opens shows the numbers and every byte.
      await panel.locator('.body').focus();
      for (let at = 0; at < 4; at++) {
        const summary = rows.nth(at).locator('summary');
        await expect
          .poll(async () => {
            await page.keyboard.press('Tab');
            return summary.evaluate(
              (element) => (element.getRootNode() as ShadowRoot).activeElement === element,
            );
          })
          .toBe(true);
        await page.keyboard.press('Enter');
        await expect(rows.nth(at).locator('details')).toHaveJSProperty('open', true);
        await expect(rows.nth(at).locator('.raw')).toHaveText(/^([0-9a-f]{2}){500,}$/);
      }
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        await rows.first().scrollIntoViewIfNeeded();
        await page.screenshot({ path: `test-results/ledger-${language}-${look}-${size}-open.png` });
        expect(await violations(page, 'reshelf-panel'), `${size}, opened`).toEqual([]);
        const overflow = await panel.locator('.body').evaluate((body) => body.scrollWidth - body.clientWidth);
        expect(overflow, `${size}: nothing runs out at the side`).toBeLessThanOrEqual(0);
      }
    });
  expect(shop.errors).toEqual([]);
});
