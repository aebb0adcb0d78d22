/** FNV-1a (draft-eastlake-fnv-17) over UTF-16 code units, 32 bits, signed. @param salt changes where it starts */
export function fnv(text: string, salt = 0): number {
  let mixed = 0x811c9dc5 ^ salt;
  for (let at = 0; at < text.length; at++) mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193);
  return mixed;
}
