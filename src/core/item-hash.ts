import { hashToken } from './tokens.ts';

/**
 * 24-bit hash of a product's id, unsalted: the same in the builder and in every browser. Where a page names products by
 * path only, the path's last part is the name: shops export "wrap-dress", their links say "/products/wrap-dress".
 */
export const itemHash = (id: string): number => hashToken(id.replace(/^\/(.*\/)?/s, ''), [0, 0]) & 0xffffff;
