import type { EarlyCandidate } from '../core/early-score.ts';
import type { EarlyRecipe } from '../core/order-snapshot.ts';
import type { Place } from './arrange-list.ts';
import { hasLabel, hasMark, readRule } from './read-rule.ts';

/** A place with what its product says; only what can move is read. */
export type ReadPlace = Place & EarlyCandidate;

/** The places of a list by its recipe alone: the quick reading, for the moment before the first paint. */
export const readPlaces = (container: Element, recipe: EarlyRecipe): ReadPlace[] =>
  [...container.children]
    .filter((element) => element.matches(recipe.item))
    .map((element, position) => {
      const read = (rule: string | undefined) => readRule(element, rule);
      const id = read(recipe.id) ?? '';
      return {
        element: element as HTMLElement,
        isMovable: !!id && !hasMark(element, recipe.fixed) && !hasLabel(element, recipe.label),
        id,
        position,
        title: read(recipe.title),
        brand: read(recipe.brand),
        category: read(recipe.category),
      };
    });
