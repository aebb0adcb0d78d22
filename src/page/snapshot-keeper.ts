import type { OrderSnapshot, RememberedOrder } from '../core/order-snapshot.ts';
import {
  type EarlyRecipe,
  readSnapshot,
  SNAPSHOT_KEY,
  shortHash,
  writeSnapshot,
} from '../core/order-snapshot.ts';

const EMPTY: OrderSnapshot = { version: 1, recipes: [], orders: [] };

/** Keeps the snapshot for the head snippet while there is a grant. */
export interface SnapshotKeeper {
  read(): OrderSnapshot;
  /** How lists of this kind are read and ordered. */
  learn(recipe: EarlyRecipe): void;
  /** Derived weights; `undefined` where the ranker has nothing to say. */
  weigh(weights: string | undefined): void;
  /** The order that the shopper sees in a list, and the one that its next visit should have. */
  remember(key: string, shown: readonly string[], next: readonly string[]): void;
}

export function createSnapshotKeeper(): SnapshotKeeper {
  let snapshot = stored() ?? EMPTY;

  function write(next: OrderSnapshot): void {
    snapshot = next;
    try {
      localStorage.setItem(SNAPSHOT_KEY, writeSnapshot(next));
    } catch {
      // storage is full or refused: the next page is ordered by the worker alone
    }
  }
  return {
    read: () => snapshot,
    learn(recipe) {
      const others = snapshot.recipes.filter(({ list }) => list !== recipe.list);
      write({ ...snapshot, recipes: [recipe, ...others] });
    },
    weigh(weights) {
      const { weights: _, ...rest } = snapshot;
      write(weights === undefined ? rest : { ...rest, weights });
    },
    remember(key, shown, next) {
      const hashes = (ids: readonly string[]) => ids.map(shortHash).join(' ');
      const order: RememberedOrder = {
        key,
        at: Math.round(Date.now() / 60_000),
        shown: hashes(shown),
        ...(snapshot.weights === undefined && hashes(next) !== hashes(shown) ? { next: hashes(next) } : {}),
      };
      write({ ...snapshot, orders: [order, ...snapshot.orders.filter((other) => other.key !== key)] });
    },
  };
}

/** Forgets all of it: at the end of a grant, and when the shopper forgets. */
export function dropSnapshot(): void {
  try {
    localStorage.removeItem(SNAPSHOT_KEY);
  } catch {
    // storage refused: then nothing is kept there either
  }
}

function stored(): OrderSnapshot | undefined {
  try {
    return readSnapshot(localStorage.getItem(SNAPSHOT_KEY));
  } catch {
    return undefined;
  }
}
