import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from './statistics.ts';

/** Products of the made-up shop: two tastes of every pattern, in one category of long lists. */
const PATTERNS = ['dotted', 'striped', 'floral', 'checked', 'plain', 'velvet'];
const THINGS = ['mug', 'bowl', 'plate', 'vase', 'tray', 'jug', 'cup'];

/**
 * Writes a folder of records in which everybody keeps to one pattern: whoever learns from titles or from what was
 * bought together must do far better than the shop's order. `dev` repeats the habit for the same customers.
 */
export function writeRecords(folder: string, customers = 120): void {
  mkdirSync(folder, { recursive: true });
  const random = seeded(11);
  const products = PATTERNS.flatMap((pattern) =>
    THINGS.map((thing, i) => ({
      id: `${pattern}-${thing}`,
      category: 'kitchen',
      price: 5 + i,
      title: `${pattern} ${thing}`,
    })),
  );
  const basket = (customer: number): string[] => {
    const pattern = PATTERNS[customer % PATTERNS.length] ?? '';
    const things = [...THINGS].sort(() => random() - 0.5).slice(0, 4);
    return things.map((thing) => `${pattern}-${thing}`);
  };
  const orderOf = (customer: number, visit: number, items: readonly string[]) => ({
    session: `${customer}/${visit}`,
    user: `c${customer}`,
    events: items.map((id, i) => ({
      t: 1_700_000_000 + visit * 864_000 + customer * 600 + i,
      type: 'purchase',
      id,
    })),
  });
  const train = [0, 1, 2].flatMap((visit) =>
    Array.from({ length: customers }, (_, customer) => orderOf(customer, visit, basket(customer))),
  );
  const dev = Array.from({ length: customers }, (_, customer) => orderOf(customer, 3, basket(customer)));
  const ids = products.map(({ id }) => id).sort(); // an order of no meaning to anybody's taste
  const tasks = dev.map(({ session, events }) => ({ session, k: 2, target: events[2]?.id, list: ids }));
  for (const [name, lines] of Object.entries({ catalog: products, train, dev, 'tasks-dev': tasks }))
    writeFileSync(join(folder, `${name}.jsonl`), lines.map((line) => JSON.stringify(line)).join('\n'));
}
