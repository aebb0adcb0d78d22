/**
 * 24-bit hash of a product's id (FNV-1a over UTF-16 code units, mixed), unsalted: the same in the builder and in
 * every browser. Where a page names products by path only, the path's last part is the name: shops export
 * "wrap-dress", their links say "/products/wrap-dress".
 */
export function itemHash(id: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = id.startsWith('/') ? id.lastIndexOf('/') + 1 : 0; at < id.length; at++)
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash ^= hash >>> 15;
  return (hash ^ (hash >>> 24)) & 0xffffff;
}
