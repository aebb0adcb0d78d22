import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Published, Snippet } from '../../src/cli/snippet/snippet.ts';
import { page as html, list } from '../support/html.ts';
import { serve, type TestServer } from '../support/server.ts';
import { expect, LISTED, type ShopOptions, type TestShop, test } from '../support/shop.ts';
import { WARDROBE } from '../support/wardrobe.ts';

const PUBLISHED = JSON.parse(readFileSync('dist/integrity.json', 'utf8')) as Published;
const FOLDER = `cdn/${PUBLISHED.folder}`;
const NONCE = 'r4nd0m';

/** What the command prints for files at this address. */
const snippetAt = (base: string): Snippet =>
  JSON.parse(execFileSync('node', ['dist/cli/main.js', 'snippet', base, '--json'], { encoding: 'utf8' }));

/** A file with one more statement: it would run, and nobody published it. */
const tampered = (name: string): string =>
  `window.tampered = true;\n${readFileSync(`dist/${FOLDER}/${name}`, 'utf8')}`;

const servers: TestServer[] = [];
test.afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function openCdn(files: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const named = Object.entries(files).map(([name, text]) => [`${FOLDER}/${name}`, text] as const);
  const cdn = await serve({ routes: {}, cors: true, files: Object.fromEntries(named) });
  servers.push(cdn);
  return cdn;
}
const addressOf = (cdn: TestServer): string => `${cdn.origin}/reshelf/${FOLDER}/`;
const shopWith = (tag: string, more: Partial<ShopOptions> = {}): ShopOptions => ({
  pages: { '/': html({ title: 'All', tag, body: list(WARDROBE, 'attributes') }) },
  ...more,
});
const order = (page: Page) =>
  page
    .locator('ul.products > li')
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-reshelf-item')));
const isTampered = (page: Page) => page.evaluate(() => 'tampered' in window);

async function goAndAllow(shop: TestShop, page: Page): Promise<void> {
  await page.goto(`${shop.origin}/`);
  await page.waitForFunction(() => window.reshelf !== undefined);
  await page.evaluate(() => window.reshelf.ready);
  await shop.allow();
}
const LOOKED = ['skirt-white', 'jacket-white', 'skirt-white'];

test('every published file stands in the folder of this version, and has the hash that is told', () => {
  expect(PUBLISHED.folder).toMatch(/^\d+\.\d+\.\d+-[0-9a-f]{8}$/);
  const scripts = readdirSync(`dist/${FOLDER}`).filter((name) => name.endsWith('.js'));
  expect(scripts.sort()).toEqual(Object.keys(PUBLISHED.files).sort());
  for (const [name, hash] of Object.entries(PUBLISHED.files))
    for (const folder of ['dist', `dist/${FOLDER}`])
      expect(
        `sha384-${createHash('sha384')
          .update(readFileSync(`${folder}/${name}`))
          .digest('base64')}`,
      ).toBe(hash);
});

const POLICIES: Readonly<Record<string, string>> = {
  'no policy': '',
  'the policy that the command prints':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; SNIPPET",
  'a nonce and strict-dynamic': `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
  'Trusted Types that allow ours': "require-trusted-types-for 'script'; trusted-types reshelf",
};
for (const [what, policy] of Object.entries(POLICIES))
  test(`the pinned lines work from another origin, every file checked, under ${what}`, async ({
    openShop,
    page,
  }) => {
    const cdn = await openCdn();
    const { html: lines, policy: needed } = snippetAt(addressOf(cdn));
    const allowed = Object.entries(needed).map(([name, value]) => `${name} ${value}`);
    const header = policy.replace('SNIPPET', allowed.join('; '));
    const shop = await openShop(
      shopWith(lines.replaceAll('<script', `<script nonce="${NONCE}"`), {
        ...(header === '' ? {} : { headers: { 'content-security-policy': header } }),
      }),
    );
    await page.goto(`${shop.origin}/`);
    await expect(page.locator('reshelf-card')).toHaveCount(1);
    await goAndAllow(shop, page);
    await shop.tell(...LOOKED);
    await page.goto(`${shop.origin}/`);
    await expect.poll(() => order(page)).not.toEqual(LISTED);
    await expect.poll(() => shop.heard('diagnostic')).toEqual([{ code: 'worker/blob' }]);
    await page.evaluate(() => window.reshelf.privacy.open('learned'));
    await expect(page.locator('reshelf-panel')).toHaveCount(1);
    expect(cdn.requests).toContain(`GET /reshelf/${FOLDER}/reshelf.integrity.js`);
    expect(new Set(cdn.requests).size).toBeGreaterThan(7);
    expect(cdn.requests.filter((request) => !request.startsWith(`GET /reshelf/${FOLDER}/`))).toEqual([]);
    expect(shop.errors).toEqual([]);
  });

/** Files that a page loads later, and what is told when one of them is not the published one. */
for (const [name, codes] of [
  ['reshelf.lists.js', ['worker/blob', 'page/part-missing']],
  ['reshelf.ask.js', ['page/part-missing', 'worker/blob']],
  ['reshelf.integrity.js', ['page/part-missing']],
] as const)
  test(`${name} with other bytes, from another origin, is refused: the shop’s order stands, and it is told`, async ({
    openShop,
    page,
  }) => {
    const cdn = await openCdn({ [name]: tampered(name) });
    const shop = await openShop(shopWith(snippetAt(addressOf(cdn)).html));
    await goAndAllow(shop, page);
    await shop.tell(...LOOKED);
    await page.goto(`${shop.origin}/`);
    await page.waitForFunction(() => window.reshelf !== undefined);
    await page.evaluate(() => window.reshelf.ready);
    const told = async () => ((await shop.heard('diagnostic')) as { code: string }[]).map(({ code }) => code);
    await expect.poll(told).toEqual(expect.arrayContaining([...codes]));
    expect(await isTampered(page)).toBe(false);
    if (name !== 'reshelf.ask.js') expect(await order(page)).toEqual(LISTED);
    expect(cdn.requests).toContain(`GET /reshelf/${FOLDER}/${name}`);
    expect(shop.errors).toEqual([]);
  });

test('the worker’s source with other bytes is refused: ranking runs in the page', async ({
  openShop,
  page,
}) => {
  const cdn = await openCdn({ 'reshelf.inline.js': tampered('reshelf.inline.js') });
  const shop = await openShop(shopWith(snippetAt(addressOf(cdn)).html));
  await goAndAllow(shop, page);
  expect(await shop.heard('diagnostic')).toEqual([{ code: 'worker/in-page' }]);
  expect(await isTampered(page)).toBe(false);
});

for (const name of ['reshelf.boot.js', 'reshelf.js'])
  test(`${name} with other bytes does not run`, async ({ openShop, page }) => {
    const cdn = await openCdn({ [name]: tampered(name) });
    const shop = await openShop(shopWith(snippetAt(addressOf(cdn)).html));
    await page.goto(`${shop.origin}/`);
    await expect.poll(() => cdn.requests).toContain(`GET /reshelf/${FOLDER}/${name}`);
    await page.waitForTimeout(300); // it would run by now
    expect(await isTampered(page)).toBe(false);
    expect(await page.evaluate(() => window.reshelf)).toBeUndefined();
    expect(await order(page)).toEqual(LISTED);
    expect(shop.errors).toEqual([]);
  });

test('control: without hashes in the page the same changed files run', async ({ openShop, page }) => {
  const cdn = await openCdn({ 'reshelf.lists.js': tampered('reshelf.lists.js') });
  const shop = await openShop(shopWith(`<script src="${addressOf(cdn)}reshelf.boot.js"></script>`));
  await goAndAllow(shop, page);
  await expect.poll(() => isTampered(page)).toBe(true);
  expect(cdn.requests).not.toContain(`GET /reshelf/${FOLDER}/reshelf.integrity.js`);
});
