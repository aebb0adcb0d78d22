import { atOnce, type Steps } from '../core/steps.ts';
import { putAlike, putPrice, putShares } from './attribute-features.ts';
import type { RankCandidate } from './candidate.ts';
import { COLUMN, FEATURE_COUNT, type FeatureName } from './feature-specs.ts';
import { putMemory } from './memory-features.ts';
import { putNeighbours } from './neighbour-features.ts';
import type { Prepared } from './prepare.ts';
import { createTitles } from './title-features.ts';

/** Writes one feature of the row at hand. */
export type Put = (name: FeatureName, value: number) => void;

/** What the list as a whole says about each row. */
export interface ListFacts {
  /** The list shows the item touched last. */
  readonly isLastHere: boolean;
  /** 1 for a list of at most 25 products, falling with the square of its length. */
  readonly shortness: number;
}

const SHORT_LIST = 25;

/** See `ListFacts`. @param count products of the list */
export const shortnessOf = (count: number): number => Math.min(1, SHORT_LIST / count) ** 2;

/**
 * Feature rows of one list.
 * @param out row-major, shape [n, d], in candidate order; overwritten
 */
export const fillFeatures = (
  prepared: Prepared,
  candidates: readonly RankCandidate[],
  out: Float64Array,
): void => atOnce(featureSteps(prepared, candidates, out));

/** The same, row by row. */
export function* featureSteps(
  prepared: Prepared,
  candidates: readonly RankCandidate[],
  out: Float64Array,
): Steps<void> {
  out.fill(0, 0, candidates.length * FEATURE_COUNT);
  const { profile } = prepared;
  const isLastHere = candidates.some(({ id }) => id === profile.lastItemId);
  const facts: ListFacts = { isLastHere, shortness: shortnessOf(candidates.length) };
  const putTitle = createTitles(prepared, candidates);
  const hasHistory =
    profile.steps > 0 || profile.sizes.size + profile.passedOver.size + profile.queries.length > 0;

  let base = 0;
  const put: Put = (name, value) => {
    out[base + COLUMN[name]] = value;
  };

  for (const candidate of candidates) {
    yield;
    putOrder(prepared, candidate, candidates.length, isLastHere, put);
    putPopularity(candidate, isLastHere, put);
    if (hasHistory) {
      putMemory(prepared, candidate, facts, put);
      putTitle(candidate, put);
      putAlike(prepared, candidate, put);
      putShares(prepared, candidate, put);
      putPrice(prepared, candidate, put);
      putNeighbours(prepared, candidate, put);
    }
    base += FEATURE_COUNT;
  }
  fillUnpriced(candidates, out);
}

function putOrder(
  { confidence }: Prepared,
  { position }: RankCandidate,
  count: number,
  isLastHere: boolean,
  put: Put,
): void {
  const log = -Math.log2(1 + position) / 3;
  put(isLastHere ? 'order.log.known' : 'order.log.fresh', log);
  put('order.log.unsure', log * (1 - confidence));
  put('order.first', 1 / (1 + position));
  put(isLastHere ? 'order.linear.known' : 'order.linear', -position / Math.max(1, count - 1));
}

function putPopularity({ artefacts }: RankCandidate, isLastHere: boolean, put: Put): void {
  if (artefacts?.popularity === undefined) return;
  const { all, recent } = artefacts.popularity;
  put('popular.all', all / 3);
  put('popular.recent', recent / 3);
  if (all === 0) put('popular.unknown', 1);
  if (!isLastHere) put('popular.all.fresh', all / 3);
}

/** A candidate without a price is neither near nor far: it gets its list's mean. */
function fillUnpriced(candidates: readonly RankCandidate[], out: Float64Array): void {
  if (candidates.every(({ priceLevel }) => priceLevel !== undefined)) return;
  for (const name of ['price.long', 'price.visit', 'price.last'] as const) {
    let sum = 0;
    let known = 0;
    candidates.forEach(({ priceLevel }, row) => {
      if (priceLevel === undefined) return;
      sum += out[row * FEATURE_COUNT + COLUMN[name]] ?? 0;
      known += 1;
    });
    if (known === 0) continue;
    candidates.forEach(({ priceLevel }, row) => {
      if (priceLevel === undefined) out[row * FEATURE_COUNT + COLUMN[name]] = sum / known;
    });
  }
}
