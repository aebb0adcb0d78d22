import { itemHash } from '../../core/item-hash.ts';
import { MAX_VECTOR_BYTES, NEIGHBOUR_BYTES, type ShardProduct } from '../../rank/shard.ts';
import { MIN_CUSTOMERS, PLACE_UNIT } from './count.ts';
import type { Engine } from './engine.ts';
import type { Progress } from './load.ts';
import { createVectorBuilder } from './vectors.ts';

/**
 * What was counted, product by product: every category in turn, each as pages of at most `pageSize` products. Both are
 * read once, in order.
 */
export async function* readPages(
  engine: Engine,
  pageSize: number,
  hasOrders: boolean,
  tell: Progress,
): AsyncGenerator<[label: string, pages: AsyncGenerator<ShardProduct[]>]> {
  tell('making vectors');
  const vectors = await makeVectors(engine);
  const itemHashes = hasOrders ? await hashItems(engine) : new Uint32Array();
  yield* byCategory(readProducts(engine, hasOrders, vectors, itemHashes), pageSize);
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
