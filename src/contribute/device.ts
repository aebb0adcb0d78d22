import { FEDERATED } from '../learn/federated-settings.ts';
import { narrowList, ofNarrow } from '../learn/narrow-list.ts';
import type { OwnUpdateOptions } from '../learn/own-update.ts';
import type { TrainingList } from '../learn/training-list.ts';
import { DEFAULT_MODEL } from '../rank/default-model.ts';
import { COLUMN, FEATURES, type FeatureName } from '../rank/feature-specs.ts';
import { scoreRows } from '../rank/model.ts';
import type { TalliesContent, WeightsContent } from '../wire/contribution-task.ts';
import type { Device } from './kinds.ts';

export interface DeviceParts {
  /** This device's lists over all features, told again from its journal. */
  readonly lists: () => Promise<readonly TrainingList[]>;
  /** What of a released model is in use here; zeros or nothing before the first. */
  readonly changes: (content: WeightsContent) => Promise<readonly number[]>;
  /** `ownUpdate` of the trainer, which loads whenever a contribution is made: that it loads tells nothing either. */
  readonly update: (
    lists: readonly TrainingList[],
    options: OwnUpdateOptions,
  ) => Float64Array | Promise<Float64Array>;
  /** Buckets by topic, asked of what the build knows to count. */
  readonly topics: Readonly<Record<string, (buckets: readonly string[]) => Promise<number | undefined>>>;
  /** Small counts by topic. */
  readonly tally: (
    content: TalliesContent,
    quality: (lists: readonly TrainingList[]) => number,
    now: number,
  ) => Promise<readonly number[] | undefined>;
}

/** What this device can say of itself, for the kinds of report that the build knows. */
export function createDevice({ lists, changes, update, topics, tally }: DeviceParts): Device & {
  /** How much changed weights better the order of the device's own lists; NaN without lists. */
  judge(content: WeightsContent, changes: readonly number[]): Promise<number>;
} {
  return {
    async update(content) {
      const columns = columnsOf(content);
      const own = await lists();
      if (columns === undefined) return new Float64Array(content.features.length);
      const before = await changes(content);
      const changed = DEFAULT_MODEL.weights.slice();
      columns.forEach((column, at) => {
        changed[column] = (changed[column] ?? 0) + (before[at] ?? 0);
      });
      const narrow = ofNarrow(columns, changed, content.scales);
      const change = await update(
        own.map((list) => narrowList(list, columns, changed)),
        { ...narrow, steps: FEDERATED.steps, learningRate: FEDERATED.learningRate },
      );
      return change.slice(0, columns.length);
    },
    bucket: async ({ topic, buckets }) => topics[topic]?.(buckets),
    tally: (content, now) => tally(content, (own) => meanReciprocalRank(own, DEFAULT_MODEL.weights), now),
    async judge(content, offered) {
      const columns = columnsOf(content);
      const own = await lists();
      if (columns === undefined) return -1;
      const changed = DEFAULT_MODEL.weights.slice();
      columns.forEach((column, at) => {
        changed[column] = (changed[column] ?? 0) + (offered[at] ?? 0);
      });
      return meanReciprocalRank(own, changed) - meanReciprocalRank(own, DEFAULT_MODEL.weights);
    },
  };
}

/** `undefined` when the task is about features that this build does not have. */
function columnsOf({ features }: WeightsContent): number[] | undefined {
  const columns = features.map((name) => COLUMN[name as FeatureName]);
  return columns.every((column) => column !== undefined) ? columns : undefined;
}

/** Ties keep the order shown. NaN without lists. */
function meanReciprocalRank(lists: readonly TrainingList[], weights: Float64Array): number {
  const model = { kind: 'linear', id: 'offered@1', features: FEATURES, weights } as const;
  let sum = 0;
  for (const { rows, chosen } of lists) {
    const scores = scoreRows(model, rows, rows.length / FEATURES.length);
    const ranks = chosen.map((row) => {
      const own = scores[row] ?? 0;
      return scores.reduce(
        (rank, score, other) => (score > own || (score === own && other < row) ? rank + 1 : rank),
        1,
      );
    });
    sum += 1 / Math.min(...ranks);
  }
  return sum / lists.length;
}
