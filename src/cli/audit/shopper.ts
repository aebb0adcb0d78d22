import type { Browser, BrowserContext, Page, Request } from 'playwright';
import { SCREENS, type Screen } from '../browser/screens.ts';
import { nameOf, type Person, standIn } from './stand-in.ts';

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly kind: string;
}
/** What is kept on the device: where, and how many records. */
export type Kept = Readonly<Record<string, number>>;

/** One person in a browser of their own, and all that it sends. */
export interface Shopper {
  readonly name: string;
  readonly page: Page;
  /** Everything sent so far. */
  readonly sent: readonly Sent[];
  /** What a Content-Security-Policy blocked. */
  readonly blocked: readonly string[];
  /** Opens a page, waits for Reshelf, scrolls to its end, so that lazy pictures are not taken for news, and listens. */
  visit(address: string): Promise<void>;
  /** Answers through the interface, as the shop's own banner would. */
  answer(isAllowed: boolean): Promise<void>;
  kept(): Promise<Kept>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 60_000;
/** Whatever wants to move or send late, may: silence can only be heard by waiting. Other persons wait at the same time. */
const QUIET_MS = 800;
export const OWN_FILE = /\/reshelf\.[\w.-]*js$/;

interface Page0 {
  readonly reshelf?: {
    readonly ready: Promise<void>;
    readonly consent: {
      set(answers: object, proof: object): Promise<unknown>;
    };
  };
}

/** @param person without one: the shop without Reshelf, which is what the others are compared with */
export async function openShopper(
  browser: Browser,
  person: Person | undefined,
  screen: Screen = 'desktop',
): Promise<Shopper> {
  const context: BrowserContext = await browser.newContext({
    ...SCREENS[screen],
    serviceWorkers: 'block',
    ...(person?.signal === 'gpc' ? { extraHTTPHeaders: { 'Sec-GPC': '1' } } : {}),
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  const sent: Sent[] = [];
  const blocked: string[] = [];
  context.on('request', (request: Request) => {
    if (/^(data|blob):/.test(request.url())) return;
    sent.push({ method: request.method(), url: request.url(), kind: request.resourceType() });
  });
  if (person === undefined) await context.route(/\/reshelf\.(boot\.)?js/, (route) => route.abort());
  else await context.addInitScript(standIn, person);
  const page = await context.newPage();
  page.on('websocket', (socket) => sent.push({ method: 'SOCKET', url: socket.url(), kind: 'websocket' }));
  page.on('console', (message) => {
    if (/Content Security Policy|integrity/i.test(message.text()) && message.type() === 'error')
      blocked.push(message.text());
  });
  return {
    name: person === undefined ? 'without Reshelf' : nameOf(person) + (screen === 'phone' ? ', phone' : ''),
    page,
    sent,
    blocked,
    async visit(address) {
      await page.goto(address, { waitUntil: 'load' });
      if (person !== undefined)
        await page
          .waitForFunction(() => 'ready' in ((window as Page0).reshelf ?? {}), undefined, { timeout: 10_000 })
          .catch(() => {}); // told by the check of the start
      await page.evaluate(() => (window as Page0).reshelf?.ready);
      await page.evaluate(async () => {
        for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
          scrollTo(0, y);
          await new Promise((done) => setTimeout(done, 30));
        }
        scrollTo(0, 0);
      });
      await page.waitForTimeout(QUIET_MS);
    },
    answer: (isAllowed) =>
      page.evaluate(async (answer) => {
        const answers = answer
          ? { personalize: true, measure: true, contribute: true }
          : { personalize: false, measure: false, contribute: false };
        await (window as Page0).reshelf?.consent.set(answers, { source: 'api', noticeId: 'reshelf-audit/1' });
      }, isAllowed),
    kept: () => page.evaluate(readKept),
    close: () => context.close(),
  };
}

/** Runs in the page: every place where a page can keep something. */
async function readKept(): Promise<Kept> {
  const kept: Record<string, number> = {};
  for (const [name, storage] of Object.entries({ localStorage, sessionStorage }))
    for (const key of Object.keys(storage)) kept[`${name} ${key}`] = 1;
  for (const name of await caches.keys()) kept[`cache ${name}`] = 1;
  for (const cookie of document.cookie.split('; ').filter(Boolean))
    kept[`cookie ${cookie.split('=')[0]}`] = 1;
  for (const { name = '' } of await indexedDB.databases()) {
    kept[`database ${name}`] = 1;
    const db = await new Promise<IDBDatabase>((done, fail) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => fail(opening.error);
    });
    for (const store of db.objectStoreNames) {
      const request = db.transaction(store).objectStore(store).count();
      const count = await new Promise<number>((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
      if (count > 0) kept[`database ${name}, ${store}`] = count;
    }
    db.close();
  }
  return kept;
}
