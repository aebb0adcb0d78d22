import type { EarlyRecipe } from '../core/order-snapshot.ts';
import type { Arrangement } from './arrange-list.ts';
import { orderBySheet } from './order-sheet.ts';
import { reorder } from './reorder.ts';
import { dealMarks } from './slot-marks.ts';

/**
 * Brings a list into an order by the way that suits it, whatever order it was given before, and notes what is needed to
 * undo both. What belongs to the places is dealt to what stands in them.
 * @param current every card, as they stand now
 * @param target the same, in the order in which they are to stand
 */
export function rearrange(
  arrangements: Map<Element, Arrangement>,
  container: Element,
  current: readonly HTMLElement[],
  target: readonly HTMLElement[],
  { way, list, marks }: EarlyRecipe,
): void {
  const known = arrangements.get(container);
  known?.unsheet?.();
  const before = [...new Set([...(known?.before ?? []), ...container.childNodes])];
  let unsheet: Arrangement['unsheet'];
  if (way === 'order') unsheet = orderBySheet(`:is(${list})`, target);
  else {
    reorder(container, target);
    dealMarks(current, target, marks);
  }
  arrangements.set(container, { before, target, unsheet });
}
