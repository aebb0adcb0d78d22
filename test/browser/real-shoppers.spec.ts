import { type Browser, expect, type Page, test } from '@playwright/test';
import { productPath } from '../support/html.ts';
import {
  categoryPath,
  giftShop,
  orderPath,
  ordersOf,
  type RealShopper,
  readRealShoppers,
} from '../support/real-shoppers.ts';
import { serve } from '../support/server.ts';
import { bootstrapMean, mean, reciprocal, seeded } from '../support/statistics.ts';

declare global {
  interface Window {
    keptIds: typeof keptIds;
  }
}

/** Shoppers that walk at the same time; two keep two cores busy. */
const AT_ONCE = 2;
/** The first of the sample, which is drawn without a look at the outcome, and the last of what each bought: a test's patience. */
const WALKING_SHOPPERS = 32;
const WALKED_PURCHASES = 6;

interface Walk {
  /** 0-based place of the product really bought next, in the shop's own order and after Reshelf. */
  readonly before: number;
  readonly after: number;
  readonly isNew: boolean;
}

test('real returning customers find what they went for next higher in the list', async ({ browser }) => {
  test.setTimeout(1_200_000); // 350 pages: half a minute of two idle cores, five of slow and busy ones
  const shoppers = readRealShoppers()
    .slice(0, WALKING_SHOPPERS)
    .map((shopper) => ({ ...shopper, purchases: shopper.purchases.slice(-WALKED_PURCHASES) }));
  const server = await serve({ routes: giftShop(shoppers) });
  const walks: Walk[] = [];
  try {
    const waiting = [...shoppers];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
          walks.push(await walk(browser, server.origin, next));
      }),
    );
  } finally {
    await server.close();
  }

  const gains = walks.map(({ before, after }) => reciprocal(after) - reciprocal(before));
  const sure = bootstrapMean(gains, 0.005, seeded(1));
  const shown = (title: string, some: readonly Walk[]) =>
    `${title}: MRR ${mean(some.map(({ before }) => reciprocal(before))).toFixed(3)} in the shop's own order, ` +
    `${mean(some.map(({ after }) => reciprocal(after))).toFixed(3)} with Reshelf`;
  const isNew = walks.filter((one) => one.isNew);
  console.log(
    [
      shown(`${walks.length} real customers`, walks),
      shown(`${isNew.length} of them, whose next product is new to them`, isNew),
      `99.5 % sure that the mean gain is at least ${sure.toFixed(3)} (bootstrap over customers)`,
      `higher ${walks.filter(({ before, after }) => after < before).length}, same ${walks.filter(({ before, after }) => after === before).length}, lower ${walks.filter(({ before, after }) => after > before).length}`,
    ].join('\n'),
  );

  expect(walks).toHaveLength(WALKING_SHOPPERS);
  // Only the direction. The margin: each customer's own gain (paired, so that easy and hard lists cancel out), resampled
  // over customers, must have a mean above zero even at its 0.5 % quantile. So a few lucky customers cannot carry it,
  // and there is no constant to tune. The walk is deterministic but for the salt of title hashes, which only collisions
  // feel. All 64 of the sample were measured once with the first, hand-set weights: .218 and .295, which did not pass.
  expect(sure).toBeGreaterThan(0);
});

/** One customer in a fresh browser profile: allows, buys what was really bought, when it was, and goes to the list. */
async function walk(browser: Browser, origin: string, shopper: RealShopper): Promise<Walk> {
  const context = await browser.newContext({ viewport: { width: 1350, height: 900 } });
  try {
    await context.addInitScript(`window.keptIds = ${keptIds}`);
    const page = await context.newPage();
    const visit = async (path: string) => {
      await page.goto(`${origin}${path}`);
      await page.evaluate(() => window.reshelf.ready);
    };
    const orders = ordersOf(shopper);
    await page.clock.setFixedTime((orders[0]?.[0]?.t ?? shopper.at) * 1000);
    await visit('/');
    await page.evaluate(() =>
      window.reshelf.consent.set({ personalize: true }, { source: 'api', noticeId: 'test' }),
    );

    for (const [index, order] of orders.entries()) {
      const t = order[0]?.t ?? 0;
      await page.clock.setFixedTime(t * 1000);
      for (const { id } of order) {
        await visit(productPath(id));
        await page.getByRole('button', { name: 'Add to cart' }).click();
        await untilKept(page, ['view', 'cart'], [id], t);
      }
      if (t === shopper.at) continue; // these are still in the cart: the target belongs to the same order
      await visit(orderPath(shopper, index));
      await untilKept(
        page,
        ['purchase'],
        order.map(({ id }) => id),
        t,
      );
    }

    await page.clock.setFixedTime(shopper.at * 1000);
    await visit(categoryPath(shopper));
    // `ready` has limited patience. A question asked now is answered after the list's own one; then a frame passes.
    const places = await page.evaluate(async () => {
      const [listed] = window.reshelf.lists();
      await window.reshelf.rank(
        (listed?.items ?? []).map(({ id, position }) => ({ id: id ?? '', position })),
      );
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const links = document.querySelectorAll<HTMLAnchorElement>('ul.products > li a');
      return [...links].map(({ pathname }) => decodeURIComponent(pathname.replace('/p/', '')));
    });
    expect([...places].sort()).toEqual([...shopper.list].sort());
    return {
      before: shopper.list.indexOf(shopper.target),
      after: places.indexOf(shopper.target),
      isNew: !shopper.purchases.some(({ id }) => id === shopper.target),
    };
  } finally {
    await context.close();
  }
}

/** Waits until the journal on the device holds a signal of each kind, of this time, for every id. */
async function untilKept(
  page: Page,
  kinds: readonly string[],
  ids: readonly string[],
  t: number,
): Promise<void> {
  await page.waitForFunction(
    async ([kinds, at, ids]) => {
      const kept = await window.keptIds(kinds, at);
      return kept.every((known) => ids.every((id) => known.includes(id)));
    },
    [kinds, t * 1000, ids] as const,
    { polling: 20, timeout: 60_000 },
  );
}

/** Runs in the page. Products of the journal's signals of each kind and one time; the database must exist already. */
async function keptIds(kinds: readonly string[], at: number): Promise<string[][]> {
  const settle = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  if (!(await indexedDB.databases()).some(({ name }) => name === 'reshelf')) throw new Error('no database');
  const db = await settle(indexedDB.open('reshelf'));
  try {
    const index = db.transaction('journal').objectStore('journal').index('by-kind-and-time');
    const ofKind = (kind: string): Promise<{ itemId: string }[]> =>
      settle(index.getAll(IDBKeyRange.only([kind, at])));
    return (await Promise.all(kinds.map(ofKind))).map((signals) => signals.map(({ itemId }) => itemId));
  } finally {
    db.close();
  }
}
