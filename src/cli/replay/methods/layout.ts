import type { Method } from '../method.ts';

/**
 * The walk down the page: what stands after the product touched last, nearest first; then what stands before it,
 * nearest first; then the product itself. A trap, not a ranking: re-ordering would destroy the very walk it follows.
 */
export const layout: Method = {
  name: 'layout',
  fit: async () => ({
    open: ({ events }) => ({
      score({ items }) {
        const last = events.at(-1);
        const anchor = last === undefined ? -1 : items.indexOf(last.item);
        if (anchor < 0) return new Float64Array(items.length);
        return items.map((_, at) => {
          if (at === anchor) return -items.length;
          return at > anchor ? items.length - (at - anchor) : at - anchor;
        });
      },
    }),
  }),
};
