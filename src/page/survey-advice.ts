import type { FieldName } from './read-card.ts';
import type { SurveyedList } from './survey.ts';

/** What is amiss, and what to do. */
export interface Advice {
  readonly code:
    | 'no-list'
    | 'sorted'
    | 'framework'
    | 'guessed-list'
    | 'few-movable'
    | 'addresses-as-ids'
    | 'same-ids'
    | 'no-prices'
    | 'some-prices'
    | 'nothing-in-common';
  readonly says: string;
  readonly todo: string;
}

/** Below this an id was taken from the address of the product. */
const SURE_ID = 0.7;

export function advisePage(lists: number, hasProduct: boolean, sort: string | null): Advice[] {
  const advice: Advice[] = [];
  if (lists === 0 && !hasProduct)
    advice.push({
      code: 'no-list',
      says: 'No product list was found.',
      todo: 'Put data-reshelf-list on the list and data-reshelf-item="<product id>" on each card, or name them in the script tag: data-reshelf-list-selector="…" data-reshelf-item-selector="…". If the page fills its list late, try --wait.',
    });
  if (sort !== null)
    advice.push({
      code: 'sorted',
      says: `The shopper chose an order here ("${sort}"), so no list of this page moves.`,
      todo: 'Nothing, if that is so. To see what would move, open the page in its usual order.',
    });
  return advice;
}

export function adviseList(list: Omit<SurveyedList, 'advice'>): Advice[] {
  const advice: Advice[] = [];
  const products = list.places.filter(({ slot }) => slot === 'product' || slot === 'sponsored');
  const lacks = (field: 'price' | 'brand' | 'category') =>
    products.filter((product) => product[field] === null).length;
  const sureness = (field: FieldName) =>
    Math.min(...products.map(({ confidence }) => confidence[field] ?? 0));
  if (list.way === 'stand')
    advice.push({
      code: 'framework',
      says: 'A framework renders this list, and it is neither flex nor grid: it stays as it is.',
      todo: 'Give the list display: grid or flex, or order the data itself with reshelf.rank (reshelf/react, /vue, /svelte).',
    });
  if (list.foundBy === 'looks')
    advice.push({
      code: 'guessed-list',
      says: 'The list was found by its looks only: cards beside each other with links and prices.',
      todo: 'Put data-reshelf-list on the list and data-reshelf-item="<product id>" on each card, so that it is certain.',
    });
  if (sureness('id') < SURE_ID)
    advice.push({
      code: 'addresses-as-ids',
      says: 'Some ids are the addresses of the products. That works as long as an address does not change.',
      todo: 'Put data-reshelf-item="<product id>" (or data-product-id) on each card, and the same id on the product page.',
    });
  if (list.places.some(({ pinned }) => pinned === 'shown twice'))
    advice.push({
      code: 'same-ids',
      says: 'Some cards have the same id; the first may move, the others stay.',
      todo: 'If they are different products, give each card its own data-reshelf-item.',
    });
  const unpriced = lacks('price');
  if (unpriced === products.length)
    advice.push({
      code: 'no-prices',
      says: 'No prices were found, so what a shopper likes to spend is not learned.',
      todo: 'Put data-reshelf-price="19.90" on each card, or have the shop system write JSON-LD with offers.',
    });
  else if (unpriced > 0)
    advice.push({
      code: 'some-prices',
      says: `${unpriced} of ${products.length} products show no price.`,
      todo: 'Put data-reshelf-price="19.90" on these cards.',
    });
  if (lacks('brand') === products.length && lacks('category') === products.length)
    advice.push({
      code: 'nothing-in-common',
      says: 'Neither brands nor categories were found, so likeness is learned from titles and prices alone.',
      todo: 'Put data-reshelf-brand and data-reshelf-category on each card, or have the shop system write JSON-LD.',
    });
  if (list.places.filter(({ pinned }) => pinned === null).length < 2)
    advice.push({
      code: 'few-movable',
      says: 'Fewer than two products may move, so nothing will.',
      todo: 'Look at what is pinned and why; take off data-reshelf-pin or labels where they are not meant.',
    });
  return advice;
}
