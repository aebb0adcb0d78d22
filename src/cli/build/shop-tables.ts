import { asItemId, type ItemId } from '../../core/ids.ts';
import { itemHash } from '../../core/item-hash.ts';
import type { FindArtefacts } from '../../rank/candidate.ts';
import { decodeShard, encodeShard, type ItemArtefacts } from '../../rank/shard.ts';
import type { Catalogue, TrainSession } from '../records/shop-data.ts';
import { countOrders } from './count.ts';
import { openEngine } from './engine.ts';
import { type Feed, toProduct } from './feed.ts';
import { loadCatalogue, loadOrders } from './load.ts';
import type { OrderPart } from './orders.ts';
import { readPages } from './pages.ts';
import { CLICK_TABLES, ORDER_TABLES } from './table-settings.ts';

const PAGE_SIZE = 100;
const SESSIONS_AT_ONCE = 500;
const NONE: FindArtefacts = () => undefined;

/**
 * The very tables that `reshelf build` would publish of these sessions, encoded and decoded again, in memory.
 * @param isCounted which sessions take part
 * @throws CliError when DuckDB is missing
 */
export async function countTables(
  catalogue: Catalogue,
  sessions: AsyncIterable<TrainSession>,
  isCounted: (session: TrainSession) => boolean,
): Promise<FindArtefacts> {
  const quiet = () => {};
  const engine = await openEngine();
  try {
    await loadCatalogue(engine, feedOf(catalogue), 'catalogue', quiet);
    const parts = orderParts(catalogue, sessions, isCounted);
    const first = await parts.next();
    if (first.done === true) return NONE;
    const { isMostlyClicks } = await loadOrders(engine, withFirst(first.value, parts), 'train', quiet);
    await countOrders(engine, quiet, isMostlyClicks ? CLICK_TABLES : ORDER_TABLES);
    const found = new Map<ItemId, ItemArtefacts>();
    const idsOf = idsByHash(catalogue);
    for await (const [, pages] of readPages(engine, PAGE_SIZE, true, quiet))
      for await (const page of pages) {
        const shard = decodeShard(encodeShard(page, true));
        for (const { hash } of page)
          for (const id of idsOf.get(hash) ?? []) {
            const artefacts = shard(id);
            if (artefacts !== undefined) found.set(id, artefacts);
          }
      }
    return (id) => found.get(id);
  } finally {
    await engine.close();
  }
}

function idsByHash({ products }: Catalogue): Map<number, ItemId[]> {
  const ids = new Map<number, ItemId[]>();
  for (const { id } of products) {
    const hash = itemHash(id);
    const known = ids.get(hash);
    if (known === undefined) ids.set(hash, [asItemId(id)]);
    else known.push(asItemId(id));
  }
  return ids;
}

async function* feedOf({ products }: Catalogue): Feed {
  yield { products: products.flatMap((product) => toProduct(product) ?? []), names: [] };
}

/** Nothing at all when no session is counted. */
async function* orderParts(
  { products }: Catalogue,
  sessions: AsyncIterable<TrainSession>,
  isCounted: (session: TrainSession) => boolean,
): AsyncGenerator<OrderPart> {
  let lines: OrderPart['lines'] = [];
  let waiting = 0;
  for await (const session of sessions) {
    if (!isCounted(session)) continue;
    for (const { kind, item, atMs } of session.events)
      if (kind !== 'search')
        lines.push({
          order: session.id,
          customer: session.user ?? '',
          item: products[item]?.id ?? '',
          type: kind,
          atMs,
        });
    waiting += 1;
    if (waiting < SESSIONS_AT_ONCE || lines.length === 0) continue;
    yield { lines, skipped: 0 };
    lines = [];
    waiting = 0;
  }
  if (lines.length > 0) yield { lines, skipped: 0 };
}

async function* withFirst<Value>(first: Value, rest: AsyncGenerator<Value>): AsyncGenerator<Value> {
  yield first;
  yield* rest;
}
