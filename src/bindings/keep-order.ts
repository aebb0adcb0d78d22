import { atOnce } from '../core/steps.ts';
import type { OwnOrder } from '../page/own-order.ts';
import type { RankInput } from '../page/reshelf-api.ts';
import { boxesOf, unseen, watchSeen } from '../page/rows.ts';
import { dealt, extended, follows } from './sequence.ts';

/** The ranker takes no more at once. */
const MAX_RANKED = 1000;

/** What the items of a list have in common. */
export interface Identified {
  readonly id: string | number;
}

export interface ReshelfOptions<Item> {
  /** What `createReshelf` returned; else `window.reshelf`, whenever that comes. */
  readonly reshelf?: { readonly order: OwnOrder } | undefined;
  /** Tells the ranker of an item, where it is not `{ id, title, brand, category, price … }` itself. */
  readonly product?: (item: Item) => RankInput;
  /** Items that keep their place, such as sponsored ones. Those that are sold out (`inStock: false`) always do. */
  readonly pin?: (item: Item) => boolean;
  /** Items are shown as given: say so while the shopper's own sort holds. */
  readonly off?: boolean;
}

/** The attribute that makes the automatic order leave a list alone; the same on the server. */
export const OWN_LIST = { 'data-reshelf-list': 'own' } as const;

export interface OrderKeeper<Item> {
  /**
   * The items in the order to show; a card that was shown keeps its place among the others.
   * @param isServed whether this is what a server has rendered: it is shown as given, and moves only where unseen
   */
  show(items: readonly Item[], options: ReshelfOptions<Item>, isServed?: boolean): readonly Item[];
  /** How often `show` has come to give another answer for the same items. */
  version(): number;
  /** The list's element, whose children are the cards; without it nothing moves after it was rendered. */
  attach(list: Element | null): void;
  /** Starts to listen; calls back when `show` gives another answer. @returns ends it, leaving nothing */
  subscribe(changed: () => void): () => void;
}

interface Shown<Item> {
  readonly items: readonly Item[];
  readonly shown: readonly Item[];
  /** Of `shown`; none where they are shown as given. */
  readonly ids: readonly string[];
}

interface Memory {
  /** Ids in the app's order, with those that are not shown at present. */
  readonly given: readonly string[];
  /** The same, in the order in which they are shown. */
  readonly shown: readonly string[];
  /** Those of them that the ranker has not been asked about. */
  readonly open: ReadonlySet<string>;
}

const page = globalThis as unknown as { readonly reshelf?: { readonly order?: OwnOrder } };

/** What is behind `useReshelf` in every framework: keeps one list in a personal order that stays as it is. */
export function createOrderKeeper<Item extends Identified>(): OrderKeeper<Item> {
  let options: ReshelfOptions<Item> = {};
  let memory: Memory | undefined;
  /** What was shown last, and of what. */
  let last: Shown<Item> | undefined;
  let isStale = false;
  let version = 0;
  let list: Element | null = null;
  let tell: (() => void) | undefined;
  let seenBottom = () => Number.POSITIVE_INFINITY;
  let question = 0;

  const found = (): OwnOrder | undefined => (options.reshelf ?? page.reshelf)?.order;
  const orderNow = (): OwnOrder | undefined => {
    const order = found();
    return options.off !== true && order?.isOn() === true ? order : undefined;
  };
  function productOf(item: Item): RankInput {
    const product = options.product?.(item) ?? (item as Identified & Omit<RankInput, 'id'>); // each field is checked later
    return { ...product, id: String(product.id) };
  }
  const isFixed = (item: Item, { inStock }: RankInput) => inStock === false || options.pin?.(item) === true;
  const asGiven = (items: readonly Item[]): readonly Item[] => {
    last = options.off === true ? undefined : { items, ids: [], shown: items };
    return items;
  };

  function arrange(items: readonly Item[], order: OwnOrder, isServed: boolean): readonly Item[] {
    const places = items.map((item) => ({ item, product: productOf(item) }));
    const free = places.filter(({ item, product }) => !isFixed(item, product));
    const ids = free.map(({ product }) => product.id);
    const byId = new Map(free.map(({ item, product }) => [product.id, item]));
    if (byId.size !== ids.length) return asGiven(items); // an id twice
    const known = new Set(memory?.given);
    if (ids.length > 0 && !ids.some((id) => known.has(id))) memory = undefined; // another list
    const { given = [], shown = [], open = [] } = memory ?? {};
    if (!follows(given, ids)) return asGiven(items); // an order of the app's own
    const fresh = new Set(memory === undefined ? ids : ids.filter((id) => !known.has(id)));
    const standing = arranged(ids, shown);
    if (fresh.size > 0) {
      const products = rankable(items, fresh);
      const best = isServed ? undefined : quietly(() => order.now(products));
      const next = best === undefined ? standing : dealt(standing, fresh, best);
      memory = {
        given: extended(given, ids),
        shown: extended(shown, next),
        open: new Set([...open, ...fresh]),
      };
      ask();
    }
    const queue = arranged(ids, memory?.shown ?? []).values();
    const result = places.map(({ item, product }) =>
      isFixed(item, product) ? item : (byId.get(queue.next().value ?? '') ?? item),
    );
    last = { items, ids: result.map((item) => productOf(item).id), shown: result };
    return result;
  }

  /** What may move of these, as the ranker takes it; of more than it takes only what is new. */
  function rankable(items: readonly Item[], fresh: ReadonlySet<string>): RankInput[] {
    const products = items.flatMap((item) => {
      const product = productOf(item);
      return isFixed(item, product) ? [] : [product];
    });
    if (products.length <= MAX_RANKED) return products;
    return products.filter(({ id }) => fresh.has(id)).slice(0, MAX_RANKED);
  }
  /** Asks the ranker, and follows it where nobody has looked yet. */
  function ask(): void {
    question += 1;
    const asked = question;
    if (tell === undefined) return; // nobody shows it yet
    queueMicrotask(async () => {
      const order = orderNow();
      if (order === undefined || last === undefined || memory === undefined || asked !== question) return;
      const products = rankable(last.items, memory.open);
      const best = await order.ask(products).catch(() => undefined); // then it stays as it is
      if (document.visibilityState !== 'hidden') await new Promise(requestAnimationFrame);
      if (asked !== question || tell === undefined || memory === undefined) return;
      const { given, shown, open } = memory;
      const free = new Set(unseenIds().filter((id) => open.has(id)));
      const next = best === undefined ? shown : dealt(shown, free, best);
      memory = { given, shown: next, open: new Set() };
      const here = new Set(products.map(({ id }) => id));
      if (best !== undefined) order.keep(next.filter((id) => here.has(id)));
      if (next.some((id, place) => id !== shown[place])) changed();
    });
  }
  /** Products of the rows that have not been in view. */
  function unseenIds(): string[] {
    if (list === null || list.contains(document.activeElement)) return [];
    const cards = [...list.children];
    const isUnseen = unseen(atOnce(boxesOf(cards)), seenBottom());
    const ids = cards.length === last?.ids.length ? last.ids : []; // other children: then only by attribute
    return cards.flatMap((card, place) =>
      isUnseen[place] === true ? (card.getAttribute('data-reshelf-item') ?? ids[place] ?? []) : [],
    );
  }
  function changed(): void {
    version += 1;
    isStale = true;
    tell?.();
  }
  /** The page may have become personal, or ceased to be. */
  function look(): void {
    const order = orderNow();
    if (order === undefined && memory !== undefined) {
      memory = undefined;
      changed();
    } else if (order !== undefined && memory === undefined) adopt(order);
    else if (memory !== undefined && memory.open.size > 0) ask();
  }
  /** What has been shown as given so far is known from now on, and stays where it has been seen. */
  function adopt(order: OwnOrder): void {
    if (last !== undefined && last.items.length > 0) arrange(last.items, order, true);
  }

  return {
    version: () => version,
    show(items, given, isServed = false) {
      options = given;
      const order = orderNow();
      if (order === undefined) return asGiven(items);
      if (memory === undefined) adopt(order);
      if (last?.items === items && !isStale) return last.shown;
      isStale = false;
      return arrange(items, order, isServed);
    },
    attach(element) {
      list = element;
    },
    subscribe(listener) {
      tell = listener;
      const controller = new AbortController();
      const { signal } = controller;
      let unfollow: (() => void) | undefined;
      seenBottom = watchSeen(signal);
      const follow = () => {
        unfollow?.();
        unfollow = found()?.subscribe(look); // none in a stub that waits for the script
        look();
      };
      document.addEventListener('reshelf:ready', follow, { signal });
      follow();
      return () => {
        controller.abort();
        unfollow?.();
        tell = undefined;
      };
    },
  };
}

/** `ids` in the order of `sequence`, those that are not in it in the places that they have. */
function arranged(ids: readonly string[], sequence: readonly string[]): string[] {
  return dealt(ids, new Set(sequence.filter((id) => ids.includes(id))), sequence);
}

function quietly<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined; // what the ranker cannot take is shown as given
  }
}
