import type { Mark } from '../core/order-snapshot.ts';

/** Reads the marks of every place, to be dealt to what will stand in it. */
export const readMarks = (cards: readonly HTMLElement[], marks: readonly Mark[]): (string | null)[][] =>
  cards.map((card) =>
    marks.map(([name, selector]) =>
      name[0] === '.'
        ? card.matches(name)
          ? ''
          : null
        : name[0] === '-'
          ? card.style.getPropertyValue(name)
          : (holderOf(card, selector)?.getAttribute(name) ?? null),
    ),
  );

/** Deals the marks of the places to the cards that now stand in them. */
export function dealMarks(
  cards: readonly HTMLElement[],
  marks: readonly Mark[],
  values: readonly (string | null)[][],
): void {
  cards.forEach((card, place) => {
    marks.forEach(([name, selector], index) => {
      const value = values[place]?.[index] ?? null;
      const holder = holderOf(card, selector);
      if (name[0] === '.') card.classList.toggle(name.slice(1), value !== null);
      else if (name[0] === '-') card.style.setProperty(name, value);
      else if (value === null) holder?.removeAttribute(name);
      else holder?.setAttribute(name, value);
    });
  });
}

const holderOf = (card: Element, selector: string): Element | null =>
  card.matches(selector) ? card : card.querySelector(selector);
