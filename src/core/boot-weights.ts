import { itemHash } from './item-hash.ts';

/*
 * Derived weights as text, for `scoreEarly`, which must answer at once:
 *
 *   1|salt,salt|numbers|always|short|fresh|words
 *
 * The numbers are those of `BOOT_NUMBERS`. A table is a run of entries of six letters: four of a 24-bit hash (of a
 * product, a label or a word) and two of a weight in steps of 1/32. `always` counts wherever its product or label is
 * met, `short` times the list's shortness, `fresh` only where the list does not show the product touched last; the
 * words of a title count by their mean.
 */
export const BOOT_NUMBERS = ['logFresh', 'logKnown', 'first', 'lastItem'] as const;
export type BootNumbers = Readonly<Record<(typeof BOOT_NUMBERS)[number], number>>;

/** Those of base64, so that `atob` reads them. */
export const BOOT_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Weights are whole steps of this size, stored with `BOOT_ZERO` added. */
export const BOOT_STEPS = 32;
export const BOOT_ZERO = 2048;
export const BOOT_VERSION = '1';

/** What a brand or the last level of a category is hashed with, so that a brand "dresses" is no category. */
export const bootLabel = (kind: 'c' | 'b', label: string): number =>
  itemHash(`${kind}:${label.slice(label.lastIndexOf('>') + 1).trim()}`);
