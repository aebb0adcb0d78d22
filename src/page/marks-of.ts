import type { Mark } from '../core/order-snapshot.ts';

/** WooCommerce's row classes, Dawn's animation order, positions that analytics read, and how first images load. */
const KNOWN_MARKS: readonly Mark[] = [
  ['.first', '*'],
  ['.last', '*'],
  ['--animation-order', '*'],
  ['data-position', '[data-position]'],
  ['data-index', '[data-index]'],
  ['data-gtm-position', '[data-gtm-position]'],
  ['loading', 'img'],
  ['fetchpriority', 'img'],
];

/** The marks that the places of this list really carry. */
export function marksOf(cards: readonly HTMLElement[]): Mark[] {
  const carries = (card: HTMLElement, [name, selector]: Mark): boolean => {
    if (name.startsWith('.')) return card.matches(name);
    if (name.startsWith('-')) return card.style.getPropertyValue(name) !== '';
    return card.matches(`${selector}[${name}]`) || card.querySelector(`${selector}[${name}]`) !== null;
  };
  return KNOWN_MARKS.filter((mark) => cards.some((card) => carries(card, mark)));
}
