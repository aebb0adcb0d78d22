import { distinctItems, type SessionIndex } from '../../records/session-index.ts';
import type { Method } from '../method.ts';
import { popularFirstOnTies } from '../tied.ts';

/** The products met last, and what each counts for against the one after it. */
const MET = 50;
const DECAY = 0.85;
/** Rows of the table kept at once. */
const MAX_ROWS = 8192;

interface Row {
  readonly items: Int32Array;
  readonly similarities: Float32Array;
}

/**
 * Item-item co-occurrence: the cosine of two products' session vectors (Sarwar et al. 2001), summed over what the
 * shopper met last, earlier sessions included.
 */
export const itemItem: Method = {
  name: 'item-item',
  async fit(train) {
    const index = await train.index();
    const rowOf = createRows(index, train.catalogue.products.length);
    const sums = new Float64Array(train.catalogue.products.length);
    return {
      open: ({ events }) => ({
        score({ items }) {
          const met = distinctItems(events.slice(-10 * MET).reverse()).slice(0, MET);
          met.forEach((item, back) => {
            const row = rowOf(item);
            const weight = DECAY ** back;
            row.items.forEach((other, at) => {
              sums[other] = (sums[other] ?? 0) + weight * (row.similarities[at] ?? 0);
            });
          });
          const scores = popularFirstOnTies(items, (item) => sums[item] ?? 0, index);
          for (const item of met) for (const other of rowOf(item).items) sums[other] = 0;
          return scores;
        },
      }),
    };
  },
};

/** Rows are counted when first asked for: most products are never met by anyone in the split. */
function createRows(index: SessionIndex, products: number): (item: number) => Row {
  const rows = new Map<number, Row>();
  const counts = new Int32Array(products);
  return (item) => {
    const known = rows.get(item);
    if (known !== undefined) return known;
    const found: number[] = [];
    const own = index.sessionsWith(item);
    for (const session of own)
      for (const other of index.itemsOf(session)) {
        if (other === item) continue;
        if (counts[other] === 0) found.push(other);
        counts[other] = (counts[other] ?? 0) + 1;
      }
    const row: Row = {
      items: Int32Array.from(found),
      similarities: Float32Array.from(
        found,
        (other) => (counts[other] ?? 0) / Math.sqrt(own.length * index.sessionsWith(other).length),
      ),
    };
    for (const other of found) counts[other] = 0;
    if (rows.size >= MAX_ROWS)
      for (const oldest of [...rows.keys()].slice(0, MAX_ROWS / 2)) rows.delete(oldest);
    rows.set(item, row);
    return row;
  };
}
