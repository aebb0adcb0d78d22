import { toItemId } from '../../core/minimize.ts';
import { errorAt } from '../cli-error.ts';
import { readRecord } from '../records/record.ts';
import { delimiterOf, type Header, readTable, type Table } from './delimited.ts';
import { linesOf } from './json-lines.ts';
import { peekText } from './text.ts';

/** One product in one order (or session), in the order of the file. */
export interface OrderLine {
  readonly order: string;
  /** `''` where the file does not say. */
  readonly customer: string;
  readonly item: string;
  /** Tells a view from a purchase; immediate repeats of one product and type count once. */
  readonly type: string;
  /** Only compared with other times of the file. */
  readonly atMs: number | undefined;
}

export interface OrderPart {
  readonly lines: OrderLine[];
  /** Rows that name no product, such as shipping or a deleted one. */
  readonly skipped: number;
}

/**
 * Orders as JSON lines ({"session", "user"?, "events": [{"t", "type", "id"}]}) or as CSV or TSV with a header.
 * @throws CliError with file and line
 */
export async function* readOrders(file: string): AsyncGenerator<OrderPart> {
  const [start, text] = await peekText(file);
  const first = start.replace(/^\uFEFF/, '').trimStart();
  if (first === '') throw errorAt(file, 1, 'expected orders, the file is empty');
  if (first.startsWith('{')) yield* readSessions(file, text);
  else yield* readOrderTable(file, await readTable(file, text, delimiterOf(start)));
}

const KINDS_WITHOUT_INTEREST = new Set(['search', 'impression']);

async function* readSessions(file: string, text: AsyncGenerator<string>): AsyncGenerator<OrderPart> {
  for await (const batch of linesOf(file, text)) {
    const lines: OrderLine[] = [];
    for (const line of batch) {
      const session = readRecord(file, line);
      const order = session.text('session');
      const customer = session.optionalText('user') ?? '';
      session.array('events').forEach((value, at) => {
        const event = session.element(value, `events[${at}]`);
        const type = event.text('type');
        if (KINDS_WITHOUT_INTEREST.has(type)) return;
        const id = event.text('id');
        const item =
          toItemId(id) ?? event.fail(`expected an id of at most 128 characters, got "${id.slice(0, 40)}"`);
        lines.push({ order, customer, item, type, atMs: event.number('t') * 1000 });
      });
    }
    yield { lines, skipped: 0 };
  }
}

const ORDER_NAMES = [
  'order id',
  'order_id',
  'order number',
  'order_number',
  'order no',
  'order',
  'invoice',
  'invoiceno',
  'transaction_id',
  'transaction id',
];
const PRODUCT_NAMES = [
  'lineitem sku',
  'product id',
  'product_id',
  'item id',
  'item_id',
  'sku',
  'item sku',
  'item_sku',
  'product sku',
  'product_sku',
  'stockcode',
  'handle',
  'product',
  'item',
];
const CUSTOMER_NAMES = [
  'customer id',
  'customer_id',
  'customer',
  'email',
  'customer email',
  'customer_email',
  'billing email',
  'user',
  'user_id',
  'user id',
];
const DATE_NAMES = [
  'created at',
  'created_at',
  'paid at',
  'order date',
  'order_date',
  'date',
  'invoicedate',
  'date created',
  'timestamp',
  'time',
];

async function* readOrderTable(file: string, table: Table): AsyncGenerator<OrderPart> {
  const { header, rows } = table;
  // a Shopify orders export calls the order "Name"
  const orderNames = header.has('lineitem sku', 'lineitem name') ? [...ORDER_NAMES, 'name'] : ORDER_NAMES;
  const orderOf = required(file, header, 'order', orderNames);
  const itemOf = required(file, header, 'product', PRODUCT_NAMES);
  const customerOf = header.reader(...CUSTOMER_NAMES);
  const dateOf = header.reader(...DATE_NAMES);
  for await (const batch of rows) {
    const lines: OrderLine[] = [];
    for (const row of batch) {
      const order = orderOf(row);
      const item = toItemId(itemOf(row));
      if (order === '') throw errorAt(file, row.line, 'expected an order id, got none');
      if (item === undefined) continue;
      const date = dateOf(row);
      const atMs = date === '' ? undefined : toTime(date);
      if (Number.isNaN(atMs))
        throw errorAt(
          file,
          row.line,
          `expected a date such as 2026-05-31 18:45 or seconds since 1970, got "${date}"`,
        );
      lines.push({ order, customer: customerOf(row).toLowerCase(), item, type: 'purchase', atMs });
    }
    yield { lines, skipped: batch.length - lines.length };
  }
}

function required(
  file: string,
  header: Header,
  what: string,
  names: readonly string[],
): ReturnType<Header['reader']> {
  if (header.has(...names)) return header.reader(...names);
  throw errorAt(
    file,
    1,
    `expected a column for the ${what} (one of ${names.slice(0, 5).join(', ')}, ...), got ${header.names.slice(0, 12).join(', ')}`,
  );
}

const ISO_WITHOUT_ZONE = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?$/;

/** Times without a zone are read as UTC, so that the machine's zone changes nothing. @returns NaN for no date */
function toTime(text: string): number {
  if (/^\d{9,13}$/.test(text)) return text.length > 11 ? Number(text) : Number(text) * 1000;
  const iso = ISO_WITHOUT_ZONE.exec(text);
  return Date.parse(iso === null ? text : `${iso[1]}T${iso[2] ?? '00:00'}Z`);
}
