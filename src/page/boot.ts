import { CHOICE_KEY, type EarlyRecipe, type OrderSnapshot, SNAPSHOT_KEY } from '../core/order-snapshot.ts';
import { adoptSheet, type Undo } from './adopt-sheet.ts';
import { type Arrangement, arrangeList, targetOf } from './arrange-list.ts';
import { orderKey, orderNow } from './order-now.ts';
import { readPlaces } from './read-places.ts';
import { dealMarks } from './slot-marks.ts';

/** Longest time, from the head on, in which a list that is still arriving is held back, in ms. */
const HOLD_MS = 1000;

/** What the head snippet leaves for the script. */
export interface Boot {
  readonly lists: BootedList[];
  /** What went wrong: the shop's order is back, and stands on this page. */
  failed?: unknown;
  /** Ends its watching; what it has ordered stays. */
  readonly stop: () => void;
  /** Puts the shop's order back, and ends. */
  readonly undo: () => void;
}

interface BootedList extends Arrangement {
  readonly container: Element;
  /** Takes back what was done beside moving. */
  back?: () => void;
}

/**
 * Orders the lists of a page that was visited before, while it is parsed and before they are painted. A list that is
 * still arriving is held back (its cards only, never the page) until its end has come, so that streamed pages show
 * one order, once. Without a snapshot nothing is done and nothing is hidden.
 * @param name what everything on the device is named by
 * @throws where nobody has allowed anything, or storage is refused
 */
export function boot(name: string): Boot | undefined {
  const { receipts } = JSON.parse(localStorage[name + CHOICE_KEY]);
  const snapshot: OrderSnapshot = JSON.parse(localStorage[name + SNAPSHOT_KEY]); // of this release: the key names it
  if (receipts[0].answers.personalize !== 'granted') return undefined;
  const lists: BootedList[] = [];
  const left: Boot = { lists, stop, undo };
  let { recipes } = snapshot;
  const seen = new Set<Element>();
  let show: Undo | undefined = adoptSheet(
    recipes.map(({ list }) => `:is(${list})>*{display:none!important}`).join(''),
  );

  function safely(): void {
    try {
      for (const recipe of recipes)
        document.querySelectorAll(recipe.list).forEach((container, place) => {
          const isArriving = mayGrow(container);
          if (seen.has(container) || (isArriving && show)) return;
          seen.add(container); // a list that still arrives may have been painted: it is left to the script
          if (!isArriving && !isSorted()) order(lists, container, recipe, place, snapshot);
          release();
        });
    } catch (failed) {
      undo();
      left.failed = failed;
    }
  }
  function release(): void {
    show = show?.() as undefined; // once
  }
  function letGo(): void {
    release();
    safely();
  }
  function undo(): void {
    stop();
    for (const { container, before, back } of lists) {
      back?.();
      container.replaceChildren(...before);
    }
  }
  function stop(): void {
    recipes = [];
    observer.disconnect();
    release();
  }
  const observer = new MutationObserver(safely);
  observer.observe(document, { childList: true, subtree: true });
  setTimeout(letGo, HOLD_MS);
  addEventListener('DOMContentLoaded', letGo);
  addEventListener('load', stop);
  return left;
}

function order(
  lists: BootedList[],
  container: Element,
  recipe: EarlyRecipe,
  place: number,
  snapshot: OrderSnapshot,
): void {
  const places = readPlaces(container, recipe);
  const ids = orderNow(places, orderKey(recipe.list, place), snapshot);
  const target = ids && targetOf(places, ids, snapshot.maxShift);
  if (!target) return;
  const list: BootedList = { container, before: [...container.childNodes], target };
  const cards = places.map(({ element }) => element);
  lists.push(list);
  list.unsheet = arrangeList(container, cards, target, recipe, putInOrder);
  list.back = list.unsheet ?? (() => dealMarks(target, cards, recipe.marks));
}

/** Fills the places of the cards; before the first paint no state can be lost by moving. */
function putInOrder(container: Element, target: readonly Element[], current: readonly Element[]): void {
  let turn = 0; // `current` is in the page's order
  container.replaceChildren(
    ...[...container.childNodes].map((node) => (node === current[turn] ? (target[turn++] as Node) : node)),
  );
}

/** Whether the parser may still add cards: nothing stands after the list or after what holds it. */
const mayGrow = (at: Element | null): boolean =>
  at ? !at.nextSibling && mayGrow(at.parentElement) : document.readyState === 'loading';

/** Whether an order was chosen for this page, by its address or its sort control. In doubt it was. */
const isSorted = (): boolean =>
  /(sort|order)\w*=./i.test(location.search) ||
  [...document.querySelectorAll('select')].some(
    (select) => select.selectedIndex > 0 && /sort|order/i.test(select.name + select.id),
  );
