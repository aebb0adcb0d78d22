import type { Mark } from '../core/order-snapshot.ts';
import { markIn } from './read-rule.ts';

/** WooCommerce's row classes, Dawn's animation order, and how the first images load. */
const KNOWN_MARKS: readonly Mark[] = [
  ['class', '*', '\\s+(first|last)(?=\\s|$)|$'],
  ['style', '*', '--animation-order:\\s*\\d+;?|$'],
  ...['loading', 'fetchpriority', 'decoding'].map((name): Mark => [name, 'img', '.+|$']),
];
/** Attributes that tell analytics or readers a place: a number under such a name, or such a field of JSON. */
const TELLS_PLACE = /^(data-[\w-]*(index|position)|aria-posinset)=\d|^data-[\w-]+=.*"(index|position)":/;
const PLACE = '^\\d+$|"(index|position)":\\s*"?\\d+';
/** They are looked for in the first cards: some of them may be tiles. */
const LOOKED_AT = 3;

/** The marks that the places of this list really carry. */
export function marksOf(cards: readonly HTMLElement[]): Mark[] {
  const held = ([name, selector, pattern]: Mark): string[] =>
    cards.flatMap((card) => markIn(card, selector)?.getAttribute(name)?.match(pattern)?.[0] || []);
  const names = cards
    .slice(0, LOOKED_AT)
    .flatMap((card) => [card, ...card.querySelectorAll('*')])
    .flatMap(({ attributes }) => [...attributes])
    .flatMap(({ name, value }) => (TELLS_PLACE.test(`${name}=${value}`) ? name : []));
  const places = [...new Set(names)].map((name): Mark => [name, `[${name}]`, PLACE]);
  const list = cards[0]?.parentElement;
  return [
    // Most lists have few of them: one look spares one into every card.
    ...KNOWN_MARKS.filter((mark) => list?.querySelector(`[${mark[0]}]`) && held(mark).length > 0),
    ...places.filter((mark) => new Set(held(mark)).size > 1), // else it numbers something in each card
  ];
}
