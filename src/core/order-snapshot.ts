/** How a list is brought into another order: by moving its nodes, by CSS `order`, or not at all. */
export type Way = 'move' | 'order' | 'stand';

/**
 * What belongs to a place of a list and not to the product in it, as `[name, selector]`: an attribute, or with a dot a
 * class, or with a dash a property of the style; the selector names its holder inside the card.
 */
export type Mark = readonly [name: string, selector: string];

/** All that the head snippet must know to read and order the lists of one kind. Rules: see `core/recipe.ts`. */
export interface EarlyRecipe {
  readonly list: string;
  readonly item: string;
  readonly id: string;
  readonly title?: string;
  readonly price?: string;
  readonly brand?: string;
  readonly category?: string;
  readonly way: Way;
  /** Selects places, or what stands in them, that keep their product: sponsored, sold out, pinned. */
  readonly fixed: string;
  /** A regular expression of the labels by which paid places are told. */
  readonly label: string;
  readonly marks: readonly Mark[];
}

/** The order of one list, as hashes of its products' ids. */
export interface RememberedOrder {
  /** Hash of the page's address and the list's place on it. */
  readonly key: string;
  /** When it was shown, in minutes since 1970. */
  readonly at: number;
  /** As the shopper last saw it: on a reload and on the way back it is the same. */
  readonly shown: string;
  /** As it should be on the next visit, where that is not what was shown. */
  readonly next?: string;
}

/**
 * What the head snippet needs to order a list before its first paint, in `localStorage` from a grant to its end:
 * how lists are read here, derived weights and orders. No signal, no address, no product is in it in clear.
 */
export interface OrderSnapshot {
  readonly version: 1;
  /** Of the lists seen last, newest first. */
  readonly recipes: readonly EarlyRecipe[];
  /** Derived weights, as the ranker wrote them; see `rank/boot-snapshot`. */
  readonly weights?: string;
  /** Newest first. */
  readonly orders: readonly RememberedOrder[];
}

export const SNAPSHOT_KEY = 'reshelf:snapshot';
/** Most characters of the stored text. */
const MAX_SNAPSHOT_LENGTH = 4096;
const MAX_RECIPES = 2;
/** After this silence a visit is over, as in the journal. */
export const VISIT_GAP_MINUTES = 30;

/** The stored text of a snapshot: as many orders, newest first, as the limit allows. */
export function writeSnapshot(snapshot: OrderSnapshot): string {
  for (let count = snapshot.orders.length; count >= 0; count--)
    for (let recipes = MAX_RECIPES; recipes > 0; recipes--) {
      const text = JSON.stringify({
        ...snapshot,
        recipes: snapshot.recipes.slice(0, recipes),
        orders: snapshot.orders.slice(0, count),
      });
      if (text.length <= MAX_SNAPSHOT_LENGTH) return text;
    }
  return JSON.stringify({ ...snapshot, recipes: [], weights: undefined, orders: [] });
}

/** @returns `undefined` for anything but a snapshot of this release */
export function readSnapshot(text: string | null | undefined): OrderSnapshot | undefined {
  const snapshot: OrderSnapshot = JSON.parse(text || '{}'); // written by `writeSnapshot`; what is wrong costs the order
  return snapshot.version === 1 ? snapshot : undefined;
}

/** 32-bit FNV-1a (draft-eastlake-fnv-17), in base 36: short, and no product's name. */
export function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
