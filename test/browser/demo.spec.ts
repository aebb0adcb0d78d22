import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { openDemo } from '../support/demo.ts';
import { readDatabase } from '../support/shop.ts';

let demo: Awaited<ReturnType<typeof openDemo>>;
test.beforeAll(async () => {
  demo = await openDemo();
});
test.afterAll(() => demo.close());

const stylesOf = (page: Page) =>
  page
    .locator('ul.products > li.product:not(.is-sponsored) a[href^="/p/"]')
    .evaluateAll((links) => [...new Set(links.map((link) => (link as HTMLAnchorElement).pathname))]);

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(`${demo.origin}${path}`);
  await page.waitForFunction(() => window.reshelf !== undefined); // the head snippet loads the script
  await page.evaluate(() => window.reshelf.ready);
}

function countKind(stored: Record<string, unknown[]> | null, kind: string): number {
  return (stored?.journal ?? []).filter((signal) => (signal as { kind: string }).kind === kind).length;
}

async function browseSlipDresses(page: Page): Promise<void> {
  await visit(page, '/c/dresses');
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await expect.poll(() => page.evaluate(() => window.reshelf.consent.get().personalize.effective)).toBe(true);
  const slips = demo.catalogue.products.filter(
    ({ style, sizes }) => style === 'slip-dress' && sizes.some(({ stock }) => stock > 0),
  );
  for (const { handle, sizes } of slips.slice(-2)) {
    await visit(page, `/p/${handle}`);
    const size = sizes.find(({ stock }) => stock > 0)?.size ?? '';
    await page.locator('select[name="size"]').selectOption(size);
    await expect.poll(async () => countKind(await page.evaluate(readDatabase), 'size')).toBeGreaterThan(0);
  }
}

test('the whole shop works without Reshelf', async ({ page }) => {
  await page.goto(`${demo.origin}/c/dresses?reshelf=none`);
  expect(await page.evaluate(() => window.reshelf)).toBeUndefined();
  await page.goto(`${demo.origin}/search?q=linen`);
  await expect(page.locator('ul.products > li').first()).toBeVisible();
  await page.locator('ul.products a').first().click();
  await page
    .locator('select[name="size"] option:not([disabled])')
    .last()
    .evaluate((option) => {
      (option as HTMLOptionElement).selected = true;
    });
  await page.getByRole('button', { name: 'Put in the cart' }).click();
  await page.goto(`${demo.origin}/checkout`);
  await page.getByRole('button', { name: 'Place the order' }).click();
  await expect(page).toHaveURL(/\/order\//);
});

test('slip dresses come first after two slip dresses, and the journal holds sizes, categories and recent browsing only', async ({
  page,
}) => {
  const shops = demo.catalogue.inCategory('dresses');
  await browseSlipDresses(page);
  await visit(page, '/c/dresses');
  const order = await stylesOf(page);
  const place = (handle: string) => order.indexOf(`/p/${handle}`);
  const slips = shops.filter(({ style, sponsored }) => style === 'slip-dress' && !sponsored);
  const rest = shops.filter(({ style, sponsored }) => style !== 'slip-dress' && !sponsored);
  const mean = (products: typeof shops) =>
    products.reduce((sum, { handle }) => sum + place(handle), 0) / products.length;
  expect(mean(slips)).toBeLessThan(mean(rest) / 2);

  const stored = await page.evaluate(readDatabase);
  const fields = new Set((stored?.journal ?? []).flatMap((signal) => Object.keys(signal as object)));
  const allowed = [
    'kind',
    'at',
    'session',
    'itemId',
    'category',
    'size',
    'dwellMs',
    'slateId',
    'position',
    'quantity',
  ];
  expect([...fields].filter((field) => !allowed.includes(field))).toEqual([]);
  expect([...fields]).toEqual(expect.arrayContaining(['itemId', 'category', 'size', 'dwellMs']));
});

test('sponsored dresses and the promo tile keep their places', async ({ page }) => {
  const places = () =>
    page
      .locator('ul.products > li')
      .evaluateAll((cards) => cards.flatMap((card, place) => (card.matches('.is-sponsored') ? [place] : [])));
  await page.goto(`${demo.origin}/c/dresses?reshelf=none`);
  const before = await places();
  expect(before.length).toBeGreaterThan(0);
  await browseSlipDresses(page);
  await visit(page, '/c/dresses');
  expect(await places()).toEqual(before);
});

test('an order by price is the shopper’s and stays', async ({ page }) => {
  await page.goto(`${demo.origin}/c/dresses?sort=price-asc&reshelf=none`);
  const byPrice = await stylesOf(page);
  await browseSlipDresses(page);
  await visit(page, '/c/dresses?sort=price-asc');
  expect(await stylesOf(page)).toEqual(byPrice);
});

test('the developer overlay tells old and new places, contributions, and that nothing was sent', async ({
  page,
}) => {
  await browseSlipDresses(page);
  await visit(page, '/c/dresses?reshelf-debug');
  const overlay = page.locator('reshelf-debug');
  await expect(overlay.locator('.bar')).toContainText('bytes of behaviour sent: 0');
  await expect(overlay.locator('.badge[data-move="up"]').first()).toContainText('→');
  await overlay.locator('.badge summary').first().click();
  await expect(overlay.locator('.badge table').first()).toContainText('you looked at');
});

test('withdrawing puts the shop’s own order back at once', async ({ page }) => {
  await page.goto(`${demo.origin}/c/dresses?reshelf=none`);
  const before = await stylesOf(page);
  await browseSlipDresses(page);
  await visit(page, '/c/dresses');
  expect(await stylesOf(page)).not.toEqual(before);
  await page.evaluate(() => window.reshelf.consent.withdraw());
  expect(await stylesOf(page)).toEqual(before);
  expect((await page.evaluate(readDatabase))?.journal).toEqual([]);
});

test('a taken or impossible port is one clear sentence', async () => {
  const taken = createServer().listen(0);
  const { port } = taken.address() as AddressInfo;
  for (const [wanted, words] of [
    [String(port), /taken/],
    ['eighty', /number from 1 to 65535/],
  ] as const) {
    const { status, stderr } = spawnSync('npx', ['tsx', 'demo/start.ts'], {
      env: { ...process.env, PORT: wanted },
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  }
  taken.close();
});

test('the shop says where the standard looks for it that Global Privacy Control is honoured', async ({
  request,
}) => {
  const response = await request.get(`${demo.origin}/.well-known/gpc.json`);
  expect(response.headers()['content-type']).toBe('application/json');
  expect(await response.json()).toEqual({
    gpc: true,
    lastUpdate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  });
});
