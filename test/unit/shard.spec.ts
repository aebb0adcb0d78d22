import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { asItemId } from '../../src/core/ids.ts';
import { itemHash } from '../../src/core/item-hash.ts';
import {
  type CategoryFiles,
  decodeIndex,
  encodeIndex,
  findCategory,
  formatManifest,
  type Manifest,
  parseManifest,
} from '../../src/rank/manifest.ts';
import {
  decodeShard,
  encodeShard,
  forEachNeighbour,
  MAX_NEIGHBOURS,
  MAX_VECTOR_BYTES,
  type ShardProduct,
} from '../../src/rank/shard.ts';

const neighbour = fc.tuple(
  fc.integer({ min: 0, max: 0xffffff }),
  fc.integer({ min: 1, max: 255 }),
  fc.integer({ min: 1, max: 255 }),
);

interface Sample {
  readonly ids: readonly string[];
  readonly products: readonly ShardProduct[];
}

/** Any number of products of one vector size, no two of one hash. */
const samples: fc.Arbitrary<Sample> = fc.integer({ min: 0, max: MAX_VECTOR_BYTES }).chain((size) =>
  fc
    .uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1, maxLength: 20 }),
        row: fc.array(neighbour, { maxLength: MAX_NEIGHBOURS }),
        vector: fc.array(fc.integer({ min: -127, max: 127 }), { minLength: size, maxLength: size }),
        all: fc.integer({ min: 0, max: 255 }),
        recent: fc.integer({ min: 0, max: 255 }),
      }),
      { selector: ({ id }) => itemHash(id), maxLength: 20 },
    )
    .map((entries) => ({
      ids: entries.map(({ id }) => id),
      products: entries.map(({ id, row, vector, all, recent }) => ({
        hash: itemHash(id),
        neighbours: Uint8Array.from(
          row.flatMap(([hash, together, next]) => [
            hash & 255,
            (hash >>> 8) & 255,
            hash >>> 16,
            together,
            next,
          ]),
        ),
        vector: Int8Array.from(vector),
        popularity: { all: all / 16, recent: recent / 16 },
      })),
    })),
);

const full = (count: number): ShardProduct[] =>
  Array.from({ length: count }, (_, i) => ({
    hash: itemHash(`p${i}`),
    neighbours: new Uint8Array(MAX_NEIGHBOURS * 5).fill(7),
    vector: new Int8Array(MAX_VECTOR_BYTES).fill(-3),
    popularity: { all: 1, recent: 1 },
  }));

test('what is written into a shard is found again by id, and nothing else is', () => {
  fc.assert(
    fc.property(samples, fc.boolean(), fc.string(), ({ ids, products }, hasOrders, stranger) => {
      const shard = decodeShard(encodeShard(products, hasOrders));
      for (const [i, id] of ids.entries()) {
        const found = shard(asItemId(id));
        expect(found?.neighbours).toEqual(products[i]?.neighbours);
        expect(found?.vector).toEqual(products[i]?.vector);
        expect(found?.popularity).toEqual(hasOrders ? products[i]?.popularity : undefined);
      }
      if (!products.some(({ hash }) => hash === itemHash(stranger)))
        expect(shard(asItemId(stranger))).toBeUndefined();
    }),
  );
});

test('a shard that was cut, lengthened or changed is read or refused with a RangeError, never anything else', () => {
  fc.assert(
    fc.property(
      samples,
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
      fc.integer({ min: -40, max: 40 }),
      ({ ids, products }, changes, extra) => {
        const good = encodeShard(products, true);
        const bytes = new Uint8Array(Math.max(0, good.length + extra));
        bytes.set(good.subarray(0, bytes.length));
        for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
        const shard = refusing(() => decodeShard(bytes));
        for (const id of ids) {
          const found = shard?.(asItemId(id));
          if (found !== undefined) forEachNeighbour(found.neighbours, () => {});
        }
        if (extra !== 0 && changes.length === 0) expect(shard).toBeUndefined();
      },
    ),
    { numRuns: 1000 },
  );
});

test('any bytes at all are read or refused with a RangeError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      refusing(() => decodeShard(bytes as Uint8Array<ArrayBuffer>));
      refusing(() =>
        decodeIndex(bytes as Uint8Array<ArrayBuffer>, { slug: 'a', hash: '00000000', shardCount: 1 }, 2),
      );
    }),
  );
});

test('a refusal says what was expected and what came', () => {
  const bytes = encodeShard(full(2), true);
  expect(() => decodeShard(bytes.subarray(0, 100))).toThrow(
    /expected 2 products in at least 84 bytes|up to byte 100/,
  );
  const newer = bytes.slice();
  newer[2] = 9;
  expect(() => decodeShard(newer)).toThrow('expected shard version 1, got 9');
});

test('a product takes at most 32 bytes of vector and 192 of neighbours, and a list of 100 at most 24 kB', () => {
  const empty = encodeShard([], true).length;
  const one = encodeShard(full(1), true).length - empty;
  expect(MAX_NEIGHBOURS * 5 + 2).toBeLessThanOrEqual(192);
  expect(one - MAX_VECTOR_BYTES - MAX_NEIGHBOURS * 5).toBe(6);
  expect(encodeShard(full(100), true).length).toBeLessThanOrEqual(24_000);
  expect(() =>
    encodeShard([{ ...full(1)[0], neighbours: new Uint8Array(195) } as ShardProduct], true),
  ).toThrow(RangeError);
});

test('neither of two products of one hash is given the data of the other', () => {
  const [product] = full(1);
  if (product === undefined) throw new Error('no sample');
  expect(decodeShard(encodeShard([product, product], true))(asItemId('p0'))).toBeUndefined();
});

test('lifts come back within one step of 1/127 of the range', () => {
  const seen: number[][] = [];
  forEachNeighbour(Uint8Array.of(1, 2, 3, 128, 255), (...values) => seen.push(values));
  expect(seen).toEqual([[0x030201, 0, 5]]);
});

test('a product that a page names by its path is the one that the export names by its handle', () => {
  expect(itemHash('/products/wrap-dress')).toBe(itemHash('wrap-dress'));
  expect(itemHash('women/dress')).not.toBe(itemHash('dress'));
});

const files = (slug: string, shardCount = 1): CategoryFiles => ({ slug, hash: '0123abcd', shardCount });

test('a manifest comes back as it was written', () => {
  const manifest: Manifest = {
    pageSize: 100,
    categories: new Map([
      ['', files('list')],
      ['women > dresses', files('women-dresses', 3)],
    ]),
  };
  expect(parseManifest(formatManifest(manifest))).toEqual(manifest);
});

for (const [what, text] of [
  ['text that is no JSON', 'hello'],
  ['another format', '{"format":"reshelf-artefacts/2","pageSize":100,"categories":{}}'],
  ['no page size', '{"format":"reshelf-artefacts/1","categories":{}}'],
  ['a list of categories', '{"format":"reshelf-artefacts/1","pageSize":100,"categories":[]}'],
  [
    'a file name that leaves the folder',
    '{"format":"reshelf-artefacts/1","pageSize":100,"categories":{"a":["../a","0123abcd"]}}',
  ],
  ['a hash that is none', '{"format":"reshelf-artefacts/1","pageSize":100,"categories":{"a":["a","?x=1"]}}'],
  [
    'a label that no page can have',
    '{"format":"reshelf-artefacts/1","pageSize":100,"categories":{" A ":["a","0123abcd"]}}',
  ],
  [
    'a fraction of a shard',
    '{"format":"reshelf-artefacts/1","pageSize":100,"categories":{"a":["a","0123abcd",1.5]}}',
  ],
] as const)
  test(`a manifest with ${what} is refused with a RangeError`, () => {
    expect(() => parseManifest(text)).toThrow(RangeError);
  });

test('any JSON is a manifest or refused with a RangeError', () => {
  fc.assert(
    fc.property(fc.json(), (categories) => {
      refusing(() =>
        parseManifest(`{"format":"reshelf-artefacts/1","pageSize":9,"categories":${categories}}`),
      );
    }),
  );
});

test('a page that shows only the last level of a category is understood where it is the only one', () => {
  const manifest: Manifest = {
    pageSize: 100,
    categories: new Map([
      ['women > dresses', files('a')],
      ['women > boots', files('b')],
      ['men > boots', files('c')],
    ]),
  };
  expect(findCategory(manifest, ' Women >  DRESSES')?.slug).toBe('a');
  expect(findCategory(manifest, 'Dresses')?.slug).toBe('a');
  expect(findCategory(manifest, 'Boots')).toBeUndefined();
  expect(findCategory(manifest, undefined)).toBeUndefined();
});

test('an index tells the shard of each product by its place in the catalogue', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const bytes = encodeIndex(['00000001', 'fedcba98', '0a0b0c0d'], ids.map(itemHash));
  expect(bytes.length).toBe(10 + 3 * 4 + 3 * 5);
  const index = decodeIndex(bytes, files('boots', 3), 2);
  expect(ids.map((id) => index.shardOf(asItemId(id)))).toEqual([0, 0, 1, 1, 2]);
  expect(index.shardOf(asItemId('z'))).toBeUndefined();
  expect(index.fileOf(1)).toBe('boots-1-fedcba98.bin');
  expect(() => decodeIndex(bytes.subarray(0, -1), files('boots', 3), 2)).toThrow(RangeError);
  expect(() => decodeIndex(bytes, files('boots', 4), 2)).toThrow('expected 4 shards, got 3 for 5 products');
});

/** The result, or `undefined` when it was refused; any other error fails the test. */
function refusing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return undefined;
  }
}
