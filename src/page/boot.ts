import { type EarlyRecipe, type OrderSnapshot, SNAPSHOT_KEY } from '../core/order-snapshot.ts';
import { adoptSheet } from './adopt-sheet.ts';
import { type Arrangement, arrangeList, targetOf } from './arrange-list.ts';
import { orderKey, orderNow, type ScoreNow } from './order-now.ts';
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
 * @throws where nobody has allowed anything, or storage is refused
 */
export function boot(score: ScoreNow): Boot | undefined {
  const choice = JSON.parse(localStorage['reshelf:choice']);
  const snapshot: OrderSnapshot = JSON.parse(localStorage[SNAPSHOT_KEY]); // of this release: the key names it
  if (choice.receipts[0].answers.personalize !== 'granted') return undefined;
  const lists: Boot['lists'][number][] = [];
  const seen = new Set<Element>();
  let show: (() => void) | undefined = adoptSheet(
    snapshot.recipes.map(({ list }) => `:is(${list})>*{display:none!important}`).join(''),
  );

  function look(): void {
    for (const recipe of snapshot.recipes)
      for (const [place, container] of document.querySelectorAll(recipe.list).entries()) {
        const isArriving = mayGrow(container);
        if (seen.has(container) || (isArriving && show)) continue;
        seen.add(container); // a list that still arrives may have been painted: it is left to the script
        if (!isArriving && !isSorted())
          order(lists, container, recipe, orderKey(recipe.list, place), snapshot, score);
        release();
      }
  }
  function release(): void {
    show?.();
    show = undefined;
  }
  function safely(): void {
    try {
      look();
    } catch {
      stop();
    }
  }
  function letGo(): void {
    release();
    safely();
  }
  function stop(): void {
    observer.disconnect();
    release();
  }
  const observer = new MutationObserver(safely);
  observer.observe(document, { childList: true, subtree: true });
  setTimeout(letGo, HOLD_MS);
  addEventListener('DOMContentLoaded', letGo);
  addEventListener('load', stop);
  return { lists, stop };
}

function order(
  lists: Boot['lists'][number][],
  container: Element,
  recipe: EarlyRecipe,
  key: number,
  snapshot: OrderSnapshot,
  score: ScoreNow,
): void {
  const places = readPlaces(container, recipe);
  const ids = orderNow(places, key, snapshot, score);
  const target = ids && targetOf(places, ids);
  if (!target) return;
  const list: Boot['lists'][number] = { container, before: [...container.childNodes], target };
  lists.push(list);
  const cards = places.map(({ element }) => element);
  list.unsheet = arrangeList(container, cards, target, recipe, putInOrder);
}

/** Fills every place that changes; before the first paint no state can be lost by moving. */
function putInOrder(_: Element, target: readonly Element[], current: readonly Element[]): void {
  const changing = current.map((card, place) => {
    const mark = new Text();
    if (card !== target[place]) card.before(mark);
    return mark;
  });
  target.forEach((card, place) => {
    changing[place]?.replaceWith(card); // nothing happens to a mark that stands nowhere
  });
}

/** Whether the parser may still add cards: nothing stands after the list or after what holds it. */
function mayGrow(container: Element): boolean {
  let at: Element | null = container;
  while (at && !at.nextSibling) at = at.parentElement;
  return document.readyState === 'loading' && !at;
}

/** Whether an order was chosen for this page, by its address or its sort control. In doubt it was. */
const isSorted = (): boolean =>
  /(sort|order)\w*=./i.test(location.search) ||
  [...document.querySelectorAll('select')].some(
    ({ name, id, selectedIndex }) => selectedIndex > 0 && /sort|order/i.test(name + id),
  );
