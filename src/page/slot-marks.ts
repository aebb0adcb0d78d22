import type { Mark } from '../core/order-snapshot.ts';
import { markIn } from './read-rule.ts';

/**
 * Deals what belongs to the places of a list to the cards that now stand in them.
 * @param from the cards that had the places, in their order, with the marks still on them
 * @param to the cards that have them now
 */
export function dealMarks(from: readonly Element[], to: readonly Element[], marks: readonly Mark[]): void {
  for (const [name, selector, pattern] of marks) {
    const holders = (cards: readonly Element[]) => cards.map((card) => markIn(card, selector));
    const textOf = (holder: Element | null) => holder?.getAttribute(name) ?? '';
    const values = holders(from).map((holder) => textOf(holder).match(pattern)?.[0] ?? '');
    holders(to).forEach((holder, place) => {
      const old = textOf(holder);
      const text = old.replace(RegExp(pattern), values[place] as string); // of words and numbers, without `$`
      if (text === old) return; // even the same again costs
      if (text) holder?.setAttribute(name, text);
      else holder?.removeAttribute(name);
    });
  }
}
