import type { Good } from './goods.ts';
import { PROMO_AT, SPONSORED_AT } from './platform.ts';

export interface Tiles {
  product(good: Good, index: number): string;
  sponsored(good: Good, index: number): string;
  promo(index: number): string;
}

/** Cards in the shop's order, one of them sponsored, with a promo tile between; `index` counts places. */
export function withTiles(goods: readonly Good[], tiles: Tiles): string {
  const places: string[] = [];
  for (const good of goods) {
    if (places.length === PROMO_AT) places.push(tiles.promo(places.length));
    const index = places.length;
    places.push(index === SPONSORED_AT ? tiles.sponsored(good, index) : tiles.product(good, index));
  }
  return places.join('\n');
}
