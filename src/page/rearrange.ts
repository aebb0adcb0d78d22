import type { EarlyRecipe } from '../core/order-snapshot.ts';
import { type Arrangement, arrangeList } from './arrange-list.ts';
import { reorder } from './reorder.ts';

/**
 * Brings a list into an order, whatever order it was given before, and notes what is needed to undo both.
 * @param current every card, as they stand now
 * @param target the same, in the order in which they are to stand
 */
export function rearrange(
  arrangements: Map<Element, Arrangement>,
  container: Element,
  current: readonly HTMLElement[],
  target: readonly HTMLElement[],
  recipe: EarlyRecipe,
): void {
  const known = arrangements.get(container);
  known?.unsheet?.();
  const before = [...new Set([...(known?.before ?? []), ...container.childNodes])];
  const unsheet = arrangeList(container, current, target, recipe, reorder);
  arrangements.set(container, { before, target, unsheet });
}
