import type { Alternative } from '../core/recipe.ts';

/** Taken apart once each: a page has few rules and many cards. */
const known: Record<string, readonly Alternative[]> = {};

/** What a recipe's rule finds in a card; its form is described in `core/recipe.ts`. */
export function readRule(card: Element, rule: string | undefined): string | undefined {
  if (rule === undefined) return undefined; // a recipe need not have every rule
  known[rule] ??= takeApart(rule);
  return readAlternatives(card, known[rule]);
}

/** A rule as it is read. */
export const takeApart = (rule: string): Alternative[] =>
  rule.split(' || ').map((alternative) => {
    const [where, pattern = '([^]*)'] = alternative.split(' => ') as [string, string?];
    const [selector, attribute = null] = where.split(/ ?@(?=[\w-]+$)/) as [string, string?];
    return [selector, attribute, pattern];
  });

/** @returns trimmed text with single spaces, or `undefined` where no alternative finds anything */
export function readAlternatives(
  card: Element,
  alternatives: readonly Alternative[] = [],
): string | undefined {
  for (const [selector, attribute, pattern] of alternatives)
    for (const element of selector ? card.querySelectorAll(selector) : [card]) {
      const text = attribute ? element.getAttribute(attribute) : element.textContent;
      const found = text?.match(pattern)?.[1]?.replace(/\s+/g, ' ').trim();
      if (found) return found;
    }
  return undefined;
}

/**
 * Whether a text in the card says just this.
 * @param label a regular expression that the text matches with the ends of the tags beside it, as they stand in the markup:
 * one look at that costs less than a walk through the elements
 */
export const hasLabel = (card: Element, label: string): boolean => RegExp(label, 'i').test(card.outerHTML);

/** The card, or the first thing in it, that a selector matches. */
export const markIn = (card: Element, selector: string): Element | null =>
  card.matches(selector) ? card : card.querySelector(selector);
