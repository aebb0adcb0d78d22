import type { TrainingList } from '../../src/learn/training-list.ts';
import { seeded } from './statistics.ts';

export interface Planted {
  /** Weight of each feature in the choice, shape [d]. */
  readonly weights: readonly number[];
  readonly lists: number;
  readonly candidates: number;
  readonly seed: number;
  /** Choices per list, without replacement; 1 when left out. */
  readonly choices?: number;
}

/** Lists of uniform features in which choices follow a softmax of planted weights; five lists a session. */
export function plantLists({ weights, lists, candidates, seed, choices = 1 }: Planted): TrainingList[] {
  const random = seeded(seed);
  const width = weights.length;
  return Array.from({ length: lists }, (_, index) => {
    const rows = Float32Array.from({ length: candidates * width }, () => random() * 2 - 1);
    const shares = Array.from({ length: candidates }, (_, row) =>
      Math.exp(weights.reduce((sum, weight, k) => sum + weight * (rows[row * width + k] ?? 0), 0)),
    );
    const chosen: number[] = [];
    while (chosen.length < choices) chosen.push(draw(shares, chosen, random));
    return { session: `s${Math.floor(index / 5)}`, rows, chosen };
  });
}

function draw(shares: readonly number[], taken: readonly number[], random: () => number): number {
  const open = shares.map((share, row) => (taken.includes(row) ? 0 : share));
  let left = random() * open.reduce((sum, share) => sum + share, 0);
  const row = open.findIndex((share) => {
    left -= share;
    return share > 0 && left <= 0;
  });
  return row < 0 ? open.findIndex((share) => share > 0) : row; // what rounding leaves over
}
