import { abroadVariants } from './abroad-variants.ts';
import { otherVariants } from './other-variants.ts';
import { shopifyVariants } from './shopify-variants.ts';
import type { Variant } from './variant.ts';
import { woocommerceVariants } from './woocommerce-variants.ts';

/** Listing pages of further themes of the same platforms. */
export const VARIANTS: readonly Variant[] = [
  ...shopifyVariants,
  ...woocommerceVariants,
  ...otherVariants,
  ...abroadVariants,
];
