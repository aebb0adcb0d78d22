import type { Way } from '../core/order-snapshot.ts';
import { isOwned } from './ownership.ts';

/** The way that suits a list: nodes move on static pages; a framework's nodes stay, and CSS orders what it can. */
export function wayFor(container: Element): Way {
  if (!isOwned(container)) return 'move';
  return /flex|grid/.test(getComputedStyle(container).display) ? 'order' : 'stand';
}
