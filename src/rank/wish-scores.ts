import type { Wishes } from '../core/wishes.ts';
import type { RankCandidate } from './candidate.ts';

/** Far above any learned score (those stay below about 30), so that a wish always wins; muting wins over all. */
const FAVOURITE = 1000;
const SIZE = 500;
const MUTED = -10_000;

/** Groups of explicit wishes, beside the groups of features. */
export const WISH_GROUPS = ['wish.favourite', 'wish.size', 'wish.muted'] as const;
export type WishGroup = (typeof WISH_GROUPS)[number];

/** What the shopper's own words add to a candidate's score; 0 where nothing was wished. */
export function wishScore(
  wishes: Wishes,
  { categories, brand, sizes }: RankCandidate,
  group: WishGroup,
): number {
  const names = brand === undefined ? categories : [...categories, brand];
  // "shoes" also means "women > shoes": a wish may name any level by its last word
  const isNamed = (wanted: readonly string[]) =>
    wanted.some((label) => names.some((name) => name === label || name.endsWith(` > ${label}`)));
  switch (group) {
    case 'wish.favourite':
      return isNamed(wishes.favourites) ? FAVOURITE : 0;
    case 'wish.size':
      return wishes.sizes.length > 0 && sizes.some((size) => wishes.sizes.includes(size)) ? SIZE : 0;
    case 'wish.muted':
      return isNamed(wishes.muted) ? MUTED : 0;
  }
}

export const hasWishes = ({ sizes, favourites, muted }: Wishes): boolean =>
  sizes.length + favourites.length + muted.length > 0;
