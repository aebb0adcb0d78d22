import type { EarlyCandidate } from '../core/early-score.ts';
import type { EarlyRecipe } from '../core/order-snapshot.ts';
import type { Place } from './arrange-list.ts';
import { hasLabel, markIn, readAlternatives } from './read-rule.ts';

/** A place with what its product says; only what can move is read. */
export type ReadPlace = Place & EarlyCandidate;

/** The cards of a list by its recipe alone. */
export const cardsOf = (container: Element, recipe: EarlyRecipe): HTMLElement[] =>
  ([...container.children] as HTMLElement[]).filter((element) => element.matches(recipe.item));

/** What a card says of its product. */
export type ReadFacts = Omit<EarlyCandidate, 'position'>;

/** What a card says by the recipe alone: the quick reading, for the moment before the first paint. */
export function readFacts(element: Element, recipe: EarlyRecipe): ReadFacts {
  return {
    id: readAlternatives(element, recipe.id) ?? '', // what has none does not move
    title: readAlternatives(element, recipe.title),
    brand: readAlternatives(element, recipe.brand),
    category: readAlternatives(element, recipe.category),
  };
}

/** @param facts what was read of the card before; whether it may move is looked at now */
export const readPlace = (
  element: HTMLElement,
  position: number,
  recipe: EarlyRecipe,
  facts: ReadFacts,
): ReadPlace => ({
  element,
  position,
  ...facts,
  isMovable: !(!facts.id || markIn(element, recipe.fixed) || hasLabel(element, recipe.label)),
});
