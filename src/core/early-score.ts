import { BOOT_STEPS, BOOT_ZERO } from './boot-weights.ts';
import { itemHash } from './item-hash.ts';
import { hashTokens, type Salt } from './tokens.ts';

/** What the quick reading of a card gives. */
export interface EarlyCandidate {
  readonly id: string;
  readonly position: number;
  readonly title?: string | undefined;
  readonly brand?: string | undefined;
  readonly category?: string | undefined;
}

/**
 * Scores by derived weights, small enough for the head snippet: products met and what goes with them, categories,
 * brands, the words of titles, and the shop's own order; no prices, colours and sizes. `reshelf replay` measures it
 * as `reshelf-boot`.
 * @param text weights of this release, as a snapshot of this release holds them
 * @returns one per candidate, higher is better
 */
export function scoreEarly(text: string, candidates: readonly EarlyCandidate[]): number[] {
  const [, salt, numbers, ...rest] = text.split('|') as [string, string, string]; // as `makeBootWeights` writes them
  const [logFresh, logKnown, first, last] = numbers.split(',').map(Number) as Numbers;
  const [always, short, fresh, words] = rest.map((entries) => {
    const table = new Map<number, number>();
    for (const [, hash, weight] of (entries as string).matchAll(/(.{4})(..)/g) as Iterable<
      [string, string, string]
    >)
      table.set(read(hash), (read(`AA${weight}`) - BOOT_ZERO) / BOOT_STEPS);
    return (hash: number) => table.get(hash) ?? 0;
  }) as [Weigh, Weigh, Weigh, Weigh];
  const isKnown = candidates.some(({ id }) => itemHash(id) === last);
  return candidates.map(({ id, position, title, brand, category }) => {
    const hash = itemHash(id);
    let score =
      (-Math.log2(1 + position) / 3) * (isKnown ? logKnown : logFresh) +
      first / (1 + position) +
      always(hash) +
      short(hash) * Math.min(1, 25 / candidates.length) ** 2 +
      (isKnown ? 0 : fresh(hash));
    for (const label of [`b:${brand}`, ...`${category}`.split(/ *[>›»] */).map((level) => `c:${level}`)])
      score += always(itemHash(label.toLowerCase()));
    const tokens = hashTokens(title ?? '', salt.split(',').map(Number) as unknown as Salt);
    for (const token of tokens) score += words(token & 0xffffff) / tokens.length;
    return score;
  });
}

type Weigh = (hash: number) => number;
type Numbers = [number, number, number, number];
/** Four letters are three bytes. */
const read = (letters: string): number =>
  [...atob(letters)].reduce((value, byte) => value * 256 + byte.charCodeAt(0), 0);
