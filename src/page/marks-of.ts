import type { Mark } from '../core/order-snapshot.ts';

/** WooCommerce's row classes, Dawn's animation order, positions that analytics read, and how first images load. */
const KNOWN_MARKS: readonly Mark[] = [
  ['class', '*', '\\s+(first|last)(?=\\s|$)'],
  ['style', '*', '--animation-order:\\s*\\d+;?'],
  ['data-position', '[data-position]', '.+'],
  ['data-index', '[data-index]', '.+'],
  ['data-gtm-position', '[data-gtm-position]', '.+'],
  ['loading', 'img', '.+'],
  ['fetchpriority', 'img', '.+'],
];

/** The marks that the places of this list really carry. */
export function marksOf(cards: readonly HTMLElement[]): Mark[] {
  const carries = (card: HTMLElement, [name, selector, pattern]: Mark): boolean => {
    const holder = card.matches(selector) ? card : card.querySelector(selector);
    return RegExp(pattern).test(holder?.getAttribute(name) ?? '');
  };
  const list = cards[0]?.parentElement;
  return KNOWN_MARKS.filter(
    (mark) =>
      list?.querySelector(`[${mark[0]}]`) && // most lists have few of them: one look spares one into every card
      cards.some((card) => carries(card, mark)),
  );
}
