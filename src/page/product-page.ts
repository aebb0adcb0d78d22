import type { ItemId } from '../core/ids.ts';
import type { ItemFacts } from '../core/item.ts';
import { toItemId } from '../core/minimize.ts';
import { type StructuredData, toPath } from './json-ld.ts';
import { readProduct } from './read-card.ts';

export interface PageProduct {
  readonly itemId: ItemId;
  readonly facts: ItemFacts;
}

/**
 * The product that this page is about: `[data-reshelf-product]`, else the product of the page's JSON-LD that stands
 * in no list (the one whose address is this page's, if there are several), else the only microdata product.
 */
export function findPageProduct(data: StructuredData): PageProduct | undefined {
  const own = document.querySelector('[data-reshelf-product]');
  if (own !== null) {
    const itemId = toItemId(own.getAttribute('data-reshelf-product'));
    return itemId === undefined ? undefined : { itemId, facts: readProduct(own, () => undefined).facts };
  }
  const here = toPath(location.href);
  const named =
    data.single.find(({ path }) => path === here) ?? (data.single.length === 1 ? data.single[0] : undefined);
  const itemId = toItemId(named?.ids[0] ?? (named === undefined ? undefined : here));
  if (named !== undefined && itemId !== undefined) return { itemId, facts: named.facts };

  const micro = document.querySelectorAll('[itemtype$="schema.org/Product"]');
  const [only] = micro;
  if (only === undefined || micro.length > 1) return undefined;
  const { id, facts } = readProduct(only, () => undefined);
  return id === null ? undefined : { itemId: id, facts };
}
