import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { runTrain } from '../../src/cli/train/train-command.ts';
import { type Built, build, inFolder } from '../support/artefacts.ts';
import { page as html, list, type ShopProduct, tagWith } from '../support/html.ts';
import { serve, type TestServer } from '../support/server.ts';
import { writeRecords } from '../support/shop-records.ts';

const PATTERNS = ['dotted', 'striped', 'floral', 'checked'];
const THINGS = ['mug', 'bowl', 'plate', 'vase'];
/** No title tells the pattern: only the shop's tables know what goes together. */
const PRODUCTS: readonly ShopProduct[] = THINGS.flatMap((thing, i) =>
  PATTERNS.map((pattern) => ({
    id: `${pattern}-${thing}`,
    title: `Article ${i}`,
    price: 5 + i,
    category: 'kitchen',
  })),
);

let built: Built | undefined;

/** Tables and weights as a merchant would make them from a year's orders. */
async function buildShop(): Promise<Built> {
  if (built !== undefined) return built;
  await inFolder(async (folder) => {
    const shop = join(folder, 'shop');
    const model = join(folder, 'model.json');
    writeRecords(shop);
    await runTrain([shop, '--out', model, '--epochs', '3', '--hidden', '2'], {
      print: () => {},
      note: () => {},
    });
    built = await build(join(folder, 'out'), [
      join(shop, 'catalog.jsonl'),
      '--orders',
      join(shop, 'train.jsonl'),
      '--model',
      model,
    ]);
  });
  return built as unknown as Built; // just made
}

async function open(changes: ReadonlyMap<string, Uint8Array> = new Map()): Promise<TestServer> {
  const { files, manifest } = await buildShop();
  const assets = new Map<string, Uint8Array>([...files].map(([name, bytes]) => [`/tables/${name}`, bytes]));
  for (const [name, bytes] of changes) assets.set(`/tables/${name}`, bytes);
  const tag = tagWith(`data-reshelf-artefacts="/tables/${manifest}"`);
  return serve({
    assets,
    routes: { '/kitchen': html({ title: 'Kitchen', tag, body: list(PRODUCTS, 'attributes') }) },
  });
}

/** Allows, buys what is named, and asks for the order of the list. */
const shop = (page: Page, bought: readonly string[]) =>
  page.evaluate(
    async ([ids, products]) => {
      await window.reshelf.ready;
      await window.reshelf.consent.set({ personalize: true }, { source: 'api', noticeId: 'test' });
      for (const id of ids) await window.reshelf.signal({ kind: 'purchase', item: { id } });
      return window.reshelf.rank(products);
    },
    [bought, PRODUCTS] as const,
  );

const tablesOf = ({ requests }: TestServer): string[] =>
  requests.filter((line) => line.includes('/tables/')).map((line) => line.replace(/.*\/tables\//, ''));

test('after a grant the worker loads tables and weights, and they lift what goes with what was bought', async ({
  page,
}) => {
  const server = await open();
  try {
    await page.goto(`${server.origin}/kitchen`);
    await page.evaluate(() => window.reshelf.ready);
    expect(tablesOf(server)).toEqual([]); // nothing before the answer
    const { order, rankerId } = await shop(page, ['floral-jug', 'floral-cup']);
    expect(rankerId).toBe('trained-network@1');
    expect(order.slice(0, 4).map(({ id }) => id)).toEqual(
      expect.arrayContaining(THINGS.map((thing) => `floral-${thing}`)),
    );
    const { contributions } = await page.evaluate(() => window.reshelf.explain('floral-mug'));
    const largest = [...contributions].sort((a, b) => b.value - a.value)[0];
    expect(largest?.feature).toBe('together');
  } finally {
    await server.close();
  }
});

test('which files are asked for tells nothing of the shopper', async ({ browser }) => {
  const asked: string[][] = [];
  for (const bought of [['dotted-jug'], ['striped-cup', 'checked-tray', 'floral-jug']]) {
    const server = await open();
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.origin}/kitchen`);
    await shop(page, bought);
    asked.push(tablesOf(server).sort());
    await context.close();
    await server.close();
  }
  expect(asked[0]).toEqual(asked[1]);
  expect(asked[0]?.length).toBe(3); // manifest, model, the one shard of the category: once each
});

test('broken tables or weights: the shop’s list, the default weights and one warning', async ({ page }) => {
  const { files } = await buildShop();
  const names = [...files.keys()];
  const shard = names.find((name) => name.endsWith('.bin')) ?? '';
  const model = names.find((name) => name.startsWith('model-')) ?? '';
  const server = await open(
    new Map([
      [shard, Buffer.from('not a shard')],
      [model, Buffer.from('{"format": "other"}')],
    ]),
  );
  const warnings: string[] = [];
  const errors: string[] = [];
  page.on('console', (message) => void (message.type() === 'warning' && warnings.push(message.text())));
  page.on('pageerror', ({ message }) => errors.push(message));
  try {
    await page.goto(`${server.origin}/kitchen`);
    const { order, rankerId } = await shop(page, ['floral-jug']);
    expect(rankerId).toMatch(/^linear@/);
    expect(order).toHaveLength(PRODUCTS.length);
    expect(errors).toEqual([]);
    expect(warnings.filter((text) => text.includes('no artefacts'))).toHaveLength(1);
  } finally {
    await server.close();
  }
});
