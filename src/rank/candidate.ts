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

export function toRankCandidate(candidate: Candidate, salt: Salt, find: FindArtefacts): RankCandidate {
  const category = toCategory(candidate.category);
  return {
    id: candidate.id,
    position: candidate.position,
    categories: category === undefined ? [] : categoryLevels(category),
    brand: toLabel(candidate.brand),
    colour: toLabel(candidate.colour),
    sizes: (candidate.sizes ?? []).flatMap((size) => toLabel(size) ?? []),
    priceLevel: toPriceLevel(candidate.price),
    tokens: candidate.title === undefined ? [] : hashTokens(candidate.title, salt),
    artefacts: find(candidate.id),
  };
}
