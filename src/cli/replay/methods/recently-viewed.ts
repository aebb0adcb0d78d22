import type { Method } from '../method.ts';

/** What the shopper met last comes first; what was never met stays in the shop's order behind it. */
export const recentlyViewed: Method = {
  name: 'recently-viewed',
  fit: async () => ({
    open: ({ events }) => ({
      score({ items }) {
        const lastAt = new Map<number, number>();
        events.forEach(({ item }, at) => {
          lastAt.set(item, at + 1);
        });
        return items.map((item) => lastAt.get(item) ?? 0);
      },
    }),
  }),
};
