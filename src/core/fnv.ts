/** FNV-1a (draft-eastlake-fnv-17) over UTF-16 code units, 32 bits, signed. @param hash where it starts */
export function fnv(text: string, hash = 0x811c9dc5 | 0): number {
  let mixed = hash;
  for (let at = 0; at < text.length; at++) mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193);
  return mixed;
}
