import type { Method, Train } from '../method.ts';
import { distinctItems } from '../session-items.ts';

/** After this share of train's sessions a session counts half for recent popularity. */
const HALF_LIFE_SHARE = 1 / 8;

function recentWeight(age: number): number {
  return 2 ** (-age / HALF_LIFE_SHARE);
}

/** @param weigh a session's weight by its age: 0 for the newest, towards 1 for the oldest */
async function count(train: Train, weigh: (age: number) => number): Promise<Float64Array> {
  const counts = new Float64Array(train.catalogue.products.length);
  for await (const session of train.sessions()) {
    const weight = weigh(1 - (session.index + 1) / train.sessionCount);
    for (const item of distinctItems(session.events)) counts[item] = (counts[item] ?? 0) + weight;
  }
  return counts;
}

function byCount(name: string, weigh: (age: number) => number): Method {
  return {
    name,
    isNonPersonal: true,
    async fit(train) {
      const counts = await count(train, weigh);
      return { open: () => ({ score: ({ items }) => items.map((item) => counts[item] ?? 0) }) };
    },
  };
}

export const popularity = byCount('popularity', () => 1);
export const recentPopularity = byCount('popularity-recent', recentWeight);
