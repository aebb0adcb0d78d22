import type { Way } from '../core/order-snapshot.ts';
import { isOwned } from './ownership.ts';

/** A list that the page renders by `reshelf.order` itself: read, never moved. */
const OWN_LIST = '[data-reshelf-list=own]';
/** A selector of lists, without those. */
export const notOwn = (list: string): string => `:is(${list}):not(${OWN_LIST})`;
export const isOwn = (container: Element): boolean => container.closest(OWN_LIST) !== null;

/** The way that suits a list: nodes move on static pages; a framework's nodes stay, and CSS orders what it can. */
export function wayFor(container: Element): Way {
  if (isOwn(container)) return 'stand';
  if (!isOwned(container)) return 'move';
  return /flex|grid/.test(getComputedStyle(container).display) ? 'order' : 'stand';
}
