import { BOOT_STEPS, bootName } from './boot-weights.ts';
import { itemHash } from './item-hash.ts';
import { hashTokens } from './tokens.ts';

/** What the quick reading of a card gives. */
export interface EarlyCandidate {
  readonly id: string;
  readonly position: number;
  readonly title?: string | undefined;
  readonly brand?: string | undefined;
  readonly category?: string | undefined;
}

/** @returns one score per candidate, higher is better */
export type EarlyScorer = (candidates: readonly EarlyCandidate[]) => number[];

/**
 * Scores by derived weights, small enough for the head snippet: products met and what goes with them, categories,
 * brands, the words of titles, and the shop's own order; no prices, colours and sizes. `reshelf replay` measures it
 * as `reshelf-boot`.
 *
 * What a product is worth wherever it stands is worked out once for each id: who scores products as they come has little
 * left to do when all are there.
 * @param text weights of this release, as a snapshot of this release holds them
 */
export function earlyScorer(text: string): EarlyScorer {
  const [numbers, ...tables] = text.split('|') as [string]; // as `makeBootWeights` writes them
  const [salt, other, logFresh, logKnown, first, last] = numbers.split(',').map(Number) as Numbers;
  const [always, short, fresh, words] = (tables as string[]).map(
    (entries) => (hash: number) => parseInt(entries.split(bootName(hash))[1] ?? '0', 36) / BOOT_STEPS, // up to the next comma
  ) as [Weigh, Weigh, Weigh, Weigh];
  const tastes: number[] = [];
  function tasteOf(hash: number, { title, brand, category }: EarlyCandidate): number {
    let sum = always(hash);
    for (const label of [`b:${brand}`, ...`${category}`.split(/ *[>›»] */).map((level) => `c:${level}`)])
      sum += always(itemHash(label.toLowerCase()));
    const tokens = hashTokens(title ?? '', [salt, other]);
    for (const token of tokens) sum += words(token & 0xffffff) / tokens.length;
    return sum;
  }
  return (candidates) => {
    const hashes = candidates.map(({ id }) => itemHash(id));
    const isKnown = hashes.includes(last);
    return candidates.map((candidate, place) => {
      const hash = hashes[place] as number; // one each
      tastes[hash] ??= tasteOf(hash, candidate);
      return (
        Math.log2(1 + candidate.position) * (isKnown ? logKnown : logFresh) +
        first / (1 + candidate.position) +
        tastes[hash] +
        short(hash) * Math.min(1, 25 / candidates.length) ** 2 +
        (isKnown ? 0 : fresh(hash))
      );
    });
  };
}

type Weigh = (hash: number) => number;
type Numbers = [number, number, number, number, number, number];
