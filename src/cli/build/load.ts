import { createHmac, randomBytes } from 'node:crypto';
import type { DuckDBAppender } from '@duckdb/node-api';
import { CliError } from '../cli-error.ts';
import type { Engine } from './engine.ts';
import type { Feed } from './feed.ts';
import type { OrderPart } from './orders.ts';

/** Told how far a file has been read. */
export type Progress = (message: string) => void;

const TELL_EVERY = 250_000;

/**
 * Reads a catalogue into `product(place, id, category, title, brand, colour)`, in its own order, and the names that
 * orders may use into `name(name, id)`. Of several products of one id the first counts.
 * @returns products left out because their id came before
 * @throws CliError when there is no product
 */
export async function loadCatalogue(
  engine: Engine,
  feed: Feed,
  file: string,
  tell: Progress,
): Promise<number> {
  await engine.run(
    'CREATE TABLE feed(seq INTEGER, id VARCHAR, category VARCHAR, title VARCHAR, brand VARCHAR, colour VARCHAR)',
  );
  await engine.run('CREATE TABLE alias(seq INTEGER, name VARCHAR, id VARCHAR)');
  const products = await engine.append('feed');
  const names = await engine.append('alias');
  let productCount = 0;
  let nameCount = 0;
  for await (const part of feed) {
    for (const { id, category, title, brand, colour } of part.products) {
      products.appendInteger(productCount++);
      for (const text of [id, category, title, brand, colour]) products.appendVarchar(text);
      products.endRow();
      if (productCount % TELL_EVERY === 0) tell(`${productCount} products read`);
    }
    for (const { name, id } of part.names) {
      names.appendInteger(nameCount++);
      names.appendVarchar(name);
      names.appendVarchar(id);
      names.endRow();
    }
  }
  products.closeSync();
  names.closeSync();
  if (productCount === 0) throw new CliError(`${file}: expected at least one product, found none`);
  await engine.run(`
    CREATE TABLE product AS
      SELECT (row_number() OVER (ORDER BY min(seq)) - 1)::INTEGER AS place, id, arg_min(category, seq) AS category,
        arg_min(title, seq) AS title, arg_min(brand, seq) AS brand, arg_min(colour, seq) AS colour
      FROM feed GROUP BY id;
    CREATE TABLE name AS
      WITH direct AS (SELECT a.name, a.id, a.seq FROM alias a SEMI JOIN product p ON p.id = a.id),
      by_name AS (SELECT name, arg_min(id, seq) AS id FROM direct GROUP BY name),
      -- a WooCommerce variation may name its parent by SKU, itself another name
      indirect AS (SELECT a.name, b.id, a.seq FROM alias a ANTI JOIN product p ON p.id = a.id JOIN by_name b ON b.name = a.id)
      SELECT name, arg_min(id, seq) AS id
      FROM (SELECT id AS name, id, -1 AS seq FROM product UNION ALL FROM direct UNION ALL FROM indirect)
      GROUP BY name;
    DROP TABLE feed;
    DROP TABLE alias;`);
  return productCount - (await engine.count('SELECT count(*) FROM product'));
}

export interface LoadedOrders {
  /** Lines left out because they name no product. */
  readonly skipped: number;
  /** Sessions of looking around rather than orders. */
  readonly isMostlyClicks: boolean;
}

/**
 * Reads orders into `raw_line(seq, basket, customer, item, kind, at_ms)`. Of order and customer only a keyed hash is
 * written, into the temporary folder; the key is random, in memory, and gone with this call.
 * @throws CliError when no line names a product
 */
export async function loadOrders(
  engine: Engine,
  parts: AsyncGenerator<OrderPart>,
  file: string,
  tell: Progress,
): Promise<LoadedOrders> {
  await engine.run(
    'CREATE TABLE raw_line(seq INTEGER, basket BIGINT, customer BIGINT, item VARCHAR, kind UTINYINT, at_ms DOUBLE)',
  );
  const key = randomBytes(32);
  const basketOf = createPseudonym(key, 'order');
  const customerOf = createPseudonym(key, 'customer');
  const kinds = new Map<string, number>();
  const lines = await engine.append('raw_line');
  let count = 0;
  let skipped = 0;
  let purchases = 0;
  for await (const part of parts) {
    skipped += part.skipped;
    for (const { order, customer, item, type, atMs } of part.lines) {
      if (!kinds.has(type)) kinds.set(type, Math.min(kinds.size, 255));
      if (type === 'purchase') purchases += 1;
      lines.appendInteger(count++);
      lines.appendBigInt(basketOf(order));
      if (customer === '') lines.appendNull();
      else lines.appendBigInt(customerOf(customer));
      lines.appendVarchar(item);
      lines.appendUTinyInt(kinds.get(type) ?? 0);
      appendMaybe(lines, atMs);
      lines.endRow();
      if (count % TELL_EVERY === 0) tell(`${count} order lines read`);
    }
  }
  lines.closeSync();
  if (count === 0) throw new CliError(`${file}: expected at least one order line with a product, found none`);
  return { skipped, isMostlyClicks: purchases * 2 < count };
}

function appendMaybe(lines: DuckDBAppender, value: number | undefined): void {
  if (value === undefined) lines.appendNull();
  else lines.appendDouble(value);
}

/** A 64-bit keyed hash; the lines of one order follow each other, so the last one is remembered. */
function createPseudonym(key: Buffer, kind: string): (text: string) => bigint {
  let last: readonly [text: string, hash: bigint] | undefined;
  return (text) => {
    if (last?.[0] !== text)
      last = [text, createHmac('sha256', key).update(`${kind}:${text}`).digest().readBigInt64LE()];
    return last[1];
  };
}
