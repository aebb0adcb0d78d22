import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import type { Catalogue } from '../../src/cli/records/shop-data.ts';
import { fittedReshelf } from '../../src/cli/replay/methods/reshelf.ts';
import { DEFAULT_MODEL } from '../../src/rank/default-model.ts';
import { page as html, type ShopProduct, TAG } from '../support/html.ts';
import { readRealShoppers } from '../support/real-shoppers.ts';
import { serve } from '../support/server.ts';

const SESSIONS = 50;
const HALF_HOUR_S = 1800;
const DAY_S = 86_400;
const YES_S = 100 * DAY_S;
/** Any time will do: only what lies between two events counts. */
const FIRST_S = 1_300_000_000;

/** The sample's products, as the replay knows a catalogue. */
function readCatalogue(): Catalogue {
  const products = readFileSync('test/data/products.jsonl', 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ShopProduct); // checked in, written by test/data/make-sample.ts
  return { products, indexOf: new Map(products.map(({ id }, index) => [id, index])) };
}

test('the worker scores 50 real sessions as the replay does', async ({ page }) => {
  test.setTimeout(240_000);
  const catalogue = readCatalogue();
  const indexOf = (id: string): number => catalogue.indexOf.get(id) ?? -1;
  const server = await serve({ routes: { '/': html({ title: 'Gifts', tag: TAG, body: '' }) } });
  const replayed = fittedReshelf(catalogue, DEFAULT_MODEL, () => undefined);
  let start = FIRST_S;
  let grantedAt = 0;
  let compared = 0;
  let moved = 0;
  try {
    await page.clock.setFixedTime((FIRST_S - DAY_S) * 1000);
    await page.goto(server.origin);
    await page.evaluate(() => window.reshelf.ready);
    for (const shopper of readRealShoppers().slice(0, SESSIONS)) {
      // one after the other: the device's clock does not go back
      const first = shopper.purchases[0]?.t ?? 0;
      const events = [];
      const keptAt = new Map<string, number>();
      for (const { id, t } of shopper.purchases) {
        // the worker takes the same purchase within half an hour for a reloaded order page
        if (t - (keptAt.get(id) ?? Number.NEGATIVE_INFINITY) <= HALF_HOUR_S) continue;
        keptAt.set(id, t);
        events.push({ t: t - first + start, product: catalogue.products[indexOf(id)] as ShopProduct });
      }
      await page.clock.setFixedTime(start * 1000);
      await allow(page);
      grantedAt = start;
      await page.evaluate(() => window.reshelf.forget('all'));
      const device = replayed.open({ events: [], sessionStart: 0 });
      for (const { t, product } of events) {
        await page.clock.setFixedTime(t * 1000);
        if (t - grantedAt > YES_S) {
          await allow(page); // a yes holds for 180 days
          grantedAt = t;
        }
        expect(
          await page.evaluate((item) => window.reshelf.signal({ kind: 'purchase', item }), product),
        ).toBe(true);
        device.observe?.({ kind: 'purchase', atMs: t * 1000, item: indexOf(product.id), session: 0 });
      }
      const items = shopper.list.map(indexOf);
      const now = events.at(-1)?.t ?? start;
      start = now + DAY_S;
      const scores = device.score({ items }, now * 1000);
      const { order } = await page.evaluate(
        (candidates) => window.reshelf.rank(candidates),
        items.map((item) => catalogue.products[item] as ShopProduct),
      );
      for (const { id, score } of order) {
        // to the last digits: two builds of V8 may round Math.log and ** differently
        expect(score, `${id} for shopper ${shopper.shopper}`).toBeCloseTo(
          scores[shopper.list.indexOf(id)] ?? Number.NaN,
          10,
        );
        compared += 1;
      }
      if (order[0]?.id !== shopper.list[0]) moved += 1;
    }
  } finally {
    await server.close();
  }
  expect(compared).toBeGreaterThan(SESSIONS * 20);
  expect(moved).toBeGreaterThan(SESSIONS / 2); // the scores say something
});

const allow = (page: Page) =>
  page.evaluate(() => window.reshelf.consent.set({ personalize: true }, { source: 'api', noticeId: 'test' }));
