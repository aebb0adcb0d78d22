import { hearCart } from './cart-events.ts';
import { THEMES } from './themes.ts';

/** What is known of single shop systems: how their themes mark products, and how they tell of their carts. */
export const SHOP_SYSTEMS = { themes: THEMES, hearCart };
export type ShopSystems = typeof SHOP_SYSTEMS;
