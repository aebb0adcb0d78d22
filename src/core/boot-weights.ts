import { itemHash } from './item-hash.ts';

/*
 * Derived weights as text, for `earlyScorer`, which must answer at once:
 *
 *   numbers|always|short|fresh|words
 *
 * The numbers, with commas between them, are the salt's two and those of `BOOT_NUMBERS`. A table is a run of entries to
 * the base of 36: a comma, four letters of a hash (of a product, a label or a word) and a weight in whole steps. `always`
 * counts wherever its product or label is met, `short` times the list's shortness, `fresh` only where the list does not
 * show the product touched last; the words of a title count by their mean.
 */
export const BOOT_NUMBERS = ['logFresh', 'logKnown', 'first', 'lastItem'] as const;
export type BootNumbers = Readonly<Record<(typeof BOOT_NUMBERS)[number], number>>;

/** Weights are whole steps of this size. */
export const BOOT_STEPS = 16;

/** What an entry begins with: a comma and the last four letters of the hash. */
export const bootName = (hash: number): string => `,${`000${hash.toString(36)}`.slice(-4)}`;

/** What a brand or the last level of a category is hashed with, so that a brand "dresses" is no category. */
export const bootLabel = (kind: 'c' | 'b', label: string): number =>
  itemHash(`${kind}:${label.slice(label.lastIndexOf('>') + 1).trim()}`);

/** The same weights but for that of the shop's own order, which outweighs all others. */
export function withShopsOrder(text: string): string {
  const [numbers = '', ...tables] = text.split('|');
  const [salt, other, , , , last] = numbers.split(',');
  return [[salt, other, -1e6, -1e6, 0, last].join(), ...tables].join('|');
}
