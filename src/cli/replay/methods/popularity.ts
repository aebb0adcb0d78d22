import type { SessionIndex } from '../../records/session-index.ts';
import type { Method } from '../method.ts';

/** What a session counts for by its age: 0 for train's newest, 1 for its oldest. */
export type AgeWeight = (age: number) => number;

export const ALL_ALIKE: AgeWeight = () => 1;
/** Halves with every eighth of train. */
export const RECENT: AgeWeight = (age) => 2 ** (-8 * age);
/** Halves with every thirty-second. */
export const LATEST: AgeWeight = (age) => 2 ** (-32 * age);

/**
 * The weighted share of the first `until` sessions that have each product.
 * @returns one number in [0, 1] per product
 */
export function sharesOf(
  index: SessionIndex,
  products: number,
  weigh: AgeWeight,
  until = index.sessions,
): Float64Array {
  const shares = new Float64Array(products);
  let total = 0;
  for (let session = 0; session < until; session++) {
    const weight = weigh(1 - (session + 1) / until);
    total += weight;
    for (const item of index.itemsOf(session)) shares[item] = (shares[item] ?? 0) + weight;
  }
  return shares.map((share) => share / total);
}

function byShare(name: string, weigh: AgeWeight): Method {
  return {
    name,
    isNonPersonal: true,
    async fit(train) {
      const shares = sharesOf(await train.index(), train.catalogue.products.length, weigh);
      return { open: () => ({ score: ({ items }) => items.map((item) => shares[item] ?? 0) }) };
    },
  };
}

/** In how many of train's sessions a product was met. */
export const popularity = byShare('popularity', ALL_ALIKE);
/** The same with the newest sessions counting most. */
export const recentPopularity = byShare('popularity-recent', RECENT);
