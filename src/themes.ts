import { leaveParts } from './page/parts.ts';
import { SHOP_SYSTEMS } from './page/shop-systems.ts';

/** The file `reshelf.themes.js`: what is known of single shop systems; it loads beside `reshelf.lists.js`. */
leaveParts({ themes: SHOP_SYSTEMS });
