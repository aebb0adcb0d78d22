import { seededRandom } from '../../rank/random.ts';
import type { ListStyle } from './list-style.ts';
import type { Catalogue, ShopEvent, ShopList } from './shop-data.ts';

/** A list as the split would have shown it, made for an event of train. */
export interface TrainList extends ShopList {
  /** Place of the event's product. */
  readonly target: number;
}

/** Shorter lists say next to nothing about an order; one that was displayed says what it can. */
const MIN_ITEMS = 5;
const MIN_SHOWN = 2;

/** Products by category, in the catalogue's order; those without one under an empty text. */
export function byCategory({ products }: Catalogue): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  products.forEach(({ category = '' }, item) => {
    const mates = found.get(category);
    if (mates === undefined) found.set(category, [item]);
    else mates.push(item);
  });
  return found;
}

export interface ListMaker {
  /** @param soldOf sales without those of the event's own session, or the order would tell the answer */
  make(event: ShopEvent, soldOf: (item: number) => number): TrainList | undefined;
  /** How many products the event's list would have; 0 where none is made. */
  sizeOf(event: ShopEvent): number;
}

/**
 * Makes lists for events of train, alike to those of the split: the displayed list where the log has one; else the
 * products of the same category, all of them in the order of the catalogue where the split does so, or else as many
 * as the split's longest list, most sold first. Products without a category make no list.
 */
export function createListMaker(catalogue: Catalogue, style: ListStyle): ListMaker {
  const next = seededRandom(2);
  const categories = byCategory(catalogue);
  /** Products of the event's category; none where they are too few for a list. */
  function matesOf({ item }: ShopEvent): readonly number[] {
    const category = catalogue.products[item]?.category;
    const mates = category === undefined ? [] : (categories.get(category) ?? []);
    return mates.length < MIN_ITEMS ? [] : mates;
  }
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
  const isShown = ({ item, list }: ShopEvent): boolean =>
    list !== undefined && list.length >= MIN_SHOWN && list.includes(item);
  return {
    make(event, soldOf) {
      const { item, list, prices } = event;
      if (list !== undefined) {
        if (!isShown(event)) return undefined;
        return { items: list, target: list.indexOf(item), ...(prices === undefined ? {} : { prices }) };
      }
      const mates = matesOf(event);
      if (mates.length === 0) return undefined;
      const items = style.isCatalogueOrder ? mates : sample(mates, item, soldOf);
      return { items, target: items.indexOf(item) };
    },
    sizeOf(event) {
      if (event.list !== undefined) return isShown(event) ? event.list.length : 0;
      const { length } = matesOf(event);
      return style.isCatalogueOrder ? length : Math.min(style.longest, length);
    },
  };
}
