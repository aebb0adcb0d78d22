import { earlyScorer } from '../core/early-score.ts';
import {
  CHOICE_KEY,
  type EarlyRecipe,
  MOST_EARLY,
  type RememberedOrder,
  SNAPSHOT_KEY,
  type StoredSnapshot,
} from '../core/order-snapshot.ts';
import { adoptSheet } from './adopt-sheet.ts';
import { type Arrangement, targetOf } from './arrange-list.ts';
import { asShown, orderBy, orderKey, shownBefore } from './order-now.ts';
import { orderBySheet } from './order-sheet.ts';
import { cardsOf, type ReadFacts, type ReadPlace, readFacts, readPlace } from './read-places.ts';
import { dealMarks } from './slot-marks.ts';

/** Longest time, from the head on, in which a list that is still arriving is held back, in ms. */
const HOLD_MS = 2000;

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
  const snapshot: StoredSnapshot = JSON.parse(localStorage[name + SNAPSHOT_KEY]); // of this release: the key names it
  if (JSON.parse(localStorage[name + CHOICE_KEY]).receipts[0].answers.personalize !== 'granted')
    return undefined;
  const lists: BootedList[] = [];
  const left: Boot = { lists, stop, undo };
  let { recipes, held } = snapshot;
  const score = earlyScorer(snapshot.weights ?? '||||');
  /** Of cards; a list that is done with counts as read. */
  const read = new Map<Element, ReadFacts>();
  const style = adoptSheet(held);

  function safely(): void {
    try {
      for (const recipe of recipes)
        document.querySelectorAll(recipe.list).forEach((container, place) => {
          if (read.get(container)) return;
          const cards = cardsOf(container, recipe);
          const known = shownBefore(orderKey(recipe.list, place), snapshot);
          const most = known?.reach ?? MOST_EARLY;
          const isArriving = !cards[most] && mayGrow(container); // what stands after them keeps its place
          if (isArriving && held)
            // As they come, which keeps tasks short; the last one may not be whole.
            for (const card of cards.slice(0, -1)) {
              if (read.has(card)) continue;
              const facts = readFacts(card, recipe) as ReadPlace;
              read.set(card, facts);
              score([facts]); // it remembers what is worked out for an id
            }
          else {
            read.set(container, {} as ReadFacts); // a list that still arrives may have been painted: it is left to the script
            if (!isArriving && !isSorted()) order(recipe, container, known, cards.slice(0, most));
            release();
          }
        });
    } catch (failed) {
      undo();
      left.failed = failed;
    }
  }
  function order(
    recipe: EarlyRecipe,
    container: Element,
    known: RememberedOrder | undefined,
    cards: readonly HTMLElement[],
  ): void {
    const places = cards.map((card, position) =>
      readPlace(card, position, recipe, read.get(card) ?? readFacts(card, recipe)),
    );
    const candidates = places.filter((one) => one.isMovable);
    const target =
      (known || snapshot.weights) &&
      targetOf(
        places,
        orderBy(known ? asShown(known.shown) : score, candidates),
        (known as undefined) ?? snapshot.maxShift, // what was shown kept to the limit: what is no number is none
      );
    if (!target) return;
    const list: BootedList = { container, before: [...container.childNodes], target };
    lists.push(list);
    if (recipe.way === 'order') list.back = list.unsheet = orderBySheet(`:is(${recipe.list})`, target);
    else {
      fill(cards, target);
      dealMarks(cards, target, recipe.marks);
      list.back = () => dealMarks(target, cards, recipe.marks);
    }
  }
  function release(): void {
    if (!held) return;
    held = ''; // once
    style(performance.navigation.type ? '' : snapshot.far); // a reload may open further down
    requestAnimationFrame(() => setTimeout(style)); // when that frame has been painted
  }
  function undo(): void {
    stop();
    for (const { container, before, back } of lists) {
      back?.();
      container.prepend(...before); // more may have come since
    }
  }
  function stop(): void {
    recipes = [];
    observer.disconnect();
    release();
    style(); // whoever measures cards when all is loaded, or in a tab that nobody sees, finds them with their boxes
  }
  const observer = new MutationObserver(safely);
  observer.observe(document, { subtree: true, childList: true });
  addEventListener('load', stop);
  addEventListener('DOMContentLoaded', safely); // nothing arrives any more
  setTimeout(() => {
    release();
    safely();
  }, HOLD_MS);
  return left;
}

/** Fills the places of the cards; before the first paint no state can be lost by moving. */
function fill(current: readonly Element[], target: readonly Element[]): void {
  current
    .map((card) => {
      const hole = new Text();
      card.before(hole);
      return hole;
    })
    .forEach((hole, place) => {
      hole.replaceWith(target[place] as Element); // one each
    });
}

/** Whether the parser may still add cards: nothing stands after the list or after what holds it. */
const mayGrow = (at: Element | null): boolean =>
  at ? !at.nextSibling && mayGrow(at.parentElement) : document.readyState === 'loading';

/** Whether an order was chosen for this page, by its address or its sort control. In doubt it was. */
const isSorted = (): boolean =>
  /(sort|order)\w*=./i.test(location.search) ||
  [...document.querySelectorAll('select')].some(
    (select) => select.selectedIndex > 0 && /(sort|order)/i.test(select.name + select.id),
  );
