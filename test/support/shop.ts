import { readFileSync } from 'node:fs';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import type { Reshelf } from '../../src/index.ts';
import { page as html, list, type Markup, orderBody, productBody, productPath, TAG } from './html.ts';
import { type ServerOptions, serve, type TestServer } from './server.ts';
import { product, WARDROBE } from './wardrobe.ts';

declare global {
  interface Window {
    reshelf: Reshelf;
    heard: { type: string; detail: unknown }[];
  }
}

export interface ShopOptions extends Partial<ServerOptions> {
  readonly tag?: string;
  readonly markup?: Markup;
  readonly pages?: Readonly<Record<string, string>>;
}

/** A real shop in a real browser. */
export interface TestShop extends TestServer {
  visit(path: string): Promise<void>;
  allow(): Promise<void>;
  /** Ids of the products of the first list, in the order in which they stand on the page. */
  order(): Promise<string[]>;
  /** Everything stored in the database, by store; `null` when there is no database. */
  stored(): Promise<Record<string, unknown[]> | null>;
  choice(): Promise<string | null>;
  /** Resolves when the head snippet knows what to do with that many lists. */
  known(lists: number): Promise<void>;
  /** The signals in the journal, of one kind or all. */
  journal(kind?: string): Promise<StoredSignal[]>;
  /** Views of these products, one after the other: a history. */
  browse(...ids: string[]): Promise<void>;
  /** Tells of a look of nine seconds at each product, without leaving the page. @returns what `signal` answered */
  tell(...ids: string[]): Promise<boolean[]>;
  /** The shopper names a size, and wants more of what is green. */
  say(): Promise<void>;
  /** The same shop in another tab of the same browser. */
  inTab(page: Page): TestShop;
  /** Uncaught errors and console errors of all tabs, but for the browser's own word on files that are missing or refused. */
  readonly errors: string[];
  /** Events of Reshelf heard on this page. */
  heard(type: string): Promise<unknown[]>;
}

export interface StoredSignal {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** The built worker, with something before or after it. */
export const workerWith = (before: string, after = ''): string =>
  `${before}\n${readFileSync('dist/reshelf.worker.js', 'utf8').replace(/\/\/# sourceMappingURL.*/, '')}\n${after}`;

export const LISTED = WARDROBE.map(({ id }) => id);

export const test = base.extend<{ openShop: (options?: ShopOptions) => Promise<TestShop> }>({
  openShop: async ({ page, context }, use) => {
    const servers: TestServer[] = [];
    await use(async (options = {}) => {
      const server = await serve({ routes: (path) => pageAt(path, options), ...options });
      servers.push(server);
      await listen(context);
      const errors = watchErrors(context);
      return { ...server, ...actions(page, server, errors) };
    });
    await page.close();
    for (const server of servers) await server.close();
  },
});
export { expect };

/** The page of the test shop at this path. */
export function pageAt(
  path: string,
  { tag = TAG, markup = 'json-ld', pages = {} }: ShopOptions,
): string | undefined {
  const own = pages[path];
  if (own !== undefined) return own;
  if (path === '/') return html({ title: 'All', tag, body: list(WARDROBE, markup) });
  if (path === '/search') return html({ title: 'Search', tag, body: list(WARDROBE.slice(0, 4), markup) });
  if (path === '/cart/add') return html({ title: 'Cart', tag, body: '<a href="/order">Order</a>' });
  if (path === '/order')
    return html({
      title: 'Thank you',
      tag,
      body: orderBody([{ product: product('jacket-red'), quantity: 2 }]),
    });
  if (path.startsWith('/p/')) {
    const found = WARDROBE.find(({ id }) => path === `/p/${id}`);
    return found && html({ title: found.title, tag, body: productBody(found) });
  }
  return undefined;
}

async function listen(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.heard = [];
    for (const type of ['ready', 'consentchange', 'reordered', 'erased', 'diagnostic'])
      document.addEventListener(`reshelf:${type}`, (event) =>
        window.heard.push({ type, detail: (event as CustomEvent).detail }),
      );
  });
}

function watchErrors(context: BrowserContext): string[] {
  const errors: string[] = [];
  context.on('weberror', (error) => errors.push(String(error.error())));
  context.on('console', (message) => {
    const text = message.text();
    if (
      message.type() !== 'error' ||
      /^Failed to load resource|Content Security [Pp]olicy|requires 'Trusted|blocked by CORS policy|^Failed to find a valid digest/.test(
        text,
      )
    )
      return;
    errors.push(text);
  });
  return errors;
}

function actions(page: Page, server: TestServer, errors: string[]): Omit<TestShop, keyof TestServer> {
  const journal = async (kind?: string) => {
    const stored = (await page.evaluate(readDatabase))?.journal as StoredSignal[] | undefined;
    return (stored ?? []).filter((signal) => kind === undefined || signal.kind === kind);
  };
  return {
    errors,
    journal,
    inTab: (tab) => ({ ...server, ...actions(tab, server, errors) }),
    async browse(...ids) {
      for (const id of ids) {
        // Of this product, where products are kept: the view of the page before may still be on its way.
        const views = async () => (await journal('view')).filter(({ itemId = id }) => itemId === id).length;
        const before = await views();
        await page.goto(`${server.origin}${productPath(id)}`);
        await expect.poll(views).toBe(before + 1);
      }
    },
    tell: (...ids) =>
      page.evaluate(async (seen) => {
        const told = [];
        for (const id of seen)
          told.push(
            await window.reshelf.signal({
              kind: 'view',
              item: { id, title: id.replace('-', ' ') },
              dwellMs: 9000,
            }),
          );
        return told;
      }, ids),
    say: () =>
      page.evaluate(async () => {
        await window.reshelf.wishes.set({ sizes: ['m'] });
        await window.reshelf.data({
          kind: 'interest',
          interest: { facet: 'colour', value: 'green' },
          act: 'more',
        });
      }),
    async visit(path) {
      await page.goto(`${server.origin}${path}`);
      await untilReady(page);
    },
    async allow() {
      await page.evaluate(() =>
        window.reshelf.consent.set({ personalize: true }, { source: 'api', noticeId: 'test' }),
      );
    },
    order: () =>
      page
        .locator('ul.products > li a')
        .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname.replace('/p/', ''))),
    stored: () => page.evaluate(readDatabase),
    known: (lists) =>
      expect
        .poll(() =>
          page.evaluate(() => {
            const { orders = [], weights } = JSON.parse(localStorage.getItem('reshelf:snapshot') ?? '{}');
            return weights === undefined
              ? orders.filter(({ next }: { next?: string }) => next !== undefined).length
              : Number.MAX_SAFE_INTEGER;
          }),
        )
        .toBeGreaterThanOrEqual(lists),
    choice: () => page.evaluate(() => localStorage.getItem('reshelf:choice')),
    heard: (type) =>
      page.evaluate((name) => window.heard.filter((one) => one.type === name).map((one) => one.detail), type),
  };
}

/** The head snippet loads the script with the first frame, which may come after the page has loaded. */
export async function untilReady(page: Page): Promise<void> {
  // Not by `waitForFunction`: that brings listeners of its own into the page.
  await page.evaluate(async () => {
    const isComing =
      !location.search.includes('reshelf=off') &&
      document.querySelector('script[src*="reshelf.boot.js"]') !== null;
    while (isComing && window.reshelf === undefined) await new Promise((done) => setTimeout(done, 10));
    await window.reshelf?.ready;
  });
}

/** Runs in the page. Reads every record of every store without creating a database. */
export async function readDatabase(): Promise<Record<string, unknown[]> | null> {
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === 'reshelf')) return null;
  const settle = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const db = await settle(indexedDB.open('reshelf'));
  const stores: Record<string, unknown[]> = {};
  for (const name of db.objectStoreNames)
    stores[name] = await settle(db.transaction(name).objectStore(name).getAll());
  db.close();
  return stores;
}
