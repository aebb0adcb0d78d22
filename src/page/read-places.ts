import { asItemId } from '../core/ids.ts';
import type { Candidate } from '../core/item.ts';
import type { EarlyRecipe } from '../core/order-snapshot.ts';
import { toPrice } from '../core/price.ts';
import type { Place } from './arrange-list.ts';
import { hasLabel, hasMark, readRule } from './read-rule.ts';

/** A place with what its product says, for the ranker; only what can move is read. */
export interface ReadPlace extends Place {
  readonly candidate?: Candidate;
}

/** The places of a list by its recipe alone: the quick reading, for the moment before the first paint. */
export function readPlaces(container: Element, recipe: EarlyRecipe): ReadPlace[] {
  return ([...container.children] as HTMLElement[]).flatMap((element, position): ReadPlace[] => {
    if (!element.matches(recipe.item)) return [];
    const read = (rule: string | undefined) => readRule(element, rule);
    const id = read(recipe.id);
    if (!id || hasMark(element, recipe.fixed) || hasLabel(element, recipe.label))
      return [{ element, id: null, isMovable: false }];
    const candidate = {
      id: asItemId(id),
      position,
      title: read(recipe.title),
      brand: read(recipe.brand),
      category: read(recipe.category),
      price: toPrice(read(recipe.price)),
    } as Candidate; // what was not found is undefined, which a ranker takes as not said
    return [{ element, id, isMovable: true, candidate }];
  });
}
