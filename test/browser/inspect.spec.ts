import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { launchChromium, PLAYWRIGHT_VERSION } from '../../src/cli/browser/launch.ts';
import { type OpenOptions, openPage } from '../../src/cli/inspect/open-page.ts';
import { readSurvey, type Selectors } from '../../src/cli/inspect/read-survey.ts';
import type { Survey, SurveyedPlace } from '../../src/page/survey.ts';
import { type Good, goods } from '../pages/goods.ts';
import { PROMO_AT, SPONSORED_AT } from '../pages/platform.ts';
import { PLATFORMS } from '../pages/platforms.ts';
import type { Variant } from '../pages/variant.ts';
import { page as html, list, productBody, TAG } from '../support/html.ts';
import { serve, type TestServer } from '../support/server.ts';
import { expect, test } from '../support/shop.ts';
import { product, WARDROBE } from '../support/wardrobe.ts';

const GOODS = goods(16);
/** Each is told with how sure it is. */
const FIELDS = ['id', 'handle', 'title', 'price', 'brand', 'category', 'inStock', 'image', 'slot'] as const;

interface Said {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}
/** Runs the built command as a merchant does. */
const inspect = (...args: string[]): Promise<Said> =>
  new Promise((done) => {
    execFile('node', ['dist/cli/main.js', 'inspect', ...args], (error, out, err) => {
      done({ status: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
interface SurveyOptions extends Partial<OpenOptions>, Selectors {}
/** What the command would print, in a browser that the tests share. */
async function survey(browser: Browser, target: string, options: SurveyOptions = {}): Promise<Survey> {
  const { viewport = 'desktop', wait = '500', at, ...selectors } = options;
  const shared = { newContext: browser.newContext.bind(browser), close: async () => {} };
  const { page } = await openPage(target, { viewport, wait, at }, async () => shared);
  const found = await readSurvey(page, readFileSync('dist/cli/survey.js', 'utf8'), selectors);
  await page.context().close();
  return found;
}

function save(content: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'reshelf-inspect-')), 'page.html');
  writeFileSync(file, content);
  return file;
}
async function withServer<Result>(
  pages: Readonly<Record<string, string>>,
  use: (server: TestServer) => Promise<Result>,
): Promise<Result> {
  const server = await serve({ routes: (path) => pages[path] });
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

function expectPlatform(platform: Variant, { lists, sort }: Survey): void {
  expect(sort).toBeNull();
  expect(lists).toHaveLength(1);
  const places = lists[0]?.places ?? [];
  const shown: (Good | 'promo')[] = [...GOODS.slice(0, PROMO_AT), 'promo', ...GOODS.slice(PROMO_AT)];
  expect(places).toHaveLength(shown.length);
  shown.forEach((good, at) => {
    const place = places[at] as SurveyedPlace;
    if (good === 'promo') {
      expect(place.id).toBeNull();
      expect(['promo', 'banner']).toContain(place.pinned);
    } else {
      expect(place).toMatchObject(platform.expected(good));
      const pinned = good.isSoldOut ? 'out of stock' : at === SPONSORED_AT ? 'sponsored' : null;
      expect(place.pinned).toBe(pinned);
      for (const field of ['id', 'handle', 'title', 'price', 'image'] as const)
        expect(place.confidence[field], field).toBeGreaterThan(0.4);
    }
    for (const field of FIELDS)
      if (place[field] === null) expect(place.confidence[field], `${field} was not found`).toBeUndefined();
      else expect(Number(place.confidence[field]), field).toBeGreaterThan(0.4);
    if (place.pinned !== null) expect(place.wouldStand, 'what is pinned stays').toBe(at);
  });
  expect(places.map(({ wouldStand }) => wouldStand).sort((a, b) => a - b)).toEqual(places.map((_, at) => at));
}

for (const platform of PLATFORMS) {
  test(`inspect reads a saved page: ${platform.name}`, async ({ browser }) => {
    expectPlatform(platform, await survey(browser, save(platform.page({ goods: GOODS }))));
  });
}
for (const platform of PLATFORMS) {
  test(`inspect reads the page where it is served, with and without our tag: ${platform.name}`, async ({
    browser,
  }) => {
    const pages = { [platform.path]: platform.page({ goods: GOODS, head: TAG }) };
    await withServer(pages, async ({ origin, requests }) => {
      expectPlatform(platform, await survey(browser, `${origin}${platform.path}`, { viewport: 'phone' }));
      for (const request of requests)
        expect(request, 'the page and its files, nothing else').toMatch(/^GET /);
    });
  });
}

test('inspect says how each list was found, how it would move, and why', async ({ browser }) => {
  const shopify = PLATFORMS.find(({ name }) => name === 'shopify') as Variant;
  const { out, status } = await inspect(save(shopify.page({ goods: GOODS })));
  expect(status).toBe(0);
  for (const said of [
    'List 1  ul#product-grid',
    'found by    theme (95 %)',
    'moved by    node moves: no framework',
    'places      17: 14 may move, 3 stay',
    '[stays: sponsored]',
    '[stays: out of stock]',
    '[stays: promo]',
    '[may move, here to 1]',
    'likes brand "Atelier Quay"',
    'id 7400100000 (95 %)',
    'price 19.9 (95 %)',
    'in stock (60 %)',
    '1  product (95 %)  ',
    'sponsored (90 %)',
    'promo (60 %)',
    'handle ',
    'brand ',
    'image ',
  ])
    expect(out).toContain(said);
  const [owned] = (
    await survey(
      browser,
      save(`<div id="root">${list(WARDROBE, 'json-ld')}</div><style>ul{display:grid}</style>`),
    )
  ).lists;
  expect(owned).toMatchObject({ foundBy: 'json-ld', way: 'order', advice: [] });
  const [standing] = (await survey(browser, save(`<div id="root">${list(WARDROBE, 'json-ld')}</div>`))).lists;
  expect(standing).toMatchObject({ way: 'stand', advice: [{ code: 'framework' }] });
  expect(standing?.places.every(({ wouldStand, position }) => wouldStand === position)).toBe(true);
});

test('inspect says what is amiss and what to do', async ({ browser }) => {
  const bare = `<main><ul>${WARDROBE.map(({ id }) => `<li data-reshelf-item="${id === 'dress-red' ? 'dress-blue' : id}"><a href="/p/${id}">It</a></li>`).join('')}</ul></main>`;
  const [told] = (await survey(browser, save(bare.replace('<ul>', '<ul data-reshelf-list>')))).lists;
  expect(told?.advice.map(({ code }) => code)).toEqual(['same-ids', 'no-prices', 'nothing-in-common']);
  const homeMade = PLATFORMS.find(({ name }) => name === 'home-made');
  const page = homeMade?.page({ goods: GOODS, sort: true }) ?? '';
  const sorted = await survey(browser, save(page));
  expect(sorted.sort).toBe('price');
  expect(sorted.advice).toMatchObject([{ code: 'sorted' }]);
  expect(sorted.lists[0]?.advice.map(({ code }) => code)).toEqual([
    'guessed-list',
    'addresses-as-ids',
    'nothing-in-common',
  ]);
  const selectors = ['--list-selector', '.goods', '--item-selector', '.tile'];
  const said = await inspect(save(page), '--json', ...selectors, '--pin-selector', '.tile:nth-child(4)');
  const named = JSON.parse(said.out) as Survey;
  expect(named.lists[0]).toMatchObject({ foundBy: 'selectors', confidence: 1 });
  expect(named.lists[0]?.places[3]?.pinned).toBe('pinned by the shop');
  const late = `<main></main><script>setTimeout(() => { document.querySelector('main').innerHTML = ${JSON.stringify(list(WARDROBE, 'attributes')).replaceAll('</', '<\\/')}; document.body.classList.add('filled') }, 1500)</script>`;
  expect((await survey(browser, save(late), { wait: '0' })).advice).toMatchObject([{ code: 'no-list' }]);
  expect((await survey(browser, save(late), { wait: 'body.filled' })).lists).toHaveLength(1);
});

test('a product page is told as such, and a page with neither ends with status 1', async ({ browser }) => {
  const dress = product('dress-blue');
  const file = save(html({ title: 'Dress', body: productBody(dress) }));
  const { product: found, advice } = await survey(browser, file, { at: 'https://shop.example/p/dress-blue' });
  expect(found).toMatchObject({ id: 'dress-blue', price: dress.price });
  expect(advice).toEqual([]);
  const none = await inspect(save('<p>Closed today</p>'));
  expect(none.status).toBe(1);
  expect(none.out).toContain('data-reshelf-list');
});

test('a saved page gets no network, and nothing is written beside it', async () => {
  await withServer({ '/beacon': 'x' }, async ({ origin, requests }) => {
    const page = `${list(WARDROBE, 'attributes')}<img src="${origin}/beacon"><script>fetch('${origin}/beacon'); navigator.sendBeacon('${origin}/beacon', 'x')</script>`;
    const file = save(page);
    expect((JSON.parse((await inspect(file, '--json')).out) as Survey).lists).toHaveLength(1);
    expect(requests).toEqual([]);
    expect(readdirSync(join(file, '..'))).toEqual(['page.html']);
    expect(readFileSync(file, 'utf8')).toBe(page);
  });
});

test('what cannot be opened is said in a sentence, with status 1, and misuse with status 2', async () => {
  await withServer({}, async ({ origin }) => {
    const missing = await inspect(`${origin}/gone`);
    expect(missing).toMatchObject({ status: 1, err: `reshelf: ${origin}/gone answers 404 Not Found\n` });
    const closed = await inspect('http://localhost:9/');
    expect(closed.err).toMatch(/^reshelf: http:\/\/localhost:9\/ could not be opened: net::ERR_\w+\n$/);
    for (const [args, said] of [
      [['nothing.html'], 'nothing.html: no such file'],
      [['test'], 'test: expected a file'],
      [[], 'expected one address or file'],
      [['a', 'b'], 'expected one address or file'],
      [['package.json', '--viewport', 'wall'], '--viewport: expected desktop or phone, got "wall"'],
      [['package.json', '--at', 'shop'], '--at: expected an address'],
      [['package.json', '--list-selector', 'ul'], '--list-selector and --item-selector go together'],
      [['package.json', '--list-selector', '((', '--item-selector', 'li'], 'the page could not be read'],
    ] as const) {
      const { status, err, out } = await inspect(...args);
      expect(status).toBe(1);
      expect(err).toContain(`reshelf: ${said}`);
      expect(err.trim().split('\n'), 'no stack').toHaveLength(1);
      expect(out).toBe('');
    }
    expect((await inspect('x', '--unknown')).status).toBe(2);
  });
});

test('without Playwright the command says how to get it', async () => {
  const missing = () => Promise.reject(new Error('Cannot find package'));
  await expect(
    openPage('https://shop.example/', { viewport: 'phone', wait: '0' }, () =>
      launchChromium('inspect', missing),
    ),
  ).rejects.toThrow(`npm install --save-dev playwright@${PLAYWRIGHT_VERSION}`);
  const { peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(peerDependencies.playwright).toBe(`^${PLAYWRIGHT_VERSION}`);
  expect(peerDependenciesMeta.playwright).toEqual({ optional: true });
});
