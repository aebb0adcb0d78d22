import type { Method } from '../method.ts';

/** What the shopper met last in this session comes first; the rest stays in the shop's order behind it. */
export const recentlyViewed: Method = {
  name: 'recently-viewed',
  fit: async () => ({
    open: (history) => ({
      score({ items }) {
        const places = new Map<number, number>();
        for (let at = history.sessionStart; at < history.events.length; at++)
          places.set(history.events[at]?.item ?? -1, at + 1);
        return items.map((item) => places.get(item) ?? 0);
      },
    }),
  }),
};
