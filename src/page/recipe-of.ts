import type { Recipe } from '../core/recipe.ts';
import type { Steps } from '../core/steps.ts';
import type { Card } from './product-list.ts';
import { ID_ATTRIBUTES } from './read-card.ts';
import { readRule } from './read-rule.ts';

/** Where ids are looked for on pages of no known theme; the first rule that gives every card its own id is taken. */
const ID_RULES = [
  ...ID_ATTRIBUTES.flatMap((name) => [` @${name}`, `[${name}] @${name}`]),
  '[itemprop="productID"] @content',
  '[itemprop="sku"] @content',
  '[itemprop="sku"]',
  ...['([^/?#]+)/?(?:[?#]|$)', '^(?:https?://[^/]+)?([^?#]+?)/?(?:[?#]|$)'].map(
    (part) => ` @href => ${part} || a[href] @href => ${part}`, // a card may be the link itself
  ),
];

/** The recipe of a list that was found without a theme, so that the next page can be read before it is painted. */
export function* recipeOf(container: Element, cards: readonly Card[]): Steps<Recipe> {
  const products = cards.filter(({ id }) => id !== null);
  const id = yield* idRuleOf(products);
  const tag = products[0]?.element.localName ?? '*';
  const shared = [...(products[0]?.element.classList ?? [])].find((name) =>
    products.every(({ element }) => element.classList.contains(name)),
  );
  return {
    name: 'page',
    list: selectorOf(container),
    item: shared === undefined ? tag : `${tag}.${CSS.escape(shared)}`,
    id: id ?? (ID_RULES.at(-1) as string),
    title:
      ' @data-reshelf-title || [itemprop="name"] || h1, h2, h3, h4 || [class*="title" i], [class*="name" i] || a[href]',
    brand: ' @data-reshelf-brand || [itemprop="brand"] @content || [itemprop="brand"]',
    category: ' @data-reshelf-category || [itemprop="category"] @content || [itemprop="category"]',
  };
}

function* idRuleOf(products: readonly Card[]): Steps<string | undefined> {
  for (const rule of ID_RULES) {
    let fits = 0;
    for (const { element, id } of products) {
      yield;
      if (decoded(readRule(element, rule)) !== id) break;
      fits++;
    }
    if (fits === products.length) return rule;
  }
  return undefined;
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A selector that finds this list again on the next page of its kind. */
function selectorOf(container: Element): string {
  if (container.id !== '') return `#${CSS.escape(container.id)}`;
  if (container.hasAttribute('data-reshelf-list')) return '[data-reshelf-list]';
  const classes = [...container.classList].slice(0, 3).map((name) => `.${CSS.escape(name)}`);
  if (classes.length > 0) return `${container.localName}${classes.join('')}`;
  const parent = container.parentElement;
  return parent === null || parent === document.documentElement
    ? container.localName
    : `${parent.localName === 'body' ? 'body' : selectorOf(parent)} > ${container.localName}`;
}
