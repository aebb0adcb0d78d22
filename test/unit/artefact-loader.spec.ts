import { expect, test } from '@playwright/test';
import { asItemId } from '../../src/core/ids.ts';
import { itemHash } from '../../src/core/item-hash.ts';
import { encodeIndex, formatManifest } from '../../src/rank/manifest.ts';
import { encodeShard } from '../../src/rank/shard.ts';
import { createArtefactLoader } from '../../src/worker/artefact-loader.ts';

const FOLDER = 'https://shop.example/data/';
const PAGE_SIZE = 2;

const shardOf = (ids: readonly string[]): Uint8Array<ArrayBuffer> =>
  encodeShard(
    ids.map((id) => ({
      hash: itemHash(id),
      neighbours: new Uint8Array(5).fill(9),
      vector: new Int8Array(4),
    })),
    true,
  );

/** Categories a to f of two products each, and one of twelve that is cut into six shards. */
function createShop(broken: Readonly<Record<string, Uint8Array<ArrayBuffer> | Error>> = {}) {
  const files = new Map<string, Uint8Array<ArrayBuffer> | Error>();
  const categories = new Map(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((slug) => {
      files.set(`${slug}-00000001.bin`, shardOf([`${slug}1`, `${slug}2`]));
      return [slug, { slug, hash: '00000001', shardCount: 1 }];
    }),
  );
  const large = Array.from({ length: 12 }, (_, i) => `large${i}`);
  const hashes = ['00000000', '00000001', '00000002', '00000003', '00000004', '00000005'];
  hashes.forEach((hash, i) => {
    files.set(`large-${i}-${hash}.bin`, shardOf(large.slice(2 * i, 2 * i + 2)));
  });
  files.set('large-index-0000000a.bin', encodeIndex(hashes, large.map(itemHash)));
  categories.set('large', { slug: 'large', hash: '0000000a', shardCount: 6 });
  files.set('manifest-1.json', new TextEncoder().encode(formatManifest({ pageSize: PAGE_SIZE, categories })));
  for (const [name, content] of Object.entries(broken)) files.set(name, content);

  const asked: string[] = [];
  const inits: (RequestInit | undefined)[] = [];
  const failures: string[] = [];
  const loader = createArtefactLoader({
    manifestUrl: `${FOLDER}manifest-1.json`,
    onFailure: ({ message }) => failures.push(message),
    fetch: async (input, init) => {
      const name = String(input).slice(FOLDER.length);
      asked.push(name);
      inits.push(init);
      const content = files.get(name);
      if (content instanceof Error) throw content;
      return content === undefined ? new Response('', { status: 404 }) : new Response(content);
    },
  });
  const load = async (...list: readonly [category: string | undefined, ...ids: string[]][]) => {
    const candidates = list.flatMap(([category, ...ids]) =>
      ids.map((id) => ({ id: asItemId(id), ...(category === undefined ? {} : { category }) })),
    );
    return [...(await loader.load(candidates)).keys()];
  };
  return { asked, inits, failures, load };
}

test('a list loads the manifest and its own shard, once, and sends nothing along', async () => {
  const shop = createShop();
  expect(shop.asked).toEqual([]); // nothing before the first list
  expect(await shop.load(['a', 'a1', 'a2', 'stranger'])).toEqual(['a1', 'a2']);
  expect(await shop.load(['A', 'a2'])).toEqual(['a2']);
  expect(shop.asked).toEqual(['manifest-1.json', 'a-00000001.bin']);
  for (const init of shop.inits)
    expect(init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
  expect(shop.failures).toEqual([]);
});

test('two lists at the same time share one request', async () => {
  const shop = createShop();
  await Promise.all([shop.load(['a', 'a1']), shop.load(['a', 'a2'])]);
  expect(shop.asked).toEqual(['manifest-1.json', 'a-00000001.bin']);
});

test('a large category loads its index and the shards of the products shown', async () => {
  const shop = createShop();
  expect(await shop.load(['large', 'large4', 'large5'])).toEqual(['large4', 'large5']);
  expect(shop.asked).toEqual(['manifest-1.json', 'large-index-0000000a.bin', 'large-2-00000002.bin']);
});

test('a mixed list loads at most four shards, those of most of its products', async () => {
  const shop = createShop();
  const mixed = ['a', 'b', 'c', 'd', 'e', 'f'].map((slug, i): [string, ...string[]] =>
    i < 3 ? [slug, `${slug}1`] : [slug, `${slug}1`, `${slug}2`],
  );
  expect(await shop.load(...mixed)).toEqual(['d1', 'd2', 'e1', 'e2', 'f1', 'f2', 'a1']);
  expect(shop.asked).toHaveLength(1 + 4);
  const wide = createShop();
  expect(await wide.load(['large', ...Array.from({ length: 12 }, (_, i) => `large${i}`)])).toHaveLength(8);
  expect(wide.asked).toHaveLength(1 + 1 + 4);
});

test('a category that the shop does not know, and a list without one, load nothing', async () => {
  const shop = createShop();
  expect(await shop.load(['hats', 'h1'], [undefined, 'x1'])).toEqual([]);
  expect(shop.asked).toEqual(['manifest-1.json']);
  expect(shop.failures).toEqual([]);
});

for (const [what, content, reason] of [
  ['is missing', undefined, 'expected status 200, got 404'],
  ['holds something else', Uint8Array.of(1, 2, 3), 'expected a Reshelf shard'],
  ['is cut off', shardOf(['a1', 'a2']).slice(0, -1), 'expected'],
  ['cannot be reached', new TypeError('Failed to fetch'), 'Failed to fetch'],
] as const)
  test(`a shard that ${what} gives no artefacts, is told of once and not asked for again`, async () => {
    const shop = createShop(
      content === undefined ? {} : { 'a-00000001.bin': content, 'b-00000001.bin': content },
    );
    const slug = content === undefined ? 'gone' : 'a';
    const missing = content === undefined ? createMissing() : shop;
    expect(await missing.load([slug, 'a1'], ['c', 'c1'])).toEqual(['c1']); // the others are still had
    expect(await missing.load([slug, 'a1'])).toEqual([]);
    if (content !== undefined) expect(await missing.load(['b', 'b1'])).toEqual([]);
    expect(missing.failures).toHaveLength(1);
    expect(missing.failures[0]).toContain(reason);
    expect(new Set(missing.asked).size).toBe(missing.asked.length);
  });

/** A shop whose manifest names a shard that is not there. */
function createMissing() {
  const categories = new Map([
    ['gone', { slug: 'gone', hash: '00000001', shardCount: 1 }],
    ['c', { slug: 'c', hash: '00000001', shardCount: 1 }],
  ]);
  const manifest = new TextEncoder().encode(formatManifest({ pageSize: PAGE_SIZE, categories }));
  return createShop({ 'manifest-1.json': manifest });
}

test('a broken manifest gives no artefacts and one message', async () => {
  const shop = createShop({ 'manifest-1.json': new TextEncoder().encode('<html>') });
  expect(await shop.load(['a', 'a1'])).toEqual([]);
  expect(await shop.load(['b', 'b1'])).toEqual([]);
  expect(shop.failures).toEqual([
    `no artefacts from ${FOLDER}manifest-1.json: expected the manifest to be JSON`,
  ]);
  expect(shop.asked).toEqual(['manifest-1.json']);
});
