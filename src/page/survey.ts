import type { Way } from '../core/order-snapshot.ts';
import { atOnce } from '../core/steps.ts';
import { targetOf } from './arrange-list.ts';
import { hasExplicitSort, isSortControl } from './explicit-sort.ts';
import { findLists, pinsOf } from './find-lists.ts';
import { readStructuredData } from './json-ld.ts';
import { type FoundBy, isMovable, type ListedItem, type ProductList, toListed } from './product-list.ts';
import { findPageProduct } from './product-page.ts';
import { markIn } from './read-rule.ts';
import type { Settings } from './settings.ts';
import { type Advice, adviseList, advisePage } from './survey-advice.ts';
import { THEMES } from './themes.ts';
import { wayFor } from './way.ts';

/** How far each way of finding a list is believed. */
const LIST_SURE: Readonly<Record<FoundBy, number>> = {
  selectors: 1,
  attributes: 1,
  theme: 0.95,
  'json-ld': 0.9,
  microdata: 0.9,
  looks: 0.5,
};

/** Why a place keeps what it shows. */
export type Pinned = 'sponsored' | 'promo' | 'banner' | 'out of stock' | 'pinned by the shop' | 'shown twice';

export interface SurveyedPlace extends ListedItem {
  /** `null` where the product may move. */
  readonly pinned: Pinned | null;
  /** The place it would get in the example, from 0. */
  readonly wouldStand: number;
}

export interface SurveyedList {
  readonly listId: string;
  readonly foundBy: FoundBy;
  readonly confidence: number;
  /** The theme's name, or "page" where the rules were worked out on this page. */
  readonly theme: string;
  /** The list's element, e.g. "ul#product-grid". */
  readonly element: string;
  readonly way: Way;
  /** Why that way. */
  readonly because: string;
  readonly places: readonly SurveyedPlace[];
  /** What the example shopper likes; `null` where the products differ in nothing that can be told. */
  readonly example: { readonly field: 'brand' | 'category'; readonly value: string } | null;
  readonly advice: readonly Advice[];
}

/** What Reshelf would do on this page, told without doing it. */
export interface Survey {
  readonly address: string;
  readonly title: string;
  /** The order that the shopper chose, in words; then nothing moves. */
  readonly sort: string | null;
  readonly product: {
    readonly id: string;
    readonly title: string | null;
    readonly price: number | null;
  } | null;
  readonly lists: readonly SurveyedList[];
  readonly advice: readonly Advice[];
}

/** What the merchant told of where lists and products are. */
export type Selectors = Pick<Settings, 'listSelector' | 'itemSelector' | 'pinSelector'>;

/** Reads the page as after a grant; moves, keeps and sends nothing. */
export function survey(
  settings: Selectors,
  found: readonly ProductList[] = atOnce(findLists(settings, THEMES)),
): Survey {
  const pins = pinsOf(settings.pinSelector);
  const lists = found.map((list) => surveyList(list, pins));
  const product = findPageProduct(atOnce(readStructuredData(document)));
  const sort = hasExplicitSort() ? sortInWords() : null;
  return {
    address: location.href,
    title: document.title,
    sort,
    product:
      product === undefined
        ? null
        : { id: product.itemId, title: product.facts.title ?? null, price: product.facts.price ?? null },
    lists,
    advice: advisePage(lists.length, product !== undefined, sort),
  };
}

function surveyList(list: ProductList, pins: string): SurveyedList {
  const { container, cards, recipe, foundBy } = list;
  const seen = new Set<string>();
  const pinned = cards.map((card): Pinned | null => {
    if (card.slot !== 'product') return card.slot;
    if (markIn(card.element, pins)) return 'pinned by the shop';
    if (card.facts.inStock === false) return 'out of stock';
    if (card.id === null || seen.has(card.id)) return 'shown twice';
    seen.add(card.id);
    return null;
  });
  const { items } = toListed(
    list,
    cards.map(({ element }) => element),
  );
  const example = exampleOf(items.filter((_, place) => pinned[place] === null));
  const liked = items.filter((item) => example !== null && item[example.field] === example.value);
  const ids = [...liked, ...items.filter((item) => !liked.includes(item))].flatMap(({ id }) => id ?? []);
  const places = cards.map((card, position) => ({ ...card, position, isMovable: isMovable(card) }));
  const target = example === null ? undefined : targetOf(places, ids);
  const way = wayFor(container);
  const surveyed = {
    listId: list.listId,
    foundBy,
    confidence: LIST_SURE[foundBy],
    theme: recipe.name,
    element: nameOf(container),
    way,
    because: BECAUSE[way],
    places: items.map((item, place) => ({
      ...item,
      pinned: pinned[place] ?? null,
      wouldStand: way === 'stand' ? place : (target?.indexOf(cards[place]?.element as HTMLElement) ?? place),
    })),
    example,
  };
  return { ...surveyed, advice: adviseList(surveyed) };
}

const BECAUSE: Readonly<Record<Way, string>> = {
  move: 'no framework renders this list, so its nodes may move: the fewest that give the order',
  order: 'a framework renders this list, so its nodes stay and CSS `order` places them',
  stand: 'a framework renders this list and it is neither flex nor grid, so it keeps its order',
};

/** How developers call an element. */
function nameOf({ localName, id, classList }: Element): string {
  if (id !== '') return `${localName}#${id}`;
  return [localName, ...[...classList].slice(0, 2)].join('.');
}

/** A brand or category of the last products that not all share: somebody may have come for that. */
function exampleOf(items: readonly ListedItem[]): SurveyedList['example'] {
  for (const field of ['brand', 'category'] as const) {
    const values = items.map((item) => item[field]);
    const value = values.reverse().find((name) => name !== null && name !== values.at(-1));
    if (value) return { field, value };
  }
  return null;
}

/** The sort control's own words, else the address's. */
function sortInWords(): string {
  const control = [...document.querySelectorAll('select')].find(
    (select) => isSortControl(select) && select.selectedIndex > 0,
  );
  return control?.selectedOptions[0]?.textContent?.trim() || location.search.slice(1);
}
