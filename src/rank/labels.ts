import { DAY_MS } from '../core/ids.ts';
import type { RecentItem } from '../core/profile.ts';
import type { RankCandidate } from './candidate.ts';
import type { RankContext } from './ranker.ts';

const WEEK_MS = 7 * DAY_MS;

/**
 * A contribution in the shopper's words, from the same profile that the score came from.
 * @param feature a group of features, a group of wishes, or `shop`
 */
export function labelOf(
  feature: string,
  { profile, wishes, now }: RankContext,
  candidate: RankCandidate,
): string {
  const memory = profile.items.get(candidate.id);
  const kind = candidate.categories.at(-1)?.split(' > ').at(-1);
  const met = (matches: (item: RecentItem) => boolean): number =>
    profile.recent.filter((item) => now - item.at <= WEEK_MS && matches(item)).length;
  const ofKind = (item: RecentItem) =>
    item.category !== undefined && item.category === candidate.categories.at(-1);
  const lately = (count: number, what: string, otherwise: string): string =>
    count > 0 ? `you looked at ${count} ${what} this week` : otherwise;

  switch (feature) {
    case 'shop':
      return "the shop's own order";
    case 'order':
      return "how much the shop's order counts for you";
    case 'popular':
      return 'how popular it is in this shop';
    case 'viewed':
      return memory === undefined
        ? 'you looked at this'
        : `you looked at this ${times(memory.views + memory.clicks)}`;
    case 'bought':
      return memory === undefined ? 'you bought this' : `you bought this ${times(memory.purchases)}`;
    case 'passed':
      return 'you saw this and passed on';
    case 'similar':
      return 'like products you looked at';
    case 'category':
      return lately(met(ofKind), goods('', kind), `you look at ${kind ?? 'this kind'}`);
    case 'brand':
      return lately(
        met((item) => item.brand === candidate.brand),
        `products of ${candidate.brand ?? 'this brand'}`,
        'you know this brand',
      );
    case 'colour':
      return lately(
        met((item) => item.colour === candidate.colour && ofKind(item)),
        goods(`${candidate.colour ?? ''} `, kind),
        `you look at ${candidate.colour ?? 'this colour'}`,
      );
    case 'size':
      return 'a size that you chose is in stock';
    case 'price':
      return 'how its price compares with what you look at';
    case 'search':
      return 'you searched for words in its title';
    case 'together':
      return 'shoppers buy it together with what you looked at';
    case 'wish.favourite':
      return 'one of your favourites';
    case 'wish.size':
      return `your size ${wishes.sizes.join(', ')} is in stock`;
    case 'wish.muted':
      return 'you asked to see less of this';
    default:
      return feature;
  }
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
/** "blue dresses" where the shop names its kinds in the plural, else "blue products in “slip dress”". */
function goods(before: string, kind: string | undefined): string {
  if (kind === undefined) return `${before}products of this kind`;
  return kind.endsWith('s') ? `${before}${kind}` : `${before}products in “${kind}”`;
}
