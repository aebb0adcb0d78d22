/** The figures of one method on one slice. `null` where the slice has no task, or one session alone gives no interval. */
export interface Figures {
  readonly n: number;
  readonly mrr: number | null;
  readonly ndcg10: number | null;
  readonly hr10: number | null;
  readonly meanRank: number | null;
  /** Half-width of the 95 % interval of `mrr`, clustered by session. */
  readonly ci95: number | null;
}

export interface Difference {
  readonly mean: number | null;
  readonly ci95: number | null;
}

/**
 * Sums over tasks, enough for all figures without keeping a task: `endSession` closes one cluster.
 */
export interface Tally {
  /** @param others 1-based ranks of the same target under the methods to compare with, in a fixed order */
  add(rank: number, others: readonly number[]): void;
  endSession(): void;
  figures(): Figures;
  /** Mean difference of 1 / rank to the method number `other`, paired by task. */
  difference(other: number): Difference;
}

const HALF_WIDTHS = 1.96;
const CUT = 10;

/** 1-based place of `target` by falling score; ties keep the shop's order. */
export function rankOf(scores: ArrayLike<number>, target: number): number {
  const own = scores[target] ?? 0;
  let rank = 1;
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at] ?? 0;
    if (score > own || (score === own && at < target)) rank += 1;
  }
  return rank;
}

/** @param others how many methods it is compared with */
export function createTally(others: number): Tally {
  let n = 0;
  let ndcg = 0;
  let hits = 0;
  let ranks = 0;
  const reciprocal = createClusteredMean();
  const differences = Array.from({ length: others }, createClusteredMean);
  return {
    add(rank, otherRanks) {
      n += 1;
      ranks += rank;
      if (rank <= CUT) {
        hits += 1;
        ndcg += 1 / Math.log2(rank + 1);
      }
      reciprocal.add(1 / rank);
      for (let at = 0; at < others; at++) differences[at]?.add(1 / rank - 1 / (otherRanks[at] ?? rank));
    },
    endSession() {
      reciprocal.endCluster();
      for (const difference of differences) difference.endCluster();
    },
    figures: () => ({
      n,
      mrr: reciprocal.mean(),
      ndcg10: n === 0 ? null : ndcg / n,
      hr10: n === 0 ? null : hits / n,
      meanRank: n === 0 ? null : ranks / n,
      ci95: reciprocal.halfWidth(),
    }),
    difference(other) {
      const found = differences[other];
      return { mean: found?.mean() ?? null, ci95: found?.halfWidth() ?? null };
    },
  };
}

interface ClusteredMean {
  add(value: number): void;
  endCluster(): void;
  mean(): number | null;
  halfWidth(): number | null;
}

/**
 * The mean of values that come in clusters, and the half-width of its 95 % interval by the cluster-robust (sandwich)
 * variance: Liang and Zeger 1986, with the G / (G - 1) correction of Cameron and Miller 2015, section II.
 * With cluster sums S, sizes m and mean a, the sum of (S - m a)² is kept as the sums of S², S m and m².
 */
function createClusteredMean(): ClusteredMean {
  let clusterSum = 0;
  let clusterSize = 0;
  let clusters = 0;
  let sum = 0;
  let size = 0;
  let sumSquares = 0;
  let sumTimesSize = 0;
  let sizeSquares = 0;
  return {
    add(value) {
      clusterSum += value;
      clusterSize += 1;
    },
    endCluster() {
      if (clusterSize === 0) return;
      clusters += 1;
      sum += clusterSum;
      size += clusterSize;
      sumSquares += clusterSum * clusterSum;
      sumTimesSize += clusterSum * clusterSize;
      sizeSquares += clusterSize * clusterSize;
      clusterSum = 0;
      clusterSize = 0;
    },
    mean: () => (size === 0 ? null : sum / size),
    halfWidth() {
      if (clusters < 2) return null;
      const mean = sum / size;
      const residual = Math.max(0, sumSquares - 2 * mean * sumTimesSize + mean * mean * sizeSquares);
      return (HALF_WIDTHS * Math.sqrt((residual * clusters) / (clusters - 1))) / size;
    },
  };
}
