import { type OrderSnapshot, readSnapshot, SNAPSHOT_KEY } from '../core/order-snapshot.ts';
import { adoptSheet } from './adopt-sheet.ts';
import { type Arrangement, arrangeList, targetOf } from './arrange-list.ts';
import { orderKey, orderNow, type ScoreNow } from './order-now.ts';
import { leavePart } from './parts.ts';
import { readPlaces } from './read-places.ts';

/** Longest time, from the head on, in which a list that is still arriving is held back, in ms. */
const HOLD_MS = 1000;

/** What the head snippet leaves for the script. */
export interface Boot {
  readonly lists: readonly (Arrangement & { readonly container: Element })[];
  /** Ends its watching; what it has ordered stays. */
  readonly stop: () => void;
}

/**
 * Orders the lists of a page that was visited before, while it is parsed and before they are painted. A list that is
 * still arriving is held back (its cards only, never the page) until its end has come, so that streamed pages show
 * one order, once. Without a snapshot nothing is done and nothing is hidden.
 */
export function boot(score: ScoreNow): void {
  const snapshot = grantedSnapshot();
  if (!snapshot) return;
  const lists: Boot['lists'][number][] = [];
  const seen = new Set<Element>();
  const show = adoptSheet(
    snapshot.recipes.map(({ list }) => `:is(${list})>*{display:none!important}`).join(''),
  );
  let isHeld = true;

  function look(): void {
    for (const recipe of snapshot?.recipes ?? [])
      for (const [place, container] of document.querySelectorAll(recipe.list).entries()) {
        const isArriving = mayGrow(container);
        if (seen.has(container) || (isArriving && isHeld)) continue;
        seen.add(container); // a list that still arrives may have been painted: it is left to the script
        if (isArriving || recipe.way === 'stand' || isSorted()) continue;
        const places = readPlaces(container, recipe);
        const ids = orderNow(places, orderKey(recipe.list, place), snapshot as OrderSnapshot, score);
        const target = ids && targetOf(places, ids);
        if (target) {
          const list: Boot['lists'][number] = { container, before: [...container.childNodes], target };
          lists.push(list);
          const cards = places.map(({ element }) => element);
          list.unsheet = arrangeList(container, cards, target, recipe, putInOrder);
        }
        release();
      }
  }
  function release(): void {
    isHeld = false;
    show();
  }
  function safely(): void {
    try {
      look();
    } catch {
      stop();
      for (const { container, before, unsheet } of lists.splice(0)) {
        putInOrder(container, before as Element[]);
        unsheet?.();
      }
    }
  }
  function letGo(): void {
    release();
    safely();
  }
  const observer = new MutationObserver(safely);
  function stop(): void {
    observer.disconnect();
    show();
  }
  observer.observe(document, { childList: true, subtree: true });
  setTimeout(letGo, HOLD_MS);
  addEventListener('DOMContentLoaded', letGo);
  addEventListener('load', stop);
  leavePart('boot', { lists, stop } satisfies Boot);
}

/** Moves what does not stand right yet. Before the first paint there is no state to be careful of but iframes'. */
function putInOrder(parent: Element, target: readonly Node[]): void {
  const queue = target.filter((node) => node instanceof Element);
  let next: Element | null = null;
  for (const child of [...parent.children].reverse()) {
    const card: Element = target.includes(child) ? (queue.pop() ?? child) : child;
    if (card.nextElementSibling !== next)
      (parent as Element & { moveBefore?: Element['insertBefore'] })[
        'moveBefore' in parent ? 'moveBefore' : 'insertBefore'
      ]?.(card, next);
    next = card;
  }
}

/** Whether the parser may still add cards: nothing stands after the list or after what holds it. */
function mayGrow(container: Element): boolean {
  let at: Element | null = container;
  while (at && !at.nextSibling) at = at.parentElement;
  return document.readyState === 'loading' && !at;
}

/** Whether an order was chosen for this page, by its address or its sort control. In doubt it was. */
const isSorted = (): boolean =>
  /[?&][^=&]*(sort|order)[^=&]*=[^&]/i.test(location.search) ||
  [...document.querySelectorAll('select')].some(
    ({ name, id, selectedIndex }) => /sort|order/i.test(name + id) && selectedIndex > 0,
  );

/** The snapshot, where the shopper's remembered answer still allows it. */
function grantedSnapshot(): OrderSnapshot | undefined {
  try {
    const { receipts, purgePending } = JSON.parse(localStorage['reshelf:choice']);
    if (receipts[0].answers.personalize === 'granted' && !purgePending)
      return readSnapshot(localStorage[SNAPSHOT_KEY]);
  } catch {
    // nobody has answered, or storage is refused
  }
  return undefined;
}
