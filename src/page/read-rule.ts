/**
 * What a recipe's rule finds in a card; its form is described in `core/recipe.ts`.
 * @returns trimmed text with single spaces, or `undefined` where no alternative finds anything
 */
export function readRule(card: Element, rule: string | undefined): string | undefined {
  for (const alternative of rule?.split(' || ') ?? []) {
    const [where = '', pattern] = alternative.split(' => ');
    const [selector = '', attribute] = where.split(/ ?@(?=[\w-]+$)/);
    const elements = selector === '' ? [card] : card.querySelectorAll(selector);
    for (const element of elements) {
      const text = attribute === undefined ? element.textContent : element.getAttribute(attribute);
      const found = pattern === undefined ? text : text?.match(pattern)?.[1];
      const clean = found?.replace(/\s+/g, ' ').trim();
      if (clean) return clean;
    }
  }
  return undefined;
}

/** Whether an element without children inside the card says just this. */
export const hasLabel = (card: Element, label: string): boolean =>
  [...card.querySelectorAll(':not(:has(*))')].some(({ textContent }) =>
    RegExp(label, 'i').test(textContent ?? ''),
  );

/** Whether a selector of a recipe matches the card or something in it. */
export const hasMark = (card: Element, selector: string | undefined): boolean =>
  selector !== undefined && (card.matches(selector) || card.querySelector(selector) !== null);
