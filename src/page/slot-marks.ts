import type { Mark } from '../core/order-snapshot.ts';
import { markIn } from './read-rule.ts';

/**
 * Deals what belongs to the places of a list to the cards that now stand in them.
 * @param from the cards that had the places, in their order, with the marks still on them
 * @param to the cards that have them now
 */
export function dealMarks(from: readonly Element[], to: readonly Element[], marks: readonly Mark[]): void {
  for (const [name, selector, pattern] of marks) {
    const holders = new Map(from.map((card) => [card, markIn(card, selector)]));
    const textOf = (card: Element) => holders.get(card)?.getAttribute(name) ?? '';
    const values = from.map((card) => textOf(card).match(pattern)?.[0] ?? '');
    to.forEach((card, place) => {
      const holder = holders.get(card);
      const old = textOf(card);
      const text = old.replace(RegExp(pattern), values[place] as string); // of words and numbers, without `$`
      if (text === old) return; // even the same again costs
      if (text) holder?.setAttribute(name, text);
      else holder?.removeAttribute(name);
    });
  }
}
