import { seededRandom } from '../../../rank/random.ts';
import type { Method } from '../method.ts';

/** A shuffle: what no knowledge at all is worth. The same folder always gives the same shuffles. */
export const random: Method = {
  name: 'random',
  fit: async () => {
    const next = seededRandom(1);
    return { open: () => ({ score: ({ items }) => Float64Array.from(items, next) }) };
  },
};
