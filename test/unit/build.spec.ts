import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { DUCKDB_VERSION, openEngine } from '../../src/cli/build/engine.ts';
import { itemHash } from '../../src/core/item-hash.ts';
import { forEachNeighbour, type ItemArtefacts } from '../../src/rank/shard.ts';
import { build, inFolder, lookUp } from '../support/artefacts.ts';

const FEEDS = 'test/data/feeds';

const FORMATS = [
  {
    file: 'shopify.csv',
    ids: ['wrap-dress', 'shift-dress', 'knit-dress', 'ankle-boot'],
    category: 'Dresses',
    other: 'Boots',
  },
  {
    file: 'woocommerce.csv',
    ids: ['11', '12', '13', '14'],
    category: 'Women > Dresses',
    other: 'Women > Boots',
  },
  {
    file: 'google.xml',
    ids: ['wrap-dress', 'shift-dress', 'knit-dress', 'ankle-boot'],
    category: 'Women > Dresses',
    other: 'Women > Boots',
  },
  {
    file: 'google-atom.xml',
    ids: ['wrap-dress', 'shift-dress', 'knit-dress', 'ankle-boot'],
    category: 'Women > Dresses',
    other: 'Women > Boots',
  },
  {
    file: 'google.tsv',
    ids: ['wrap-dress', 'shift-dress', 'knit-dress', 'ankle-boot'],
    category: 'Women > Dresses',
    other: 'Women > Boots',
  },
  {
    file: 'products.jsonl',
    ids: ['wrap-dress', 'shift-dress', 'knit-dress', 'ankle-boot'],
    category: 'Women > Dresses',
    other: 'Women > Boots',
  },
] as const;

for (const { file, ids, category, other } of FORMATS)
  test(`${file}: each product is found in its category and has a vector`, () =>
    inFolder(async (folder) => {
      const built = await build(folder, [`${FEEDS}/${file}`]);
      expect(built.output).toContain('5 products in 2 categories');
      const [wrap, shift, , boot] = await Promise.all(
        ids.map((id) => lookUp(built, id === ids[3] ? other : category, id)),
      );
      if (wrap === undefined || shift === undefined || boot === undefined)
        throw new Error('a product is missing');
      expect(cosine(wrap, shift)).toBeGreaterThan(cosine(wrap, boot)); // two dresses of one brand, and a boot
      expect(wrap.popularity).toBeUndefined(); // no orders were given
      expect(wrap.neighbours).toHaveLength(0);
      expect(await lookUp(built, other, ids[0])).toBeUndefined();
    }));

for (const [feed, orders, id, bought, category] of [
  ['shopify.csv', 'shopify-orders.csv', 'wrap-dress', 'ankle-boot', 'Dresses'],
  ['woocommerce.csv', 'woocommerce-orders.csv', '11', '14', 'Women > Dresses'],
  ['products.jsonl', 'sessions.jsonl', 'wrap-dress', 'ankle-boot', 'Women > Dresses'],
] as const)
  test(`${orders}: what three customers bought together is in the row, what two did is not`, () =>
    inFolder(async (folder) => {
      const built = await build(folder, [`${FEEDS}/${feed}`, '--orders', `${FEEDS}/${orders}`]);
      const found = await lookUp(built, category, id);
      expect(hashesOf(found)).toEqual([itemHash(bought)]); // not the shift dress: only anna and dora
      expect(found?.popularity?.all).toBeGreaterThan(1);
      expect(built.output).toContain('1 pairs of products are shared by at least 3 customers');
      for (const [name, bytes] of built.files)
        expect(/anna|dora|mail\.example|#1004/i.test(bytes.toString('latin1')), name).toBe(false);
    }));

test('an export packed with gzip gives the same files', () =>
  inFolder(async (folder) => {
    const packed = join(folder, 'products.jsonl.gz');
    writeFileSync(packed, gzipSync(readFileSync(`${FEEDS}/products.jsonl`)));
    const one = await build(join(folder, 'one'), [packed]);
    const two = await build(join(folder, 'two'), [`${FEEDS}/products.jsonl`]);
    expect([...one.files]).toEqual([...two.files]);
  }));

/** Sessions in which each of `customers` bought `a` and `b`, with lone purchases that make both popular. */
function pairHistory(customers: readonly (string | undefined)[], a: string, b: string): string {
  const lone = Array.from({ length: 12 }, (_, i) => ({
    session: `lone-${i}`,
    user: `lone-${i}`,
    events: [{ t: i, type: 'purchase', id: i % 2 === 0 ? a : b }],
  }));
  const pairs = customers.map((user, i) => ({
    session: `pair-${i}`,
    ...(user === undefined ? {} : { user }),
    events: [
      { t: 100 + i, type: 'purchase', id: a },
      { t: 101 + i, type: 'purchase', id: b },
    ],
  }));
  return [...lone, ...pairs].map((session) => JSON.stringify(session)).join('\n');
}

for (const [what, customers, isKept] of [
  ['two customers', ['anna', 'bela'], false],
  ['one customer five times', ['anna', 'anna', 'anna', 'anna', 'anna'], false],
  ['two customers in six orders', ['anna', 'bela', 'anna', 'bela', 'anna', 'bela'], false],
  ['three customers', ['anna', 'bela', 'cleo'], true],
  ['two orders of a file without customers', [undefined, undefined], false],
  ['three orders of a file without customers', [undefined, undefined, undefined], true],
] as const)
  test(`a pair bought together by ${what} leaves ${isKept ? 'its' : 'no'} trace in the files`, () =>
    inFolder(async (folder) => {
      const orders = join(folder, 'orders.jsonl');
      writeFileSync(orders, pairHistory(customers, 'knit-dress', 'rain-boot'));
      const built = await build(join(folder, 'out'), [`${FEEDS}/products.jsonl`, '--orders', orders]);
      const traces = (name: string, id: string) => {
        const hash = itemHash(id);
        const bytes = built.files.get([...built.files.keys()].find((file) => file.includes(name)) ?? '');
        return bytes?.includes(Buffer.of(hash & 255, (hash >>> 8) & 255, hash >>> 16)) ?? false;
      };
      expect(traces('women-boots', 'rain-boot')).toBe(true); // its own entry
      expect(traces('women-boots', 'knit-dress')).toBe(isKept);
      expect(traces('women-dresses', 'rain-boot')).toBe(isKept);
    }));

test('how often a product sold is not told below three customers: it would date a single order', () =>
  inFolder(async (folder) => {
    const orders = join(folder, 'orders.csv');
    const lines = [
      'a,anna,knit-dress',
      'b,bela,knit-dress',
      'c,anna,rain-boot',
      'd,bela,rain-boot',
      'e,cleo,rain-boot',
    ];
    writeFileSync(orders, ['order id,customer,sku', ...lines].join('\r\n'));
    const built = await build(join(folder, 'out'), [`${FEEDS}/products.jsonl`, '--orders', orders]);
    expect((await lookUp(built, 'women > dresses', 'knit-dress'))?.popularity).toEqual({ all: 0, recent: 0 });
    expect((await lookUp(built, 'women > boots', 'rain-boot'))?.popularity?.all).toBeCloseTo(Math.log(4), 1);
  }));

test('the same input gives the same names and bytes, and every name carries the hash of its content', () =>
  inFolder(async (folder) => {
    const args = [`${FEEDS}/shopify.csv`, '--orders', `${FEEDS}/shopify-orders.csv`, '--page-size', '2'];
    const one = await build(join(folder, 'one'), args);
    const two = await build(join(folder, 'two'), args);
    expect([...one.files]).toEqual([...two.files]);
    for (const [name, bytes] of one.files) {
      const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
      expect(name.replace(/\.\w+$/, '')).toMatch(new RegExp(`-${hash}$`));
    }
    expect(one.output).toContain(`data-reshelf-artefacts="/one/${one.manifest}"`);
  }));

test('a category of more than a page is cut in catalogue order and stays readable', () =>
  inFolder(async (folder) => {
    const built = await build(folder, [`${FEEDS}/products.jsonl`, '--page-size', '2']);
    const names = [...built.files.keys()].map((name) => name.replace(/-[0-9a-f]{8}\./, '.'));
    expect(names.sort()).toEqual([
      'manifest.json',
      'women-boots.bin',
      'women-dresses-0.bin',
      'women-dresses-1.bin',
      'women-dresses-index.bin',
    ]);
    for (const id of ['wrap-dress', 'shift-dress', 'knit-dress'])
      expect((await lookUp(built, 'women > dresses', id))?.vector).toHaveLength(32);
  }));

test('--id takes the id that the shop shows from another column', () =>
  inFolder(async (folder) => {
    const built = await build(folder, [
      `${FEEDS}/woocommerce.csv`,
      '--id',
      'SKU',
      '--orders',
      `${FEEDS}/woocommerce-orders.csv`,
    ]);
    expect(hashesOf(await lookUp(built, 'Women > Dresses', 'WD'))).toEqual([itemHash('AB')]);
  }));

const BROKEN = [
  [
    'a broken JSON line',
    'feed.jsonl',
    '{"id":"a","title":"A"}\n{"id":"b",\n',
    /feed\.jsonl:2: expected one JSON object a line/,
  ],
  [
    'a product without id',
    'feed.jsonl',
    '{"id":"a"}\n\n{"title":"B"}\n',
    /feed\.jsonl:3: expected "id" to be a text, got nothing/,
  ],
  [
    'a JSON list',
    'feed.json',
    '[{"id":"a"}]',
    /feed\.json:1: expected one JSON object a line, got a JSON list/,
  ],
  [
    'a short row',
    'feed.csv',
    'Handle,Title,Vendor\na,A,X\nb,B\n',
    /feed\.csv:3: expected 3 columns as in the header, got 2/,
  ],
  [
    'a quote that is not closed',
    'feed.csv',
    'Handle,Title,Vendor\na,A,X\nb,"B,X\nc,C,X\n',
    /feed\.csv:3: expected the quote that opens here to be closed/,
  ],
  [
    'text behind a quote',
    'feed.csv',
    'Handle,Title,Vendor\na,"two\nlines" A,X\n',
    /feed\.csv:3: expected a delimiter behind the closing quote/,
  ],
  [
    'unknown columns',
    'feed.csv',
    'Nummer,Bezeichnung\n1,Kleid\n',
    /feed\.csv:1: expected the columns of a Shopify .* got nummer, bezeichnung/,
  ],
  [
    'XML that is cut off',
    'feed.xml',
    '<rss>\n<channel>\n<item><g:id>a</g:id>\n<title>A</titel></item>',
    /feed\.xml:4: expected well-formed XML: Unexpected close tag/,
  ],
  [
    'an XML product without id',
    'feed.xml',
    '<rss><channel>\n<item>\n<title>A</title></item></channel></rss>',
    /feed\.xml:2: expected an id/,
  ],
  ['XML of another kind', 'feed.xml', '<html><body>no</body></html>', /expected <item> or <entry>/],
  [
    'text that is not UTF-8',
    'feed.csv',
    Buffer.from('Handle,Title,Vendor\na,Jäckchen,X\n', 'latin1'),
    /feed\.csv:\d: expected text in UTF-8/,
  ],
  [
    'gzip that is cut off',
    'feed.jsonl.gz',
    gzipSync('{"id":"a"}\n').subarray(0, 20),
    /feed\.jsonl\.gz:1: cannot be read on .* is the file complete\?/,
  ],
  ['nothing in it', 'feed.csv', '', /feed\.csv:1: expected a catalogue, the file is empty/],
] as const;

for (const [what, name, content, message] of BROKEN)
  test(`a catalogue with ${what} is refused with file and line, and nothing is written`, () =>
    inFolder(async (folder) => {
      const feed = join(folder, name);
      writeFileSync(feed, content);
      await expect(build(join(folder, 'out'), [feed])).rejects.toThrow(message);
      expect(readdirSync(folder)).toEqual([name]);
    }));

for (const [what, name, content, message] of [
  [
    'an event without id',
    'o.jsonl',
    '{"session":"1","events":[{"t":1,"type":"view"}]}',
    /o\.jsonl:1: expected "events\[0\]\.id" to be a text/,
  ],
  ['no product column', 'o.csv', 'order id,total\n1,2\n', /o\.csv:1: expected a column for the product/],
  [
    'a date that is none',
    'o.csv',
    'order id,sku,date\n1,a,soon\n',
    /o\.csv:2: expected a date such as .* got "soon"/,
  ],
  ['a row without order', 'o.csv', 'order id,sku\n1,a\n,b\n', /o\.csv:3: expected an order id, got none/],
  ['no product at all', 'o.csv', 'order id,sku\n1,\n', /expected at least one order line with a product/],
] as const)
  test(`an order file with ${what} is refused with file and line`, () =>
    inFolder(async (folder) => {
      const orders = join(folder, name);
      writeFileSync(orders, content);
      const args = [`${FEEDS}/products.jsonl`, '--orders', orders];
      await expect(build(join(folder, 'out'), args)).rejects.toThrow(message);
    }));

test('a file that is not there, and arguments that make no sense, are said plainly', async () => {
  await expect(build('unused', ['no-such.csv'])).rejects.toThrow('expected the file no-such.csv, found none');
  await expect(build('unused', [])).rejects.toThrow('expected one catalogue, got 0');
  await expect(build('unused', ['a.csv', '--page-size', '0'])).rejects.toThrow(
    'expected --page-size from 1 to 100',
  );
});

test('without DuckDB the message says which command installs it, in the version that the package names', async () => {
  const missing = () => Promise.reject(new Error("Cannot find package '@duckdb/node-api'"));
  await expect(openEngine(missing)).rejects.toThrow(
    `npm install --save-dev @duckdb/node-api@${DUCKDB_VERSION}`,
  );
  const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    peerDependencies: Record<string, string>;
  };
  expect(peerDependencies['@duckdb/node-api']).toBe(`^${DUCKDB_VERSION}`);
});

test('the temporary folder is empty again after a build, and after one that failed', () =>
  inFolder(async (folder) => {
    const before = process.env.TMPDIR;
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    process.env.TMPDIR = temporary;
    try {
      await build(join(folder, 'out'), [`${FEEDS}/shopify.csv`, '--orders', `${FEEDS}/shopify-orders.csv`]);
      await expect(
        build(join(folder, 'out'), [`${FEEDS}/shopify.csv`, '--orders', 'no-such.csv']),
      ).rejects.toThrow('no-such.csv');
      expect(readdirSync(temporary)).toEqual([]);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  }));

function hashesOf(found: ItemArtefacts | undefined): number[] {
  const hashes: number[] = [];
  if (found !== undefined) forEachNeighbour(found.neighbours, (hash) => hashes.push(hash));
  return hashes;
}

function cosine({ vector: a }: ItemArtefacts, { vector: b }: ItemArtefacts): number {
  const dot = (x: Int8Array, y: Int8Array) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
