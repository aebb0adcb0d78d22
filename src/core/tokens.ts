import { fnv } from './fnv.ts';

/** Two random words per origin; without them two shops' hashes of one word differ. Rotates on `forget('all')`. */
export type Salt = readonly [number, number];

/** Titles of shops say it in the first dozen words. */
const MAX_TOKENS = 12;

/**
 * Salted 32-bit hashes of the words of a title or a search: enough to compare, not to read.
 * FNV-1a (draft-eastlake-fnv-17) over UTF-16 code units, started and finished with the salt, mixed by
 * murmur3's finalizer. This is pseudonymization, not secrecy: who holds the salt can test a guessed word.
 * @returns distinct hashes, at most 12, in the order of the words; words of one letter say nothing, and long
 *   numbers name something (an order, a telephone): both are left out
 */
export function hashTokens(text: string, salt: Salt): number[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  const telling = words.filter((word) => !/^\p{N}{5,}$/u.test(word));
  // so that "bags" meets "bag"; shops' titles need no more grammar than this
  const hashes = telling.map((word) => hashToken(word.replace(/(?<=..[^s])s$/, ''), salt));
  return [...new Set(hashes)].slice(0, MAX_TOKENS);
}

/** Salted 32-bit hash of one word. */
export function hashToken(word: string, salt: Salt): number {
  let hash = fnv(word, salt[0]) ^ salt[1];
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
