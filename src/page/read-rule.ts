/**
 * What a recipe's rule finds in a card; its form is described in `core/recipe.ts`.
 * @returns trimmed text with single spaces, or `undefined` where no alternative finds anything
 */
export function readRule(card: Element, rule: string | undefined): string | undefined {
  for (const alternative of rule?.split(' || ') ?? []) {
    const [where, pattern = '([^]*)'] = alternative.split(' => ') as [string, string?];
    const [selector, attribute] = where.split(/ ?@(?=[\w-]+$)/);
    for (const element of selector ? card.querySelectorAll(selector) : [card]) {
      const text = attribute ? element.getAttribute(attribute) : element.textContent;
      const found = text?.match(pattern)?.[1]?.replace(/\s+/g, ' ').trim();
      if (found) return found;
    }
  }
  return undefined;
}

/** Whether an element without children in the card says just this. Asked from the top down: `:not(:has(*))` costs many times as much. */
export const hasLabel = (card: Element, label: string): boolean =>
  card.firstElementChild
    ? [...card.children].some((child) => hasLabel(child, label))
    : RegExp(label, 'i').test(card.textContent as string); // an element always has one

/** Whether a selector matches the card or something in it. */
export const hasMark = (card: Element, selector: string): boolean =>
  card.matches(selector) || !!card.querySelector(selector);
