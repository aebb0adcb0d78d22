import type { Candidate, Contribution } from '../core/item.ts';
import { FEATURE_COUNT, FEATURES, fillFeatures } from './features.ts';
import { LABELS } from './labels.ts';
import type { RankContext, Ranker } from './ranker.ts';

/**
 * A linear ranker over plain typed arrays: score = sum of weight x feature, so every score is its own explanation.
 * @param weights shape [d], in the order of `FEATURES`
 * @throws RangeError on another length or a weight that is no finite number
 */
export function createLinearRanker(id: string, weights: Float64Array): Ranker {
  if (weights.length !== FEATURE_COUNT || !weights.every(Number.isFinite))
    throw new RangeError(`expected ${FEATURE_COUNT} finite weights, got ${weights.length}`);

  function features(context: RankContext, candidates: readonly Candidate[]): Float64Array {
    const rows = new Float64Array(candidates.length * FEATURE_COUNT);
    fillFeatures(context, candidates, rows);
    return rows;
  }
  return {
    id,
    score(context, candidates) {
      const rows = features(context, candidates);
      return Float64Array.from(candidates, (_, row) => {
        let score = 0;
        for (let k = 0; k < FEATURE_COUNT; k++)
          score += (weights[k] ?? 0) * (rows[row * FEATURE_COUNT + k] ?? 0);
        return score;
      });
    },
    explain(context, candidates, index) {
      const rows = features(context, candidates);
      const parts: Contribution[] = [];
      FEATURES.forEach((feature, k) => {
        const value = (weights[k] ?? 0) * (rows[index * FEATURE_COUNT + k] ?? 0);
        if (value !== 0) parts.push({ feature, label: LABELS[feature], value });
      });
      return parts;
    },
  };
}
