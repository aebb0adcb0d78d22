import type { Method } from './method.ts';
import { contentProfile } from './methods/content-profile.ts';
import { fittedOrder } from './methods/fitted-order.ts';
import { itemItem } from './methods/item-item.ts';
import { layout } from './methods/layout.ts';
import { popularity, recentPopularity } from './methods/popularity.ts';
import { random } from './methods/random.ts';
import { recentlyViewed } from './methods/recently-viewed.ts';
import { reshelf, reshelfBoot, reshelfCold, reshelfColdSlate } from './methods/reshelf.ts';
import { stan, vSknn } from './methods/session-neighbours.ts';
import { shopOrder } from './methods/shop-order.ts';

/** Every method, in the order of the table. `shop-order` must be among them: all are measured against it. */
export const METHODS: readonly Method[] = [
  random,
  shopOrder,
  popularity,
  recentPopularity,
  fittedOrder,
  recentlyViewed,
  layout,
  contentProfile,
  itemItem,
  vSknn,
  stan,
  reshelfCold,
  reshelfColdSlate,
  reshelf,
  reshelfBoot,
];
