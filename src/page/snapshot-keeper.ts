import { defined } from '../core/defined.ts';
import type { OrderSnapshot, RememberedOrder } from '../core/order-snapshot.ts';
import { type EarlyRecipe, MOST_EARLY, readSnapshot, writeSnapshot } from '../core/order-snapshot.ts';
import { writeShown } from '../core/shown-order.ts';

/** Keeps the snapshot for the head snippet while there is a grant. */
export interface SnapshotKeeper {
  read(): OrderSnapshot;
  /** How lists of this kind are read and ordered. */
  learn(recipe: EarlyRecipe): void;
  /** Derived weights; `undefined` where the ranker has nothing to say. */
  weigh(weights: string | undefined): void;
  /**
   * The order that the shopper sees in a list.
   * @param reach how many of the shop's places hold these products
   */
  remember(list: number, shown: readonly string[], reach?: number): void;
}

/** @param key in `localStorage` */
export function createSnapshotKeeper(key: string, maxShift: number | undefined): SnapshotKeeper {
  const known = stored(key);
  const { recipes = [], orders = [], weights } = known ?? {};
  let snapshot: OrderSnapshot = { recipes, orders, ...defined({ weights, maxShift }) };
  let isStored = known !== undefined;

  /** What was deleted from storage, by this tab or another, is gone from memory too; how lists are read says nothing of anybody. */
  function read(): OrderSnapshot {
    if (isStored && textIn(key) === null) {
      isStored = false;
      snapshot = { recipes: snapshot.recipes, orders: [], ...defined({ maxShift }) };
    }
    return snapshot;
  }
  function write(next: OrderSnapshot): void {
    snapshot = next;
    try {
      localStorage.setItem(key, writeSnapshot(next));
      isStored = true;
    } catch {
      // storage is full or refused: the next page is ordered by the worker alone
    }
  }
  return {
    read,
    learn(recipe) {
      const now = read();
      const others = now.recipes.filter(({ list }) => list !== recipe.list);
      write({ ...now, recipes: [recipe, ...others] });
    },
    weigh(weights) {
      const { weights: _, ...rest } = read();
      if (weights !== undefined) write({ ...rest, weights });
      else if (isStored) write(rest);
      else snapshot = rest; // a forget came between: nothing is stored, and nothing is to be
    },
    remember(list, shown, reach = 0) {
      const order: RememberedOrder = {
        key: list,
        at: Math.round(Date.now() / 60_000),
        shown: writeShown(shown),
        ...(reach > MOST_EARLY ? { reach } : {}),
      };
      const now = read();
      write({ ...now, orders: [order, ...now.orders.filter((other) => other.key !== list)] });
    },
  };
}

/** Forgets all of it: at the end of a grant, and when the shopper forgets. */
export function dropSnapshot(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // storage refused: then nothing is kept there either
  }
}

function stored(key: string): OrderSnapshot | undefined {
  try {
    const text = textIn(key);
    return text === null ? undefined : readSnapshot(text); // our own, and lost where it is not
  } catch {
    return undefined;
  }
}

function textIn(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage refused
  }
}
