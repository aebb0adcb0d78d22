import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.ts';
import { readModelFile } from '../records/model-file.ts';
import { readCatalogue } from './catalogue.ts';
import { countOrders, MIN_CUSTOMERS, type OrderTotals } from './count.ts';
import { type Engine, openEngine } from './engine.ts';
import { loadCatalogue, loadOrders } from './load.ts';
import { readOrders } from './orders.ts';
import { type Published, publish } from './publish.ts';
import { CLICK_TABLES, ORDER_TABLES } from './table-settings.ts';

export const usage = `Usage: reshelf build <catalogue> [--orders <file>] --out <folder> [--model <file>] [--page-size 100] [--id <column>]

Makes the shop's static artefacts: product vectors and, from orders, which products go together and come next.

  <catalogue>   Shopify or WooCommerce product CSV, Google Merchant XML or TSV, or JSON lines; plain or .gz
  --orders      orders as CSV or TSV (Shopify, WooCommerce, or columns such as order id, product id, customer, date),
                or JSON lines of sessions
  --out         folder to write to, to be served as static files for ever (every name carries its content's hash)
  --model       weights that "reshelf train" wrote, published beside the tables
  --page-size   products on one page of the shop's lists, 1 to 100
  --id          the catalogue's column that the shop's pages use as product id, where it is not the usual one

A pair of products is published only when at least ${MIN_CUSTOMERS} customers (orders, where the file has no customer) share it.`;

/** A page's list of 100 products fits one request of 24 kB; see `shard.ts`. */
const MAX_PAGE_SIZE = 100;
/** A manifest larger than this delays the first list: the shop has too many categories. */
const LARGE_MANIFEST_BYTES = 64_000;

interface Arguments {
  readonly catalogue: string;
  readonly orders: string | undefined;
  readonly out: string;
  readonly model: string | undefined;
  readonly pageSize: number;
  readonly idName: string | undefined;
}

/**
 * @returns the exit status
 * @throws CliError with file and line for a malformed feed, or when DuckDB is missing
 */
export async function run(args: readonly string[]): Promise<number> {
  const given = parse(args);
  const model = given.model === undefined ? undefined : (await readModelFile(given.model)).text;
  const engine = await openEngine();
  try {
    await build(engine, given, model);
  } finally {
    await engine.close();
  }
  return 0;
}

async function build(
  engine: Engine,
  { catalogue, orders, out, pageSize, idName }: Arguments,
  model: string | undefined,
): Promise<void> {
  tell(`reading ${catalogue}`);
  const doubles = await loadCatalogue(engine, readCatalogue(catalogue, idName), catalogue, tell);
  if (doubles > 0) tell(`${doubles} rows repeat the id of an earlier product; the first was kept`);
  let totals: OrderTotals | undefined;
  if (orders !== undefined) {
    tell(`reading ${orders}`);
    const { skipped, isMostlyClicks } = await loadOrders(engine, readOrders(orders), orders, tell);
    if (skipped > 0) tell(`${skipped} order lines name no product and were left out`);
    if (isMostlyClicks) tell('most lines are clicks, not purchases: long walks down a page are discounted');
    totals = await countOrders(engine, tell, isMostlyClicks ? CLICK_TABLES : ORDER_TABLES);
  }
  const published = await publish(engine, { out, pageSize, model, hasOrders: totals !== undefined }, tell);
  if (published.manifestBytes > LARGE_MANIFEST_BYTES)
    tell(`the manifest has ${kB(published.manifestBytes)}; fewer, wider categories would load faster`);
  console.log(report(published, totals, out));
}

function report(published: Published, totals: OrderTotals | undefined, out: string): string {
  const lines = [
    `${published.products} products in ${published.categories} categories: ${published.files} files, ${kB(published.bytes)}, largest shard ${kB(published.largestShardBytes)}, manifest ${kB(published.manifestBytes)}`,
  ];
  if (totals !== undefined)
    lines.push(
      totals.hasCustomers
        ? `${totals.baskets} orders of ${totals.customers} customers; ${totals.pairs} pairs of products are shared by at least ${MIN_CUSTOMERS} customers, all others were left out`
        : `${totals.baskets} orders; the file names no customer, so each order counts as one; ${totals.pairs} pairs of products are shared by at least ${MIN_CUSTOMERS} orders, all others were left out`,
    );
  lines.push(
    `Serve ${out} with "Cache-Control: public, max-age=31536000, immutable" and give the script tag (adapt the path to where the folder is served):`,
    `  data-reshelf-artefacts="/${basename(resolve(out))}/${published.manifest}"`,
  );
  return lines.join('\n');
}

function parse(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      orders: { type: 'string' },
      out: { type: 'string' },
      model: { type: 'string' },
      'page-size': { type: 'string', default: String(MAX_PAGE_SIZE) },
      id: { type: 'string' },
    },
  });
  const [catalogue, ...others] = positionals;
  if (catalogue === undefined || others.length > 0)
    throw new CliError(`expected one catalogue, got ${positionals.length}\n\n${usage}`);
  if (values.out === undefined) throw new CliError(`expected --out with the folder to write to\n\n${usage}`);
  const pageSize = Number(values['page-size']);
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > MAX_PAGE_SIZE)
    throw new CliError(`expected --page-size from 1 to ${MAX_PAGE_SIZE}, got "${values['page-size']}"`);
  return {
    catalogue,
    orders: values.orders,
    out: values.out,
    model: values.model,
    pageSize,
    idName: values.id,
  };
}

function tell(message: string): void {
  console.error(`reshelf build: ${message}`);
}

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
