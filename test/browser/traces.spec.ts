import type { BrowserContext, Page } from '@playwright/test';
import { tagWith } from '../support/html.ts';
import { expect, LISTED, type TestShop, test } from '../support/shop.ts';

declare global {
  interface Window {
    /** What was attached or observed since the page began, by the script's own hands. */
    attached: string[];
  }
}

/** Records listeners on nodes outside shadow trees, and observers, from before the first script. */
async function recordAttachments(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.attached = [];
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (
      this: EventTarget | undefined,
      type: string,
      ...rest: never[]
    ) {
      const isOwn =
        this instanceof Node &&
        (this.getRootNode() instanceof ShadowRoot || this.nodeName === 'RESHELF-CARD');
      const isButton = this instanceof HTMLButtonElement && !this.isConnected;
      const isTest = type.startsWith('reshelf:');
      if (!isOwn && !isButton && !isTest && !(this instanceof AbortSignal)) window.attached.push(type);
      return addEventListener.call(this ?? window, type, ...(rest as [never]));
    } as typeof addEventListener;
    for (const name of [
      'IntersectionObserver',
      'MutationObserver',
      'ResizeObserver',
      'Worker',
      'BroadcastChannel',
    ] as const)
      window[name] = new Proxy(window[name], {
        construct(target: new (...args: never[]) => object, args: never[]) {
          window.attached.push(name);
          return new target(...args);
        },
      }) as never;
  });
}

async function traces(shop: TestShop, page: Page) {
  const kept = await page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    caches: await caches.keys(),
    cookie: document.cookie,
  }));
  return {
    ...kept,
    cookies: (await page.context().cookies()).length,
    requests: shop.requests.filter((one) => one.includes('/reshelf')),
  };
}

const attached = (page: Page) =>
  page.evaluate(() => window.attached.filter((type) => type !== 'DOMContentLoaded'));
/** The remembered answer is exempt: a page hears when another tab changes it, and nothing else. */
const OWN_ANSWER = ['storage', 'pageshow'];
const NOTHING = { databases: [], local: [], session: [], caches: [], cookie: '', cookies: 0 };
const SCRIPT = 'GET /reshelf/reshelf.js';
/** The card and the launcher, in a file of their own. */
const ASK = 'GET /reshelf/reshelf.ask.js';

for (const card of ['on', 'off'] as const)
  test(`before an answer nothing is written, loaded, observed or listened to but the answer itself, card ${card}`, async ({
    openShop,
    page,
    context,
  }) => {
    await recordAttachments(context);
    const shop = await openShop({ tag: tagWith(`data-reshelf-card="${card}"`) });
    await shop.visit('/?q=dress');
    await page.locator('ul.products a').first().hover();
    await page.mouse.wheel(0, 400);
    expect(await page.evaluate(() => window.reshelf.lists())).toEqual([]);
    expect(await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-blue' }))).toBe(
      false,
    );
    await page.evaluate(() => window.reshelf.rank([{ id: 'a' }, { id: 'b' }]));
    expect(await traces(shop, page)).toEqual({
      ...NOTHING,
      requests: card === 'on' ? [SCRIPT, ASK] : [SCRIPT],
    });
    expect(await attached(page)).toEqual(OWN_ANSWER);
    expect(await shop.order()).toEqual(LISTED);
    expect(shop.errors).toEqual([]);
  });

test('the attachment recorder sees what a grant allows', async ({ openShop, page, context }) => {
  await recordAttachments(context);
  const shop = await openShop();
  await shop.visit('/');
  await shop.allow();
  await expect
    .poll(() => page.evaluate(() => window.attached))
    .toEqual(expect.arrayContaining(['Worker', 'click', 'IntersectionObserver', 'storage']));
});

test('a refusal leaves its own record and nothing else, on later pages too', async ({
  openShop,
  page,
  context,
}) => {
  await recordAttachments(context);
  const shop = await openShop();
  await shop.visit('/');
  await page.getByRole('button', { name: 'No thanks' }).click();
  await expect.poll(() => shop.choice()).not.toBeNull();
  const left = { ...NOTHING, local: ['reshelf:choice'] };
  expect(await traces(shop, page)).toEqual({ ...left, requests: [SCRIPT, ASK] });
  for (const path of ['/p/dress-blue', '/order', '/?q=dress']) await shop.visit(path);
  expect(await traces(shop, page)).toEqual({ ...left, requests: Array(4).fill([SCRIPT, ASK]).flat() });
  expect(await attached(page)).toEqual(OWN_ANSWER);
  expect(await shop.order()).toEqual(LISTED);
  expect(await page.locator('reshelf-card').count()).toBe(0);
});

test('after a withdrawal no behaviour is left, nothing new comes, and the worker is not loaded again', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  await shop.allow();
  await shop.browse('dress-green', 'shirt-green');
  await shop.visit('/');
  expect(await shop.order()).not.toEqual(LISTED);
  await page.evaluate(() => window.reshelf.consent.withdraw());
  expect(await shop.order()).toEqual(LISTED);
  const emptied = { journal: [], profile: [], pseudonyms: [] };
  expect(await shop.stored()).toMatchObject(emptied);
  const requests = shop.requests.filter((one) => one.includes('worker')).length;
  await shop.visit('/p/dress-green');
  await shop.visit('/?q=green');
  await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-green' }));
  expect(await shop.order()).toEqual(LISTED);
  expect(await shop.stored()).toMatchObject(emptied);
  const after = await traces(shop, page);
  expect(after).toMatchObject({ local: ['reshelf:choice'], session: [], caches: [], cookie: '', cookies: 0 });
  expect(after.requests.filter((one) => one.includes('worker'))).toHaveLength(requests);
  expect(shop.errors).toEqual([]);
});
