import type { Method } from './method.ts';
import { layout } from './methods/layout.ts';
import { popularity, recentPopularity } from './methods/popularity.ts';
import { random } from './methods/random.ts';
import { recentlyViewed } from './methods/recently-viewed.ts';
import { reshelfCold } from './methods/reshelf.ts';
import { shopOrder } from './methods/shop-order.ts';

/** Every method of the table, in its order. The first is what the others are measured against. */
export const METHODS: readonly [Method, ...Method[]] = [
  shopOrder,
  random,
  popularity,
  recentPopularity,
  recentlyViewed,
  layout,
  reshelfCold,
];
