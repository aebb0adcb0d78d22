import type { ShopEvent } from './shop-data.ts';

/**
 * Where in a session the product event number `k` stands (0-based, searches not counted): the number of events before it.
 * The session's length when it has just `k` of them; `undefined` when it has fewer.
 */
export function placeOfProduct(events: readonly ShopEvent[], k: number): number | undefined {
  let products = 0;
  for (const [at, { kind }] of events.entries()) {
    if (kind === 'search') continue;
    if (products === k) return at;
    products += 1;
  }
  return products === k ? events.length : undefined;
}
