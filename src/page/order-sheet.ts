import { adoptSheet, type Undo } from './adopt-sheet.ts';

/**
 * Orders a flex or grid list by CSS `order`, without touching its nodes: for lists that a framework renders, before
 * and after it hydrates. Cards are known by their links, whatever the framework does with their siblings.
 *
 * CSS `order` leaves the DOM's sequence alone. Where the browser knows `reading-flow`
 * (https://drafts.csswg.org/css-display-4/#reading-flow) the keyboard and assistive technology follow the eye.
 * Elsewhere they follow the shop's order, which WCAG 2.2 1.3.2 and 2.4.3 allow as long as no meaning and no operation
 * hangs on the sequence: cards are whole, and one is like the other.
 * @param list selector of the list, one without commas at its top
 * @param target every card, in the order in which they are to stand; what comes later stands after them
 * @returns takes the order away again
 */
export function orderBySheet(list: string, target: readonly Element[]): Undo {
  const rules = target.map((card, place) => {
    const link = card.querySelector('a[href]') ?? card;
    const name = `[href=${JSON.stringify(link.getAttribute('href'))}]`;
    return `${list}>:is(${name},:has(${name})){order:${place}!important}`;
  });
  return adoptSheet(
    `${list}{reading-flow:flex-visual}${list}>*{order:${target.length}!important}${rules.join('')}`,
  );
}
