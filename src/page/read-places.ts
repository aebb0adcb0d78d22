import type { EarlyCandidate } from '../core/early-score.ts';
import type { EarlyRecipe } from '../core/order-snapshot.ts';
import type { Place } from './arrange-list.ts';
import { hasLabel, markIn, readRule } from './read-rule.ts';

/** A place with what its product says; only what can move is read. */
export type ReadPlace = Place & EarlyCandidate;

/** The cards of a list by its recipe alone. */
export const cardsOf = (container: Element, { item }: EarlyRecipe): HTMLElement[] =>
  ([...container.children] as HTMLElement[]).filter((element) => element.matches(item));

/** A place by the recipe alone: the quick reading, for the moment before the first paint. */
export function readPlace(element: HTMLElement, position: number, recipe: EarlyRecipe): ReadPlace {
  const read = (rule: string | undefined) => readRule(element, rule);
  const id = read(recipe.id) as string; // what has none does not move
  return {
    element,
    isMovable: !!id && !markIn(element, recipe.fixed) && !hasLabel(element, recipe.label),
    id,
    position,
    title: read(recipe.title),
    brand: read(recipe.brand),
    category: read(recipe.category),
  };
}
