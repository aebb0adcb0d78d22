import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CategoryFiles,
  encodeIndex,
  formatManifest,
  indexName,
  pageShardName,
  shardName,
} from '../../rank/manifest.ts';
import {
  encodeShard,
  itemHash,
  MAX_VECTOR_BYTES,
  NEIGHBOUR_BYTES,
  type ShardProduct,
} from '../../rank/shard.ts';
import { MIN_CUSTOMERS, PLACE_UNIT } from './count.ts';
import type { Engine } from './engine.ts';
import type { Progress } from './load.ts';
import { createVectorBuilder } from './vectors.ts';

export interface Published {
  /** File name of the manifest. */
  readonly manifest: string;
  readonly manifestBytes: number;
  readonly products: number;
  readonly categories: number;
  readonly files: number;
  readonly bytes: number;
  readonly largestShardBytes: number;
}

export interface PublishSettings {
  readonly out: string;
  readonly pageSize: number;
  readonly hasOrders: boolean;
}

const MAX_SLUG_LENGTH = 40;

/**
 * Writes the shards, indexes and manifest, one list page at a time. Every name carries the hash of its content, so
 * that a file never changes under its name; what earlier builds left is not touched.
 */
export async function publish(engine: Engine, settings: PublishSettings, tell: Progress): Promise<Published> {
  const { out, pageSize, hasOrders } = settings;
  await mkdir(out, { recursive: true });
  tell('making vectors');
  const vectors = await makeVectors(engine);
  const itemHashes = hasOrders ? await hashItems(engine) : new Uint32Array();
  const categories = new Map<string, CategoryFiles>();
  const totals = { products: 0, files: 0, bytes: 0, largestShardBytes: 0 };
  async function write(name: string, bytes: Uint8Array): Promise<void> {
    await writeFile(join(out, name), bytes);
    totals.files += 1;
    totals.bytes += bytes.length;
  }
  async function writeCategory(
    label: string,
    products: AsyncIterable<readonly ShardProduct[]>,
  ): Promise<void> {
    const slug = toSlug(label);
    const hashes: string[] = [];
    const all: number[] = [];
    let first: Uint8Array = new Uint8Array();
    for await (const page of products) {
      const bytes = encodeShard(page, hasOrders);
      const hash = contentHash(bytes);
      totals.products += page.length;
      totals.largestShardBytes = Math.max(totals.largestShardBytes, bytes.length);
      for (const product of page) all.push(product.hash);
      if (hashes.length === 0)
        first = bytes; // named when it is known whether there are more
      else await write(pageShardName(slug, hashes.length, hash), bytes);
      hashes.push(hash);
    }
    const isSmall = hashes.length === 1;
    const index = encodeIndex(hashes, all);
    const files = { slug, hash: isSmall ? (hashes[0] ?? '') : contentHash(index), shardCount: hashes.length };
    await write(isSmall ? shardName(files) : pageShardName(slug, 0, hashes[0] ?? ''), first);
    if (!isSmall) await write(indexName(files), index);
    categories.set(label, files);
  }

  const rows = readProducts(engine, hasOrders, vectors, itemHashes);
  for await (const [label, pages] of byCategory(rows, pageSize)) {
    await writeCategory(label, pages);
    if (categories.size % 1000 === 0) tell(`${categories.size} categories written`);
  }
  const manifest = Buffer.from(formatManifest({ pageSize, categories }));
  const name = `manifest-${contentHash(manifest)}.json`;
  await write(name, manifest);
  return { manifest: name, manifestBytes: manifest.length, categories: categories.size, ...totals };
}

async function makeVectors(engine: Engine): Promise<Int8Array> {
  const builder = createVectorBuilder();
  for await (const rows of engine.rows('SELECT title, brand, colour FROM product ORDER BY place'))
    for (const [title, brand, colour] of rows)
      builder.add({
        title: String(title),
        brand: String(brand),
        colour: String(colour),
      });
  return builder.finish();
}

/** By item number. */
async function hashItems(engine: Engine): Promise<Uint32Array> {
  const hashes = new Uint32Array(await engine.count('SELECT count(*) FROM item'));
  for await (const rows of engine.rows('SELECT no, id FROM item'))
    for (const [no, id] of rows) hashes[Number(no)] = itemHash(String(id));
  return hashes;
}

interface Labelled {
  readonly label: string;
  readonly product: ShardProduct;
}

/** Products by category, each category in the catalogue's order. */
async function* readProducts(
  engine: Engine,
  hasOrders: boolean,
  vectors: Int8Array,
  itemHashes: Uint32Array,
): AsyncGenerator<Labelled> {
  // popularity of one or two customers would date their order: it is published as none
  const figures = hasOrders
    ? `CASE WHEN o.customers >= ${MIN_CUSTOMERS} THEN o.n END, CASE WHEN o.customers >= ${MIN_CUSTOMERS} THEN o.recent END, n.packed
       FROM product p LEFT JOIN item i USING (id) LEFT JOIN popularity o ON o.item = i.no LEFT JOIN neighbours n ON n.owner = i.no`
    : 'NULL, NULL, NULL FROM product p';
  const sql = `SELECT p.category, p.place, p.id, ${figures} ORDER BY p.category, p.place`;
  for await (const rows of engine.rows(sql))
    for (const [category, place, id, n, recent, packed] of rows) {
      const start = Number(place) * MAX_VECTOR_BYTES;
      const product: ShardProduct = {
        hash: itemHash(String(id)),
        neighbours: toRow(Array.isArray(packed) ? packed : [], itemHashes),
        vector: vectors.subarray(start, start + MAX_VECTOR_BYTES),
        popularity: { all: Math.log1p(Number(n ?? 0)), recent: Math.log1p(Number(recent ?? 0)) },
      };
      yield { label: String(category), product };
    }
}

function toRow(packed: readonly number[], itemHashes: Uint32Array): Uint8Array {
  const row = new Uint8Array(packed.length * NEIGHBOUR_BYTES);
  const byPlace = [...packed].sort((a, b) => a - b);
  byPlace.forEach((value, i) => {
    const hash = itemHashes[Math.floor((value % PLACE_UNIT) / 65536)] ?? 0;
    const lifts = value % 65536;
    row.set([hash & 255, (hash >>> 8) & 255, hash >>> 16, lifts >>> 8, lifts & 255], i * NEIGHBOUR_BYTES);
  });
  return row;
}

/** Cuts the stream at each new label, and each label into list pages; both are read once, in order. */
async function* byCategory(
  rows: AsyncGenerator<Labelled>,
  pageSize: number,
): AsyncGenerator<[string, AsyncGenerator<ShardProduct[]>]> {
  let next = await rows.next();
  async function* pagesOf(label: string): AsyncGenerator<ShardProduct[]> {
    let page: ShardProduct[] = [];
    while (next.done !== true && next.value.label === label) {
      page.push(next.value.product);
      next = await rows.next();
      if (page.length < pageSize) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }
  while (next.done !== true) yield [next.value.label, pagesOf(next.value.label)];
}

const contentHash = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 8);

/** "Schuhe > Stiefel" to "schuhe-stiefel"; what has no Latin letter becomes "list". */
function toSlug(label: string): string {
  const words =
    label
      .normalize('NFKD')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, MAX_SLUG_LENGTH).replace(/-$/, '') || 'list';
}
