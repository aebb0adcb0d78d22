import { mkdirSync } from 'node:fs';
import { type BrowserContextOptions, chromium, type Page } from 'playwright';
import { chromiumLaunch, ensureChromium } from '../test/support/chromium.ts';
import { openDemo } from '../test/support/demo.ts';

/** The README's pictures, taken from the running demo: `npm run screenshots` makes them anew. */
const DIRECTORY = 'demo/screenshots';
const DESKTOP: BrowserContextOptions = { viewport: { width: 1350, height: 900 } };
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' };
const LIST = '/c/dresses';

ensureChromium();
mkdirSync(DIRECTORY, { recursive: true });
const demo = await openDemo();
const browser = await chromium.launch(chromiumLaunch());

async function visit(page: Page, address: string): Promise<void> {
  await page.goto(`${demo.origin}${address}`);
  await page.waitForFunction(() => window.reshelf !== undefined); // the head snippet loads the script
  await page.evaluate(() => window.reshelf.ready);
  await page.waitForLoadState('networkidle');
}

/** Waits for the card to go, looks at three slip dresses, and comes back to the list. */
async function lookAtSlipDresses(page: Page): Promise<void> {
  await page.locator('reshelf-card').waitFor({ state: 'detached' });
  // nobody leaves the page in the tenth of a second that the list is read in
  await page.waitForFunction(() => localStorage.getItem('reshelf:snapshot')?.includes('#products'));
  for (const { handle } of demo.catalogue.products.filter(({ style }) => style === 'slip-dress').slice(-3)) {
    await visit(page, `/p/${handle}`);
    await page.locator('select[name="size"]').selectOption('M');
  }
  await visit(page, LIST);
}

async function shoot(name: string, options: BrowserContextOptions): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const take = (moment: string) =>
    page.screenshot({ path: `${DIRECTORY}/${name}-${moment}.jpg`, type: 'jpeg', quality: 80 });
  await visit(page, `${LIST}?reshelf-debug`);
  await page.locator('reshelf-debug .frame').first().waitFor();
  await take('dry-run');
  await visit(page, LIST);
  await take('before');
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await lookAtSlipDresses(page);
  await take('after');
  await visit(page, `${LIST}?reshelf-debug`);
  await page.locator('reshelf-debug .badge[data-move="up"]').first().waitFor();
  await take('debug');
  await context.close();
}

/** The privacy panel at one section, after a few looks. */
async function shootPanel(
  name: string,
  options: BrowserContextOptions,
  section: 'now' | 'learned' | 'why' | 'proof',
  language = 'en',
): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    if (!(response.headers()['content-type'] ?? '').includes('text/html')) return route.fulfill({ response });
    const html = (await response.text())
      .replace('<html lang="en">', `<html lang="${language}">`)
      .replace(' data-reshelf-notice-url', ' data-reshelf-controller="Teasel" data-reshelf-notice-url');
    return route.fulfill({ response, body: html });
  });
  await visit(page, LIST);
  await page.locator('reshelf-card button').last().click();
  await lookAtSlipDresses(page);
  await page.evaluate((at) => window.reshelf.privacy.open(at), section);
  await page.locator('reshelf-panel .body li, reshelf-panel .row').first().waitFor();
  await page.waitForTimeout(1500); // reasons are worked out one after the other, and the panel rises
  await page.screenshot({ path: `${DIRECTORY}/${name}.jpg`, type: 'jpeg', quality: 80 });
  await context.close();
}

await shootPanel('panel-desktop', DESKTOP, 'learned');
await shootPanel('panel-dark', { ...DESKTOP, colorScheme: 'dark' }, 'why');
await shootPanel('panel-phone', { ...PHONE, colorScheme: 'light' }, 'now');
await shootPanel('panel-arabic', PHONE, 'learned', 'ar');
await shoot('desktop', DESKTOP);
await shoot('phone', PHONE);
await browser.close();
demo.close();
