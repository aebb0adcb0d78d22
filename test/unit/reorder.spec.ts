import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { longestIncreasing } from '../../src/page/reorder.ts';

/** Length of the longest rising subsequence by trying all, through index `keep` if it is set. */
function bruteForce(ranks: readonly number[], keep: number): number {
  let best = 0;
  for (let mask = 0; mask < 1 << ranks.length; mask++) {
    if (keep >= 0 && (mask & (1 << keep)) === 0) continue;
    const chosen = ranks.filter((_, i) => mask & (1 << i));
    if (chosen.every((rank, i) => i === 0 || rank > (chosen[i - 1] ?? 0)))
      best = Math.max(best, chosen.length);
  }
  return best;
}

const permutation = fc.integer({ min: 1, max: 9 }).chain((n) =>
  fc.shuffledSubarray(
    Array.from({ length: n }, (_, i) => i),
    { minLength: n, maxLength: n },
  ),
);

test('what stays is rising, holds the entry that must stay, and is as much as can stay', () => {
  fc.assert(
    fc.property(permutation, fc.integer({ min: -1, max: 8 }), (ranks, wanted) => {
      const keep = wanted < ranks.length ? wanted : -1;
      const stay = [...longestIncreasing(ranks, keep)].sort((a, b) => a - b);
      const kept = stay.map((index) => ranks[index] ?? -1);
      expect(kept).toEqual([...kept].sort((a, b) => a - b));
      if (keep >= 0) expect(stay).toContain(keep);
      expect(stay.length).toBe(bruteForce(ranks, keep));
    }),
    { numRuns: 500 },
  );
});
