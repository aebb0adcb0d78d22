import { asListId } from '../core/ids.ts';
import type { Recipe } from '../core/recipe.ts';
import type { Steps } from '../core/steps.ts';
import { type NamedProduct, readStructuredData, type StructuredData, toPath } from './json-ld.ts';
import { readPageData } from './page-data.ts';
import type { Card, FoundBy, ProductList } from './product-list.ts';
import { type FindNamed, readProduct } from './read-card.ts';
import { lookForPrice } from './read-look.ts';
import { markIn, readRule } from './read-rule.ts';
import { recipeOf } from './recipe-of.ts';
import type { Settings } from './settings.ts';
import { slotKind } from './slot-kind.ts';

/** A container and those of its children that show a product. */
interface FoundList {
  readonly container: Element;
  readonly cards: readonly HTMLElement[];
  readonly theme?: Recipe;
}

/** Where nobody looks for products, and what a shopper has chosen or seen, which stands in its own order. */
const APART =
  'nav,[role=navigation],[role=dialog],:is(header,footer,[aria-hidden=true],form[action*=cart]):not(main *),[class*=cart-items],[class*=minicart],[class*=mini-cart],[class*=recently i],[id*=recently i],[class*=viewed-product]';
/** Fewer products than this are no list to order. */
const MIN_CARDS = 2;

/**
 * Every product list of the page, in document order, by: the merchant's selectors, `data-reshelf-list` attributes,
 * the markup of known themes, JSON-LD, microdata, and last by looks: links with prices, one beside the other.
 * A container found by one way is not looked at by the next. Lists in shadow roots and frames are left alone.
 */
export function* findLists(
  settings: Pick<Settings, 'listSelector' | 'itemSelector' | 'pinSelector'>,
  themes: readonly Recipe[],
  given?: StructuredData,
): Steps<ProductList[]> {
  const data = given ?? (yield* readStructuredData(document));
  const find = createFind([...data.listed, ...data.single, ...readPageData(globalThis)]);
  const found: (FoundList & { readonly foundBy: FoundBy })[] = [];
  const finders: readonly (readonly [FoundBy, () => Steps<FoundList[]>])[] = [
    ['selectors', () => findSelected(settings.listSelector, settings.itemSelector)],
    ['attributes', () => findSelected('[data-reshelf-list]', '[data-reshelf-item]')],
    ...themes.map((theme): [FoundBy, () => Steps<FoundList[]>] => ['theme', () => findTheme(theme)]),
    ['json-ld', () => findByLinks(data.listed)],
    ['microdata', () => findMicrodata()],
    ['looks', () => findByLooks()],
  ];
  for (const [foundBy, finder] of finders) {
    yield;
    for (const list of yield* finder())
      if (
        list.cards.length >= MIN_CARDS &&
        (foundBy === 'selectors' || foundBy === 'attributes' || list.container.closest(APART) === null) &&
        !found.some(({ container }) => overlaps(container, list.container))
      )
        found.push({ ...list, foundBy });
  }
  found.sort((a, b) =>
    a.container.compareDocumentPosition(b.container) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
  const pins = pinsOf(settings.pinSelector);
  const path = toPath(location.href) ?? '/';
  const read: ProductList[] = [];
  for (const [index, { container, cards, theme, foundBy }] of found.entries()) {
    const children = [...container.children];
    const list = yield* readCards(children, new Set(cards), find, pins, theme);
    read.push({
      listId: asListId(`${path}#${container.id || index}`),
      container,
      children,
      cards: list,
      recipe: theme ?? (yield* recipeOf(container, list)),
      foundBy,
    });
  }
  return read;
}

/** What the merchant pins, as one selector. */
export const pinsOf = (pinSelector: string | undefined): string =>
  ['[data-reshelf-pin]', ...(pinSelector === undefined ? [] : [pinSelector])].join(',');

/** Children that are never places of a list. */
const NO_PLACE = 'script,style,template,link,meta,noscript,h1,h2,h3,h4,hr,[hidden]';

function* readCards(
  children: readonly Element[],
  cards: ReadonlySet<Element>,
  find: FindNamed,
  pins: string,
  theme: Recipe | undefined,
): Steps<Card[]> {
  const tags = new Set([...cards].map(({ tagName }) => tagName));
  const read: Card[] = [];
  for (const element of children) {
    yield;
    if (!(element instanceof HTMLElement) || element.matches(NO_PLACE)) continue;
    if (!cards.has(element)) {
      if (!tags.has(element.tagName) && element.querySelector('a, img') === null) continue;
      const [slot, sure] = slotKind(element, undefined);
      const nothing = { id: null, facts: {}, currency: undefined, isPinned: true };
      read.push({ element, ...nothing, slot, confidence: { slot: sure } });
      continue;
    }
    const product = readProduct(element, find, theme);
    const { confidence } = product;
    const [slot, sure] = slotKind(element, confidence.id);
    const isPinned = slot !== 'product' || product.facts.inStock === false || markIn(element, pins) !== null;
    read.push({ element, ...product, slot, isPinned, confidence: { ...confidence, slot: sure } });
  }
  return read;
}

/** Lists whose markup is that of a known theme: most of their places must show an id where that theme puts it. */
function* findTheme(theme: Recipe): Steps<FoundList[]> {
  const lists: FoundList[] = [];
  for (const container of document.querySelectorAll(theme.list)) {
    const cards: HTMLElement[] = [];
    let places = 0;
    for (const child of [...container.children]) {
      yield;
      if (!(child instanceof HTMLElement && child.matches(theme.item))) continue;
      places++;
      if (readRule(child, theme.id) !== undefined) cards.push(child);
    }
    if (cards.length * 2 > places) lists.push({ container, cards, theme });
  }
  return lists;
}

/** Lists that CSS selectors name. */
function* findSelected(lists = '', items = ''): Steps<FoundList[]> {
  const found: FoundList[] = [];
  if (lists !== '' && items !== '')
    for (const list of document.querySelectorAll(lists))
      found.push(...(yield* groupEach(list.querySelectorAll(items))));
  return found;
}

const findMicrodata = (): Steps<FoundList[]> =>
  groupEach(document.querySelectorAll('[itemtype$="schema.org/Product"]'));

/** Where every element stands for a product of its own. */
const groupEach = (elements: NodeListOf<Element>): Steps<FoundList[]> =>
  groupCards(new Map([...elements].map((element, index) => [element, String(index)])));

/** Paths that are no product's: home, what a cart does, and categories. */
const NO_PRODUCT =
  /^\/$|\/(add|cart|basket|wishlist|compare|warenkorb|panier)\b|\/(collections|(product-)?category)\/[^/]+$/;
/** Looks deceive: fewer cards than this may be anything. */
const MIN_LOOKALIKES = 3;

/** Cards of one kind beside each other, each with a product's id or a link of its own, and a price. */
function* findByLooks(): Steps<FoundList[]> {
  const here = toPath(location.href);
  const lists: FoundList[] = [];
  const groups = yield* findKeyed(
    (path, id) => id ?? (path === here || NO_PRODUCT.test(path ?? '') ? undefined : path),
  );
  for (const { container, cards } of groups) {
    const alike: HTMLElement[] = [];
    for (const card of cards) {
      yield;
      if ((alike[0] ?? card).tagName === card.tagName && lookForPrice(card) !== undefined) alike.push(card);
    }
    const pictured = alike.filter((card) => card.querySelector('img') !== null);
    const shown = pictured.length < MIN_LOOKALIKES ? alike : pictured; // beside pictures, a card without is a notice
    if (shown.length >= MIN_LOOKALIKES) lists.push({ container, cards: shown });
  }
  return lists;
}

/** Products that JSON-LD lists are found on the page by the links to their pages, else by their ids in attributes. */
function findByLinks(listed: readonly NamedProduct[]): Steps<FoundList[]> {
  const keyByName = new Map(listed.flatMap(({ path, ids }) => [path, ids[0]].map((name) => [name, ids[0]])));
  keyByName.delete(undefined);
  return findKeyed((path, id) => keyByName.get(path) ?? keyByName.get(id));
}

/** What links and ids on the page tell of products, each by the key that it is given. */
function* findKeyed(
  keyFor: (path: string | undefined, id: string | undefined) => string | undefined,
): Steps<FoundList[]> {
  const keyOf = new Map<Element, string>();
  for (const element of document.querySelectorAll<HTMLElement>(
    'a[href],[data-product-id],[data-sku],[data-id]',
  )) {
    yield;
    const { productId, sku, id } = element.dataset;
    const key = keyFor(toPath(element.getAttribute('href')), productId ?? sku ?? id);
    if (key !== undefined) keyOf.set(element, key);
  }
  return yield* groupCards(keyOf);
}

/**
 * From elements that each belong to one product to cards: a card is the outermost ancestor that still holds one
 * product only, and a list is the parent of such cards.
 */
function* groupCards(keyOf: ReadonlyMap<Element, string>): Steps<FoundList[]> {
  const keysBelow = new Map<Element, Set<string>>();
  for (const [element, key] of keyOf) {
    yield;
    for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
      const keys = keysBelow.get(at) ?? new Set();
      keysBelow.set(at, keys.add(key));
    }
  }
  const groups = new Map<Element, Set<HTMLElement>>();
  for (let card of keyOf.keys()) {
    yield;
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
