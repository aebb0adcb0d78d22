import type { EarlyRecipe } from '../core/order-snapshot.ts';
import { restore } from './reorder.ts';
import { dealMarks } from './slot-marks.ts';

/** A place of a list, as far as moving is concerned. */
export interface Place {
  readonly element: HTMLElement;
  readonly id?: string | null;
  /** Those that were not read do not move. */
  readonly isMovable?: boolean;
  /** 0-based place in the shop's own order. */
  readonly position: number;
}

/** What was done to a list, so that it can be undone. */
export interface Arrangement {
  /** Its child nodes as the shop had them. */
  readonly before: readonly Node[];
  /** Its cards as they stand for the eye. */
  target: readonly HTMLElement[];
  /** Takes a CSS order away again, where one was given. */
  unsheet?: (() => void) | undefined;
}

/**
 * The cards in the order of `ids`: movable cards take, in that order, the places that movable cards named by `ids`
 * hold; all others keep theirs, the second card of a product too.
 *
 * Within a limit, each wish is clamped to half of it before they are sorted: sorting brings wishes no further from the
 * places than they were, so that nothing ends further from its own place than the whole.
 * @param most places that a card may stand from its own, where the cards stand in the shop's order; none is no limit
 * @returns `undefined` when they already stand so
 */
export function targetOf(
  places: readonly Place[],
  ids: readonly string[],
  most?: number,
): HTMLElement[] | undefined {
  const movable = places.filter((one) => one.isMovable).reverse(); // of two the first counts
  const byId = new Map(movable.map((place) => [place.id, place]));
  const moving = new Set(ids.flatMap((id) => byId.get(id) ?? []));
  const best = [...moving];
  const slots = places.flatMap((place, slot) => (moving.has(place) ? slot : []));
  const half = (most as number) / 2; // without a limit no wish is a number, and the order stays as it is
  const wishes = best.map(({ position }, turn) =>
    Math.max(Math.min(slots[turn] as number, position + half), position - half),
  );
  const order = [...wishes.keys()].sort((a, b) => (wishes[a] as number) - (wishes[b] as number));
  const target = places.map(({ element }) => element);
  slots.forEach((slot, turn) => {
    target[slot] = (best[order[turn] as number] as Place).element;
  });
  return places.find(({ element }, place) => element !== target[place]) && target;
}

/**
 * Takes back what `rearrange` did; the marks go back to their places with the cards.
 * @param standing the cards as they stand when it is called
 */
export function disarrangeList(
  container: Element,
  { before, unsheet }: Arrangement,
  { way, marks }: Pick<EarlyRecipe, 'way' | 'marks'>,
  standing: () => readonly Element[],
): void {
  unsheet?.();
  if (way === 'order') return;
  const stood = standing();
  restore(container, before);
  dealMarks(stood, standing(), marks);
}
