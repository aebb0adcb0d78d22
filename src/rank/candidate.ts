import type { ItemId } from '../core/ids.ts';
import type { Candidate } from '../core/item.ts';
import { categoryLevels, toCategory, toLabel } from '../core/label.ts';
import { toPriceLevel } from '../core/price-level.ts';
import { hashTokens, type Salt } from '../core/tokens.ts';
import type { ItemArtefacts } from './shard.ts';

/** A candidate in the terms of the profile: normalized labels, hashed words, a price level. */
export interface RankCandidate {
  readonly id: ItemId;
  /** 0-based, in the shop's own order. */
  readonly position: number;
  /** Widest first; empty where the page names no category. */
  readonly categories: readonly string[];
  readonly brand: string | undefined;
  readonly colour: string | undefined;
  readonly sizes: readonly string[];
  readonly priceLevel: number | undefined;
  readonly tokens: readonly number[];
  readonly artefacts: ItemArtefacts | undefined;
}

/** Finds what the shop's own tables say of a product; nothing without artefacts. */
export type FindArtefacts = (id: ItemId) => ItemArtefacts | undefined;

/** Candidates in the profile's terms. What many of them share, a brand or a size, is normalized once. */
export function toRankCandidates(
  candidates: readonly Candidate[],
  salt: Salt,
  find: FindArtefacts,
): RankCandidate[] {
  const labelOf = remembered(toLabel);
  const levelsOf = remembered((text) => {
    const category = toCategory(text);
    return category === undefined ? [] : categoryLevels(category);
  });
  return candidates.map(({ id, position, title, price, brand, category, colour, sizes }) => ({
    id,
    position,
    categories: category === undefined ? [] : levelsOf(category),
    brand: brand === undefined ? undefined : labelOf(brand),
    colour: colour === undefined ? undefined : labelOf(colour),
    sizes: sizes === undefined ? [] : sizes.flatMap((size) => labelOf(size) ?? []),
    priceLevel: toPriceLevel(price),
    tokens: title === undefined ? [] : hashTokens(title, salt),
    artefacts: find(id),
  }));
}

function remembered<Value>(work: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const value = known.get(text);
    if (value !== undefined) return value;
    const made = work(text);
    known.set(text, made);
    return made;
  };
}
