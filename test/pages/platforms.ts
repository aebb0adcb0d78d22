import { bigcommerce } from './bigcommerce.ts';
import { homeMade } from './home-made.ts';
import { hyva, luma } from './magento.ts';
import { next } from './next.ts';
import { opencart } from './opencart.ts';
import type { Platform } from './platform.ts';
import { prestashop } from './prestashop.ts';
import { shopify } from './shopify.ts';
import { woocommerce } from './woocommerce.ts';

/** Every platform's listing page. */
export const PLATFORMS: readonly Platform[] = [
  shopify,
  woocommerce,
  luma,
  hyva,
  prestashop,
  bigcommerce,
  opencart,
  next,
  homeMade,
];
