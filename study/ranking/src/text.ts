/** Hashes one word to a signed 32-bit integer (FNV-1a). `salt` differs per origin, so tokens mean nothing elsewhere. */
export function hashWord(word: string, salt: number): number {
  let hash = (0x811c9dc5 ^ salt) | 0;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15; // FNV leaves the high bits of short words alike; one mixing step spreads them
  return Math.imul(hash, 0x2c1b3c6d) ^ (hash >>> 13);
}

export const MAX_TOKENS = 12;

/**
 * Distinct hashed words of a title or a query, at most `MAX_TOKENS`, in order of appearance.
 * A plural "s" is dropped, so that "bag" meets "bags"; words of one letter say nothing and are left out.
 */
export function tokensOf(text: string, salt: number): number[] {
  const tokens: number[] = [];
  for (const raw of text.toLowerCase().split(/[^\p{L}\p{N}]+/u)) {
    if (raw.length < 2) continue;
    const word = raw.length > 3 && raw.endsWith('s') && !raw.endsWith('ss') ? raw.slice(0, -1) : raw;
    const token = hashWord(word, salt);
    if (!tokens.includes(token)) tokens.push(token);
    if (tokens.length === MAX_TOKENS) break;
  }
  return tokens;
}

/** Price on a log scale in eighths of an octave; what the product stores in place of a price. */
export function priceLevelOf(price: number): number | undefined {
  return price > 0 && Number.isFinite(price) ? Math.round(8 * Math.log2(price)) : undefined;
}
