import { chromium } from 'playwright';
import { openDemo } from './test/support/demo.ts';

const demo = await openDemo();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
async function go(name: string, options: any, lang?: string, why = false) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('console', (m) => {
    if (m.type() !== 'log') console.log(name, m.type(), m.text());
  });
  page.on('pageerror', (e) => console.log(name, 'ERR', e.stack));
  if (lang || why)
    await context.route('**/*', async (route) => {
      const r = await route.fetch();
      const t = r.headers()['content-type'] ?? '';
      if (!t.includes('text/html')) return route.fulfill({ response: r });
      let body = await r.text();
      if (lang)
        body = body.replace('<html lang="en">', `<html lang="${lang}"${lang === 'ar' ? ' dir="rtl"' : ''}>`);
      if (why)
        body = body.replace(
          'data-reshelf-worker-src',
          'data-reshelf-why="on" data-reshelf-controller="Teasel" data-reshelf-portable="on" data-reshelf-worker-src',
        );
      return route.fulfill({ response: r, body });
    });
  const visit = async (a: string) => {
    await page.goto(demo.origin + a);
    await page.evaluate(() => window.reshelf.ready);
  };
  await visit('/c/dresses');
  await page.locator('reshelf-card').waitFor();
  await page.waitForTimeout(300);
  await page.screenshot({ path: `/tmp/shots/${name}-card.png` });
  await page.locator('reshelf-card button').nth(1).click();
  await page.locator('reshelf-launcher').waitFor();
  for (const { handle } of demo.catalogue.products
    .filter(({ style }: any) => style === 'slip-dress')
    .slice(-3)) {
    await visit(`/p/${handle}`);
    await page.locator('select[name="size"]').selectOption('M');
    await page.waitForTimeout(100);
  }
  await visit('/c/dresses');
  await page.waitForTimeout(300);
  await page.screenshot({ path: `/tmp/shots/${name}-launcher.png` });
  if (why) {
    await page.locator('reshelf-why button.opener').first().click();
    await page.waitForTimeout(700);
    await page.screenshot({ path: `/tmp/shots/${name}-whybadge.png` });
    await page.keyboard.press('Escape');
  }
  await page.locator('reshelf-launcher button').first().click();
  await page.locator('reshelf-panel dialog').waitFor();
  const nav = page.locator('reshelf-panel nav button');
  for (let i = 0; i < 7; i++) {
    await nav.nth(i).click();
    await page.waitForTimeout(i === 3 ? 1500 : 300);
    await page.screenshot({ path: `/tmp/shots/${name}-${i}.png` });
  }
  await context.close();
}
const D = { viewport: { width: 1350, height: 900 } },
  P = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1 };
await go('desktop', D, undefined, true);
await go('phone', P, undefined, true);
await go('dark', { ...D, colorScheme: 'dark' });
await go('ar', P, 'ar', true);
await go('de', { viewport: { width: 320, height: 640 } }, 'de');
await browser.close();
demo.close();
