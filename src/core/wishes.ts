import { ReshelfError } from './errors.ts';
import { toCategory, toLabel } from './label.ts';

/** What the shopper asked for in so many words. Wishes are hard: no score outweighs them, and they never expire. */
export interface Wishes {
  /** Sizes worn; a product that has one in stock comes before one that has none. */
  readonly sizes: readonly string[];
  /** Categories and brands that come first. */
  readonly favourites: readonly string[];
  /** Categories and brands that come last. */
  readonly muted: readonly string[];
}

export const NO_WISHES: Wishes = { sizes: [], favourites: [], muted: [] };

/** A shopper wishes for dozens of things, not for thousands. */
const MAX_WISHES = 100;

/**
 * Checks and normalizes wishes from outside. What is both favourite and muted is muted.
 * @throws ReshelfError `wishes/bad-input` on anything that is not lists of short texts
 */
export function parseWishes(raw: unknown): Wishes {
  if (typeof raw !== 'object' || raw === null)
    throw badWishes(`expected wishes like { sizes: ['M'], favourites: [], muted: [] }, got ${typeof raw}`);
  const { sizes, favourites, muted } = raw as Partial<Record<keyof Wishes, unknown>>;
  const notWanted = toList('muted', muted, toCategory);
  return {
    sizes: toList('sizes', sizes, toLabel),
    favourites: toList('favourites', favourites, toCategory).filter((label) => !notWanted.includes(label)),
    muted: notWanted,
  };
}

function toList(name: string, raw: unknown, toText: (value: unknown) => string | undefined): string[] {
  if (raw === undefined) return [];
  if (!Array.isArray(raw))
    throw badWishes(`wishes.${name}: expected an array of short texts, got ${typeof raw}`);
  if (raw.length > MAX_WISHES)
    throw badWishes(`wishes.${name}: expected at most ${MAX_WISHES} entries, got ${raw.length}`);
  const labels = raw.map((value: unknown) => {
    const label = toText(value);
    if (label === undefined)
      throw badWishes(`wishes.${name}: expected short texts, got ${JSON.stringify(value)}`);
    return label;
  });
  return [...new Set(labels)];
}

const badWishes = (message: string) => new ReshelfError('wishes/bad-input', message);
