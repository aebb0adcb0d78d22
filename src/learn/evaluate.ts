import { type Model, scoreRows } from '../rank/model.ts';
import { rowCount, type TrainingList, weightOf } from './training-list.ts';

export interface Quality {
  /** Weighted mean of the listwise softmax cross-entropy, in nats a list. */
  readonly loss: number;
  /**
   * Weighted mean of 1 / rank of the best placed chosen row among all rows that could be chosen, in (0, 1]. Ties keep
   * the order shown.
   */
  readonly mrr: number;
}

/** How well a model ranks lists, by the very scorer that ships. @returns NaN for both of no list */
export function evaluate(model: Model, lists: readonly TrainingList[]): Quality {
  let loss = 0;
  let mrr = 0;
  let total = 0;
  for (const list of lists) {
    const scores = scoreRows(model, list.rows, rowCount(list, model.features.length));
    loss += weightOf(list) * crossEntropy(list, scores);
    mrr += weightOf(list) / bestRank(list, scores);
    total += weightOf(list);
  }
  return { loss: loss / total, mrr: mrr / total };
}

/** -sum of target share x log softmax, with equal shares for all chosen rows; masked rows are not in the softmax. */
function crossEntropy({ chosen, masked }: TrainingList, scores: Float64Array): number {
  let top = -Infinity;
  scores.forEach((score, row) => {
    if (masked?.[row] !== 1) top = Math.max(top, score);
  });
  let sum = 0;
  scores.forEach((score, row) => {
    if (masked?.[row] !== 1) sum += Math.exp(score - top);
  });
  const logSum = top + Math.log(sum);
  return chosen.reduce((loss, row) => loss + (logSum - (scores[row] ?? 0)) / chosen.length, 0);
}

function bestRank({ chosen, masked }: TrainingList, scores: Float64Array): number {
  const rankOf = (row: number): number => {
    const own = scores[row] ?? 0;
    let rank = 1;
    scores.forEach((score, other) => {
      if (masked?.[other] !== 1 && (score > own || (score === own && other < row))) rank += 1;
    });
    return rank;
  };
  return Math.min(...chosen.map(rankOf));
}
