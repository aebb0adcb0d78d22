import type { Alternative } from './recipe.ts';

/** How a list is brought into another order: by moving its nodes, by CSS `order`, or not at all. */
export type Way = 'move' | 'order' | 'stand';

/**
 * What belongs to a place of a list and not to the product in it: the part of an attribute that a regular expression
 * matches, and where it stands or, by its alternative `|$`, is put; the selector names the attribute's holder, the card
 * or something in it.
 */
export type Mark = readonly [attribute: string, selector: string, pattern: string];

/** All that the head snippet must know to read and order the lists of one kind. */
export interface EarlyRecipe {
  readonly list: string;
  readonly item: string;
  readonly id: readonly Alternative[];
  readonly title?: readonly Alternative[];
  readonly brand?: readonly Alternative[];
  readonly category?: readonly Alternative[];
  readonly way: Exclude<Way, 'stand'>;
  /** Selects places, or what stands in them, that keep their product: sponsored, sold out, pinned. */
  readonly fixed: string;
  /** A regular expression of the labels by which paid places are told. */
  readonly label: string;
  readonly marks: readonly Mark[];
  /** Style by which cards far below the fold are not laid out before the first paint; see `page/far-cards.ts`. */
  readonly far?: string;
}

/** The order of one list, as hashes of its products' ids. */
export interface RememberedOrder {
  /** Hash of the page's address and the list's place on it. */
  readonly key: number;
  /** When it was shown, in minutes since 1970. */
  readonly at: number;
  /** As the shopper last saw it: on a reload and on the way back it is the same. Written by `writeShown`. */
  readonly shown: string;
  /** How many of the shop's places hold them, where that is more than `MOST_EARLY`. */
  readonly reach?: number;
}

/**
 * What the head snippet needs to order a list before its first paint, in `localStorage` from a grant to its end:
 * how lists are read here, derived weights and orders. No signal, no address, no product is in it in clear.
 */
export interface OrderSnapshot {
  /** Of the lists seen last, newest first. */
  readonly recipes: readonly EarlyRecipe[];
  /** Derived weights, as the ranker wrote them; see `rank/boot-snapshot`. */
  readonly weights?: string;
  /** Newest first. */
  readonly orders: readonly RememberedOrder[];
  /** Places that a product may rise or fall at most. */
  readonly maxShift?: number;
}

/** As it is stored: with what the head snippet has no room for, ready for use. */
export interface StoredSnapshot extends OrderSnapshot {
  /** Style of its lists while they are still arriving. */
  readonly held: string;
  /** What its recipes have as `far`, a line for each. */
  readonly far: string;
}

/**
 * Places of a list that are read and ordered at once, before a paint. What stands after them keeps its place: reading
 * a thousand cards takes longer than a phone may keep the page waiting. No more are remembered either.
 */
export const MOST_EARLY = 100;

/** Keys in `localStorage`, each after the name that the shop's data has there (`storageName`); another shape gets another key. */
export const CHOICE_KEY = ':choice';
export const SNAPSHOT_KEY = ':snapshot';
/** Most characters of the stored text. */
const MAX_SNAPSHOT_LENGTH = 4096;
const MAX_RECIPES = 2;
/** After this silence a visit is over, as in the journal. */
export const VISIT_GAP_MINUTES = 30;

/** The stored text of a snapshot: as many orders, newest first, as the limit allows. */
export function writeSnapshot(snapshot: OrderSnapshot): string {
  for (let count = snapshot.orders.length; count >= 0; count--)
    for (let most = MAX_RECIPES; most > 0; most--) {
      const text = textOf(snapshot, most, count);
      if (text.length <= MAX_SNAPSHOT_LENGTH) return text;
    }
  const { weights: _, ...rest } = snapshot;
  return textOf(rest, 0, 0);
}

function textOf(snapshot: OrderSnapshot, mostRecipes: number, mostOrders: number): string {
  const recipes = snapshot.recipes.slice(0, mostRecipes);
  return JSON.stringify({
    ...snapshot,
    recipes: recipes.map(({ far: _, ...recipe }) => recipe),
    orders: snapshot.orders.slice(0, mostOrders),
    held: recipes.length > 0 ? `:is(${recipes.map(({ list }) => list)})>*{display:none!important}` : '', // with commas between them
    far: recipes.map(({ far = '' }) => far).join('\n'),
  } satisfies StoredSnapshot);
}

/** What was stored. */
export function readSnapshot(text: string): OrderSnapshot {
  const { held: _, far, ...snapshot } = JSON.parse(text) as StoredSnapshot;
  const styles = far.split('\n');
  const recipes = snapshot.recipes.map((recipe, i) => ({ ...recipe, ...(styles[i] && { far: styles[i] }) }));
  return { ...snapshot, recipes };
}
