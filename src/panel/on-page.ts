import { defined } from '../core/defined.ts';
import type { Candidate } from '../core/item.ts';
import { asShown, type PanelHost } from './panel-host.ts';

/** Titles of the products that this page shows, by id: the device keeps none. */
export function titlesOn({ reshelf }: PanelHost): ReadonlyMap<string, string> {
  const items = reshelf.lists().flatMap(({ items }) => items);
  return new Map(
    items.flatMap(({ id, title }) => (id === null || title === null ? [] : [[id, title] as const])),
  );
}

/** The products of this page's longest list, as the ranker sees them; for previews. */
export function candidatesOn({ reshelf }: PanelHost): Candidate[] {
  const lists = [...reshelf.lists()].sort((a, b) => b.items.length - a.items.length);
  const seen = new Set<string>();
  return (lists[0]?.items ?? []).flatMap((item): Candidate[] => {
    const { id, slot, position, inStock, ...rest } = item;
    if (id === null || slot !== 'product' || seen.has(id)) return [];
    seen.add(id);
    const { title, price, brand, category, colour, sizes } = rest;
    const known = { title, price, brand, category, colour, inStock };
    const facts = Object.fromEntries(
      Object.entries(known).map(([name, value]) => [name, value ?? undefined]),
    );
    return [{ id: asShown(id), position, sizes, ...defined(facts) }];
  });
}
