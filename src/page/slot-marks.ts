import type { Mark } from '../core/order-snapshot.ts';
import { markIn } from './read-rule.ts';

/**
 * Deals what belongs to the places of a list to the cards that now stand in them.
 * @param from the cards that had the places, in their order, with the marks still on them
 * @param to the cards that have them now
 */
export function dealMarks(from: readonly Element[], to: readonly Element[], marks: readonly Mark[]): void {
  for (const [name, selector, pattern] of marks) {
    const held = new Map(
      from.map((card) => {
        const holder = markIn(card, selector);
        const text = holder?.getAttribute(name) ?? '';
        return [card, { holder, text, mark: text.match(pattern)?.[0] ?? '' }];
      }),
    );
    from.forEach((card, place) => {
      const { holder, text, mark } = held.get(to[place] as Element) as Held; // the same cards
      const due = (held.get(card) as Held).mark;
      if (due === mark) return; // even the same again costs
      const dealt = text.replace(RegExp(pattern), due); // of words and numbers, without `$`
      if (dealt) holder?.setAttribute(name, dealt);
      else holder?.removeAttribute(name);
    });
  }
}

interface Held {
  readonly holder: Element | null;
  readonly text: string;
  readonly mark: string;
}
