import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { CliError, errorAt } from '../cli-error.ts';
import { findJsonl, findJsonlIfAny, readLines } from './lines.ts';
import { createStyleWatch, type ListStyle } from './list-style.ts';
import { type RecordReader, readRecord } from './record.ts';
import {
  type Catalogue,
  EVENT_KINDS,
  type EventKind,
  type Product,
  type ShopEvent,
  type Task,
  type TrainSession,
} from './shop-data.ts';

/** What may be learned from: a catalogue and the sessions of train, read anew at each call. */
export interface Records {
  readonly name: string;
  readonly catalogue: Catalogue;
  train(): AsyncGenerator<TrainSession>;
}

/** Records with a split and its tasks, read anew at each call. */
export interface Folder extends Records {
  readonly tasksFile: string;
  /** @param from number of the first session */
  split(from: number): AsyncGenerator<TrainSession>;
  tasks(): AsyncGenerator<Task>;
}

/** @throws CliError when a file is missing, or the catalogue has a wrong line */
export async function openRecords(path: string): Promise<Records> {
  if (!existsSync(path) || !statSync(path).isDirectory())
    throw new CliError(
      `expected a folder with catalog.jsonl, train.jsonl and a split, got "${path}", which is none`,
    );
  const catalogueFile = findJsonl(path, 'catalog');
  const trainFile = findJsonl(path, 'train');
  const catalogue = await readCatalogue(catalogueFile);
  return {
    name: basename(resolve(path)),
    catalogue,
    train: () => readSessions(trainFile, catalogue, 0),
  };
}

/** @throws CliError when a file is missing, or the catalogue has a wrong line */
export async function openFolder(path: string, split: string): Promise<Folder> {
  const records = await openRecords(path);
  const splitFile = findJsonl(path, split);
  const tasksFile = findJsonl(path, `tasks-${split}`);
  const { catalogue } = records;
  return {
    ...records,
    tasksFile,
    split: (from) => readSessions(splitFile, catalogue, from),
    tasks: () => readTasks(tasksFile, catalogue),
  };
}

/** How the lists of a split look; undefined where the folder has no tasks. @throws CliError for a wrong line */
export async function readListStyle(
  path: string,
  split: string,
  catalogue: Catalogue,
): Promise<ListStyle | undefined> {
  const file = findJsonlIfAny(path, `tasks-${split}`);
  if (file === undefined) return undefined;
  const style = createStyleWatch();
  for await (const { items } of readTasks(file, catalogue)) style.see(items);
  return style.found();
}

async function readCatalogue(file: string): Promise<Catalogue> {
  const products: Product[] = [];
  const indexOf = new Map<string, number>();
  for await (const line of readLines(file)) {
    const product = parseProduct(readRecord(file, line));
    if (indexOf.has(product.id)) throw errorAt(file, line.number, `product "${product.id}" is listed twice`);
    indexOf.set(product.id, products.length);
    products.push(product);
  }
  if (products.length === 0) throw errorAt(file, 1, 'expected at least one product, the file is empty');
  return { products, indexOf };
}

function parseProduct(record: RecordReader): Product {
  const category = record.optionalText('category');
  const price = record.optionalNumber('price');
  const title = record.optionalText('title');
  const colour = record.optionalText('color');
  const brand = record.optionalText('brand');
  return {
    id: record.text('id'),
    ...(category === undefined ? {} : { category }),
    ...(price === undefined ? {} : { price }),
    ...(title === undefined ? {} : { title }),
    ...(colour === undefined ? {} : { colour }),
    ...(brand === undefined ? {} : { brand }),
  };
}

async function* readSessions(file: string, catalogue: Catalogue, from: number): AsyncGenerator<TrainSession> {
  let index = from;
  for await (const line of readLines(file)) {
    const record = readRecord(file, line);
    yield {
      index,
      id: record.text('session'),
      user: record.optionalText('user'),
      events: parseEvents(record, catalogue, index),
    };
    index += 1;
  }
  if (index === from) throw errorAt(file, 1, 'expected at least one session, the file is empty');
}

/** Immediate repeats of the same product and kind count once; a search between them does not part them. */
function parseEvents(session: RecordReader, catalogue: Catalogue, index: number): ShopEvent[] {
  const events: ShopEvent[] = [];
  let last: ShopEvent | undefined;
  session.array('events').forEach((value, at) => {
    const event = parseEvent(session.element(value, `events[${at}]`), catalogue, index);
    if (event.kind !== 'search') {
      if (last?.item === event.item && last.kind === event.kind) return;
      last = event;
    }
    events.push(event);
  });
  return events;
}

function parseEvent(record: RecordReader, catalogue: Catalogue, session: number): ShopEvent {
  const kind = parseKind(record);
  const query = record.optionalText('q');
  const sub = record.optionalText('sub');
  const list = record.optionalArray('list')?.map((id) => indexOf(record, catalogue, id, 'list'));
  const prices = parsePrices(record, list?.length);
  return {
    kind,
    atMs: record.number('t') * 1000,
    item: kind === 'search' ? -1 : indexOf(record, catalogue, record.text('id'), 'id'),
    session,
    ...(query === undefined ? {} : { query }),
    ...(sub === undefined ? {} : { sub }),
    ...(list === undefined ? {} : { list }),
    ...(prices === undefined ? {} : { prices }),
  };
}

function parseKind(record: RecordReader): EventKind {
  const type = record.text('type');
  const kind = EVENT_KINDS.find((known) => known === type);
  return kind ?? record.fail(`expected "type" to be one of ${EVENT_KINDS.join(', ')}, got "${type}"`);
}

function parsePrices(record: RecordReader, length = 0): (number | undefined)[] | undefined {
  const prices = record.optionalArray('prices');
  if (prices === undefined) return undefined;
  if (prices.length !== length)
    record.fail(
      `expected "prices" to have one price for each of the ${length} products of "list", got ${prices.length}`,
    );
  return prices.map((price) => {
    if (price === null || typeof price === 'number') return price ?? undefined;
    return record.fail(`expected "prices" to hold numbers, got ${JSON.stringify(price)}`);
  });
}

function indexOf(record: RecordReader, catalogue: Catalogue, id: unknown, key: string): number {
  if (typeof id !== 'string')
    return record.fail(`expected "${key}" to hold product ids, got ${JSON.stringify(id)}`);
  return catalogue.indexOf.get(id) ?? record.fail(`product "${id}" in "${key}" is not in the catalogue`);
}

async function* readTasks(file: string, catalogue: Catalogue): AsyncGenerator<Task> {
  let isEmpty = true;
  for await (const line of readLines(file)) {
    isEmpty = false;
    yield parseTask(readRecord(file, line), catalogue, line.number);
  }
  if (isEmpty) throw errorAt(file, 1, 'expected at least one task, the file is empty');
}

function parseTask(record: RecordReader, catalogue: Catalogue, line: number): Task {
  const k = record.number('k');
  if (!Number.isInteger(k) || k < 0) record.fail(`expected "k" to be a count of events, got ${k}`);
  const items = record.array('list').map((id) => indexOf(record, catalogue, id, 'list'));
  const target = items.indexOf(indexOf(record, catalogue, record.text('target'), 'target'));
  if (target < 0) record.fail(`expected the target to be on the list, "${record.text('target')}" is not`);
  if (new Set(items).size < items.length) record.fail('expected each product once in "list", got one twice');
  const prices = parsePrices(record, items.length);
  return {
    session: record.text('session'),
    k,
    target,
    items,
    line,
    ...(prices === undefined ? {} : { prices }),
  };
}
