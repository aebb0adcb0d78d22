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

/** Whether an element without children inside the card says just this. */
export const hasLabel = (card: Element, label: string): boolean =>
  [...card.querySelectorAll(':not(:has(*))')].some(
    ({ textContent }) => RegExp(label, 'i').test(textContent as string), // an element always has one
  );

/** Whether a selector matches the card or something in it. */
export const hasMark = (card: Element, selector: string): boolean =>
  card.matches(selector) || !!card.querySelector(selector);
