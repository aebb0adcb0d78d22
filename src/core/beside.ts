/**
 * Address of a file beside another. A version that the shop appends to that one's address (`?v=123`) goes for all.
 * @param at where the other's address is relative to
 */
export function beside(name: string, file: string, at?: string): string {
  const base = new URL(file, at);
  const url = new URL(name, base);
  url.search = base.search;
  return url.href;
}
