import type { Method } from '../method.ts';

/**
 * The walk down the page: first what stands right after the product touched last, then the rest in the shop's order.
 * A trap, not a ranking: re-ordering would destroy the very walk it follows.
 */
export const layout: Method = {
  name: 'layout',
  fit: async () => ({
    open: ({ events }) => ({
      score({ items }) {
        const last = events.at(-1);
        const place = last === undefined ? -1 : items.indexOf(last.item);
        return items.map((_, at) => (place >= 0 && at > place ? 1 : 0));
      },
    }),
  }),
};
