import type { ListStyle } from './list-style.ts';
import { createSeeded } from './seeded.ts';
import type { Catalogue, ShopEvent, ShopList } from './shop-data.ts';

/** A list as the split would have shown it, made for an event of train. */
export interface TrainList extends ShopList {
  /** Place of the event's product. */
  readonly target: number;
}

/** Shorter lists say next to nothing about an order. */
const MIN_ITEMS = 5;

/**
 * Makes lists for events of train, alike to those of the split: the displayed list where the log has one; else the
 * products of the same category, all of them in the order of the catalogue where the split does so, or else as many
 * as the split's longest list, most sold first. Products without a category make no list.
 */
export function createListMaker(
  catalogue: Catalogue,
  style: ListStyle,
): (event: ShopEvent, soldOf: (item: number) => number) => TrainList | undefined {
  const next = createSeeded(2);
  const byCategory = new Map<string, number[]>();
  catalogue.products.forEach(({ category }, item) => {
    if (category === undefined) return;
    const mates = byCategory.get(category);
    if (mates === undefined) byCategory.set(category, [item]);
    else mates.push(item);
  });
  /** `style.longest` of them, the event's own among them, each other one as likely. */
  function sample(mates: readonly number[], item: number, soldOf: (item: number) => number): number[] {
    const others = mates.filter((mate) => mate !== item);
    const size = Math.min(style.longest - 1, others.length);
    for (let at = 0; at < size; at++) {
      const other = at + Math.floor(next() * (others.length - at));
      [others[at], others[other]] = [others[other] ?? -1, others[at] ?? -1];
    }
    return [...others.slice(0, size), item].sort((a, b) => soldOf(b) - soldOf(a) || a - b);
  }
  /** @param soldOf sales without those of the event's own session, or the order would tell the answer */
  return ({ item, list, prices }, soldOf) => {
    if (list !== undefined) {
      const target = list.indexOf(item);
      if (target < 0 || list.length < 2) return undefined;
      return { items: list, target, ...(prices === undefined ? {} : { prices }) };
    }
    const mates = byCategory.get(catalogue.products[item]?.category ?? '') ?? [];
    if (mates.length < MIN_ITEMS) return undefined;
    const items = style.isCatalogueOrder ? mates : sample(mates, item, soldOf);
    return { items, target: items.indexOf(item) };
  };
}
