import type { Method } from '../method.ts';

/** The list as the shop drew it: every score is the same, and ties keep the shop's order. */
export const shopOrder: Method = {
  name: 'shop-order',
  isNonPersonal: true,
  fit: async () => ({ open: () => ({ score: ({ items }) => new Float64Array(items.length) }) }),
};
