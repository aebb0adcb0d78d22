import { mkdirSync } from 'node:fs';
import { type BrowserContextOptions, chromium, type Page } from 'playwright';
import { chromiumPath, ensureChromium } from '../test/support/chromium.ts';
import { openDemo } from '../test/support/demo.ts';

/** The README's pictures, taken from the running demo: `npm run screenshots` makes them anew. */
const DIRECTORY = 'demo/screenshots';
const DESKTOP: BrowserContextOptions = { viewport: { width: 1350, height: 900 } };
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' };
const LIST = '/c/dresses';

ensureChromium();
mkdirSync(DIRECTORY, { recursive: true });
const demo = await openDemo();
const path = chromiumPath();
const browser = await chromium.launch(path === undefined ? {} : { executablePath: path });

async function visit(page: Page, address: string): Promise<void> {
  await page.goto(`${demo.origin}${address}`);
  await page.evaluate(() => window.reshelf.ready);
  await page.waitForLoadState('networkidle');
}

async function shoot(name: string, options: BrowserContextOptions): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const take = (moment: string) =>
    page.screenshot({ path: `${DIRECTORY}/${name}-${moment}.jpg`, type: 'jpeg', quality: 80 });
  await visit(page, LIST);
  await take('before');
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await page.locator('reshelf-card').waitFor({ state: 'detached' });
  for (const { handle } of demo.catalogue.products.filter(({ style }) => style === 'slip-dress').slice(-3)) {
    await visit(page, `/p/${handle}`);
    await page.locator('select[name="size"]').selectOption('M');
  }
  await visit(page, LIST);
  await take('after');
  await visit(page, `${LIST}?reshelf-debug`);
  await page.locator('reshelf-debug .badge[data-move="up"]').first().waitFor();
  await take('debug');
  await context.close();
}

await shoot('desktop', DESKTOP);
await shoot('phone', PHONE);
await browser.close();
demo.close();
