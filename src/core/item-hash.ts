import { fnv } from './fnv.ts';

/**
 * 24-bit hash of a product's id (FNV-1a over UTF-16 code units, mixed), unsalted: the same in the builder and in
 * every browser. Where a page names products by path only, the path's last part is the name: shops export
 * "wrap-dress", their links say "/products/wrap-dress".
 */
export function itemHash(id: string): number {
  let hash = fnv(id.replace(/^\/(.*\/)?/s, ''));
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash ^= hash >>> 15;
  return (hash ^ (hash >>> 24)) & 0xffffff;
}
