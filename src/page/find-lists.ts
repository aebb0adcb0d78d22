import { asListId } from '../core/ids.ts';
import { type NamedProduct, readStructuredData, type StructuredData, toPath } from './json-ld.ts';
import type { Card, ProductList } from './product-list.ts';
import { type FindNamed, readProduct, slotOf } from './read-card.ts';
import type { Settings } from './settings.ts';

/** A container and those of its children that show a product. */
interface FoundList {
  readonly container: Element;
  readonly cards: readonly HTMLElement[];
}

/** Fewer products than this are no list to order. */
const MIN_CARDS = 2;

/**
 * Every product list of the page, in document order, by: the merchant's selectors, `data-reshelf-list` attributes,
 * JSON-LD, microdata. A container found by one way is not looked at by the next.
 */
export function findLists(
  settings: Pick<Settings, 'listSelector' | 'itemSelector' | 'pinSelector'>,
  data: StructuredData = readStructuredData(document),
): ProductList[] {
  const find = createFind([...data.listed, ...data.single]);
  const found: FoundList[] = [];
  const finders = [
    () => findSelected(settings.listSelector, settings.itemSelector),
    () => findSelected('[data-reshelf-list]', '[data-reshelf-item]'),
    () => findByLinks(data.listed),
    () => findMicrodata(),
  ];
  for (const finder of finders)
    for (const list of finder())
      if (
        list.cards.length >= MIN_CARDS &&
        !found.some(({ container }) => overlaps(container, list.container))
      )
        found.push(list);
  found.sort((a, b) =>
    a.container.compareDocumentPosition(b.container) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
  const pins = ['[data-reshelf-pin]', settings.pinSelector]
    .filter((selector) => selector !== undefined)
    .join(',');
  const path = toPath(location.href) ?? '/';
  return found.map(({ container, cards }, index) => ({
    listId: asListId(`${path}#${container.id || index}`),
    container,
    cards: readCards(container, new Set(cards), find, pins),
  }));
}

function readCards(container: Element, cards: ReadonlySet<Element>, find: FindNamed, pins: string): Card[] {
  const tag = [...cards][0]?.tagName;
  return [...container.children].flatMap((element) => {
    if (!(element instanceof HTMLElement)) return [];
    if (!cards.has(element)) {
      if (element.tagName !== tag || element.hidden) return []; // a heading, a script: no place of the list
      return [{ element, id: null, facts: {}, currency: undefined, slot: 'promo' as const, isPinned: true }];
    }
    const { id, facts, currency } = readProduct(element, find);
    const isPinned = element.matches(pins) || element.querySelector(pins) !== null;
    return [{ element, id, facts, currency, slot: slotOf(element, id), isPinned }];
  });
}

/** Lists that CSS selectors name. */
const findSelected = (lists = '', items = ''): FoundList[] =>
  lists === '' || items === ''
    ? []
    : [...document.querySelectorAll(lists)].flatMap((list) => groupEach(list.querySelectorAll(items)));

const findMicrodata = (): FoundList[] =>
  groupEach(document.querySelectorAll('[itemtype$="schema.org/Product"]'));

/** Where every element stands for a product of its own. */
const groupEach = (elements: NodeListOf<Element>): FoundList[] =>
  groupCards(new Map([...elements].map((element, index) => [element, String(index)])));

/** Products that JSON-LD lists are found on the page by the links to their pages, else by their ids in attributes. */
function findByLinks(listed: readonly NamedProduct[]): FoundList[] {
  const keyByName = new Map(listed.flatMap(({ path, ids }) => [path, ids[0]].map((name) => [name, ids[0]])));
  keyByName.delete(undefined);
  const keyOf = new Map<Element, string>();
  for (const element of document.querySelectorAll<HTMLElement>(
    'a[href], [data-product-id], [data-sku], [data-id]',
  )) {
    const { productId, sku, id } = element.dataset;
    const key = keyByName.get(toPath(element.getAttribute('href'))) ?? keyByName.get(productId ?? sku ?? id);
    if (key !== undefined) keyOf.set(element, key);
  }
  return groupCards(keyOf);
}

/**
 * From elements that each belong to one product to cards: a card is the outermost ancestor that still holds one
 * product only, and a list is the parent of such cards.
 */
function groupCards(keyOf: ReadonlyMap<Element, string>): FoundList[] {
  const keysBelow = new Map<Element, Set<string>>();
  for (const [element, key] of keyOf)
    for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
      const keys = keysBelow.get(at) ?? new Set();
      keysBelow.set(at, keys.add(key));
    }
  const groups = new Map<Element, Set<HTMLElement>>();
  for (let card of keyOf.keys()) {
    let parent = card.parentElement;
    while (parent !== null && keysBelow.get(parent)?.size === 1) {
      card = parent;
      parent = card.parentElement;
    }
    if (parent === null || !(card instanceof HTMLElement)) continue;
    groups.set(parent, (groups.get(parent) ?? new Set()).add(card));
  }
  return [...groups].map(([container, cards]) => ({ container, cards: [...cards] }));
}

function createFind(products: readonly NamedProduct[]): FindNamed {
  const byKey = new Map<string, NamedProduct>();
  for (const product of products)
    for (const key of [...product.ids, product.path])
      if (key !== undefined && !byKey.has(key)) byKey.set(key, product);
  return (key) => byKey.get(key);
}

const overlaps = (a: Element, b: Element): boolean => a.contains(b) || b.contains(a);
