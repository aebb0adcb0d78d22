import type { EarlyRecipe } from '../core/order-snapshot.ts';
import { orderBySheet } from './order-sheet.ts';
import { dealMarks } from './slot-marks.ts';

/** A place of a list, as far as moving is concerned. */
export interface Place {
  readonly element: HTMLElement;
  readonly id: string | null;
  readonly isMovable: boolean;
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

/** Brings children of a parent into an order; other children stay where they are. */
export type Reorder = (parent: Element, target: readonly Element[], current: readonly Element[]) => void;

/**
 * The cards in the order of `ids`: movable cards take, in that order, the places that movable cards named by `ids`
 * hold; all others keep theirs, the second card of a product too.
 * @returns `undefined` when they already stand so
 */
export function targetOf(places: readonly Place[], ids: readonly string[]): HTMLElement[] | undefined {
  const byId = new Map<string | null, HTMLElement>();
  for (const { element, id, isMovable } of places) if (isMovable && !byId.has(id)) byId.set(id, element);
  const moving = new Set(ids.flatMap((id) => byId.get(id) ?? []));
  const queue = moving.values();
  const target = places.map(({ element }) => (moving.has(element) ? queue.next().value : element) ?? element);
  return target.some((element, place) => element !== places[place]?.element) ? target : undefined;
}

/**
 * Brings a list into an order, by the way that suits it; what belongs to the places is dealt to what stands in them.
 * @param current every card, as they stand now
 * @param target the same, in the order in which they are to stand
 * @returns takes a CSS order away again; nodes are moved back by a second call
 */
export function arrangeList(
  container: Element,
  current: readonly HTMLElement[],
  target: readonly HTMLElement[],
  { way, list, marks }: Pick<EarlyRecipe, 'way' | 'list' | 'marks'>,
  reorder: Reorder,
): (() => void) | undefined {
  if (way === 'order') return orderBySheet(`:is(${list})`, target);
  reorder(container, target, current);
  dealMarks(current, target, marks);
  return undefined;
}
