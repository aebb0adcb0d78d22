import type { Candidate, Contribution } from '../core/item.ts';
import { emptyProfile } from '../core/profile.ts';
import { atOnce, type Steps } from '../core/steps.ts';
import { type RankCandidate, toRankCandidates } from './candidate.ts';
import { columnsOf, FEATURE_COUNT, FEATURE_GROUPS } from './feature-specs.ts';
import { featureSteps } from './features.ts';
import { labelOf } from './labels.ts';
import { type Model, scoreRows } from './model.ts';
import { prepare } from './prepare.ts';
import { hasHistory, type RankContext, type Ranker } from './ranker.ts';
import { hasWishes, WISH_GROUPS, wishScore } from './wish-scores.ts';

/** A ranker by a trained model over the features, plus the shopper's wishes, which no model outweighs. */
export function createModelRanker(model: Model): Ranker {
  function* rowSteps(context: RankContext, candidates: readonly RankCandidate[]): Steps<Float64Array> {
    const rows = new Float64Array(candidates.length * FEATURE_COUNT);
    yield* featureSteps(prepare(context.profile, context.now), candidates, rows);
    return rows;
  }
  const toRows = (context: RankContext, candidates: readonly RankCandidate[]): Float64Array =>
    atOnce(rowSteps(context, candidates));
  /** Scores before wishes; without history the shop's order and nothing else, whatever the model thinks. */
  function scoreKnown(
    context: RankContext,
    candidates: readonly RankCandidate[],
    rows: Float64Array,
  ): Float64Array {
    if (!hasHistory(context.profile))
      return Float64Array.from(candidates, ({ position }) => -Math.log2(1 + position));
    return scoreRows(model, rows, candidates.length);
  }
  const inTermsOf = ({ salt, findArtefacts }: RankContext, candidates: readonly Candidate[]) =>
    toRankCandidates(candidates, salt, findArtefacts);
  const wished = ({ wishes }: RankContext, candidate: RankCandidate): number =>
    hasWishes(wishes) ? WISH_GROUPS.reduce((sum, group) => sum + wishScore(wishes, candidate, group), 0) : 0;

  return {
    id: model.id,
    *score(context, given) {
      const candidates = inTermsOf(context, given);
      const scores = scoreKnown(context, candidates, yield* rowSteps(context, candidates));
      return scores.map((score, i) => score + wished(context, candidates[i] as RankCandidate));
    },

    explain(context, given, index) {
      const candidates = inTermsOf(context, given);
      const candidate = candidates[index];
      if (candidate === undefined)
        throw new RangeError(`expected an index below ${given.length}, got ${index}`);
      const parts: Contribution[] = [];
      const add = (feature: string, value: number) => {
        if (value !== 0) parts.push({ feature, label: labelOf(feature, context, candidate), value });
      };
      const rows = toRows(context, candidates);
      const score = scoreKnown(context, candidates, rows)[index] ?? 0;
      let known = 0;
      if (hasHistory(context.profile)) {
        const row = rows.slice(index * FEATURE_COUNT, (index + 1) * FEATURE_COUNT);
        const fresh = toRows({ ...context, profile: emptyProfile() }, candidates);
        for (const group of FEATURE_GROUPS) {
          const without = row.slice();
          for (const column of columnsOf(group)) without[column] = fresh[index * FEATURE_COUNT + column] ?? 0;
          const value = score - (scoreRows(model, without, 1)[0] ?? 0);
          known += value;
          add(group, value);
        }
      }
      parts.unshift({ feature: 'shop', label: labelOf('shop', context, candidate), value: score - known });
      for (const group of WISH_GROUPS) add(group, wishScore(context.wishes, candidate, group));
      return parts;
    },

    scoreWithout(context, given, group) {
      const candidates = inTermsOf(context, given);
      const rows = toRows(context, candidates);
      const fresh = toRows({ ...context, profile: emptyProfile() }, candidates);
      for (const column of columnsOf(group))
        for (let at = column; at < rows.length; at += FEATURE_COUNT) rows[at] = fresh[at] ?? 0;
      const scores = scoreKnown(context, candidates, rows);
      return scores.map((score, i) =>
        WISH_GROUPS.reduce(
          (sum, wish) =>
            sum + (wish === group ? 0 : wishScore(context.wishes, candidates[i] as RankCandidate, wish)),
          score,
        ),
      );
    },
  };
}
