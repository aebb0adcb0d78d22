import type { Candidate } from './item.ts';
import { itemHash } from './item-hash.ts';
import { categoryLevels, toCategory, toLabel } from './label.ts';
import { toPriceLevel } from './price-level.ts';
import { hashTokens } from './tokens.ts';

/*
 * Derived weights as text, at most `MAX_BOOT_LENGTH` characters, for a scorer that must answer at once:
 *
 *   1|salt,salt|numbers|always|short|fresh|words
 *
 * The numbers are those of `BOOT_NUMBERS`. A table is a run of entries of six letters: four of a 24-bit hash (of a
 * product, a label or a word) and two of a weight in steps of 1/32. `always` counts wherever its product or label is
 * met, `short` times the list's shortness, `fresh` only where the list does not show the product touched last; the
 * words of a title count by their mean.
 */
export const BOOT_NUMBERS = [
  'logFresh',
  'logKnown',
  'first',
  'linear',
  'linearKnown',
  'lastItem',
  'price',
  'priceFar',
  'priceAlike',
] as const;
export type BootNumbers = Readonly<Record<(typeof BOOT_NUMBERS)[number], number>>;

export const BOOT_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Weights are whole steps of this size, stored with `BOOT_ZERO` added. */
export const BOOT_STEPS = 32;
export const BOOT_ZERO = 2048;
export const BOOT_VERSION = '1';
/** The list length up to which the shortness is 1, as in `rank/features`. */
const SHORT_LIST = 25;

/** What a label is hashed with, so that a brand "red" is no colour. */
export const bootLabel = (kind: 'c' | 'b' | 'f' | 'z', label: string): number => itemHash(`${kind}:${label}`);

/**
 * Scores of a list by derived weights.
 * @returns shape [n], higher is better, ties keep the shop's order; `undefined` for weights of another release
 */
export function scoreBoot(text: string, candidates: readonly Candidate[]): Float64Array | undefined {
  const [version, salt = '', numbers = '', ...tables] = text.split('|');
  if (version !== BOOT_VERSION) return undefined;
  const [salt0 = 0, salt1 = 0] = salt.split(',').map(Number);
  const [
    logFresh = 0,
    logKnown = 0,
    first = 0,
    linear = 0,
    linearKnown = 0,
    last,
    price = 0,
    far = 0,
    alike = 0,
  ] = numbers.split(',').map(Number);
  const [always, short, fresh, words] = tables.map(readTable);
  const count = candidates.length;
  const shortness = Math.min(1, SHORT_LIST / count) ** 2;
  const hashes = candidates.map(({ id }) => itemHash(id));
  const isLastHere = hashes.includes(last ?? -1);
  const of = (table: Map<number, number> | undefined, hash: number): number => table?.get(hash) ?? 0;

  return Float64Array.from(candidates, (candidate, index) => {
    const { position, title } = candidate;
    const hash = hashes[index] ?? -1;
    const line = -position / Math.max(1, count - 1);
    let score =
      (-Math.log2(1 + position) / 3) * (isLastHere ? logKnown : logFresh) +
      line * (isLastHere ? linearKnown : linear) +
      first / (1 + position) +
      of(always, hash) +
      of(short, hash) * shortness +
      (isLastHere ? 0 : of(fresh, hash));
    for (const label of labelsOf(candidate)) score += of(always, label);
    const level = toPriceLevel(candidate.price);
    if (level !== undefined && price > 0) {
      const away = Math.abs(level - price);
      score += alike * Math.exp(-away / 4) - far * Math.min(3, away / 8);
    }
    const tokens = title ? hashTokens(title, [salt0, salt1]) : [];
    if (tokens.length > 0)
      score += tokens.reduce((sum, token) => sum + of(words, token & 0xffffff), 0) / tokens.length;
    return score;
  });
}

/** Hashes of all that a page says of a product in labels. */
function labelsOf({ category, brand, colour, sizes }: Candidate): number[] {
  const path = toCategory(category);
  const levels = path === undefined ? [] : categoryLevels(path);
  const named = new Set(levels.flatMap((level) => [level, level.slice(level.lastIndexOf('>') + 1).trim()]));
  const of = (kind: 'b' | 'f' | 'z', value: unknown) => {
    const label = toLabel(value);
    return label === undefined ? [] : [bootLabel(kind, label)];
  };
  return [
    ...[...named].map((label) => bootLabel('c', label)),
    ...of('b', brand),
    ...of('f', colour),
    ...(sizes ?? []).flatMap((size) => of('z', size)),
  ];
}

function readTable(text: string): Map<number, number> {
  const table = new Map<number, number>();
  for (let at = 0; at + 6 <= text.length; at += 6)
    table.set(readNumber(text, at, 4), (readNumber(text, at + 4, 2) - BOOT_ZERO) / BOOT_STEPS);
  return table;
}

function readNumber(text: string, from: number, length: number): number {
  let value = 0;
  for (let at = from; at < from + length; at++) value = value * 64 + BOOT_LETTERS.indexOf(text[at] ?? '');
  return value;
}
