import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { earlyScorer } from '../../src/core/early-score.ts';
import { asEpochMs, asItemId } from '../../src/core/ids.ts';
import type { Candidate } from '../../src/core/item.ts';
import { KEEPABLE, minimize } from '../../src/core/minimize.ts';
import { emptyProfile, fold } from '../../src/core/profile.ts';
import { atOnce } from '../../src/core/steps.ts';
import { NO_WISHES, type Wishes } from '../../src/core/wishes.ts';
import { makeBootWeights } from '../../src/rank/boot-snapshot.ts';
import { DEFAULT_MODEL } from '../../src/rank/default-model.ts';
import { createModelRanker } from '../../src/rank/model-ranker.ts';
import type { RankContext } from '../../src/rank/ranker.ts';

const SALT = [7, 11] as const;
const COLOURS = ['red', 'blue', 'green'];
const KINDS = ['dress', 'shirt', 'coat', 'scarf'];
const SHOP = KINDS.flatMap((kind, k) =>
  COLOURS.flatMap((colour, c) =>
    ['Ada', 'Bea'].map((brand, b) => ({
      id: asItemId(`${colour}-${kind}-${brand}`),
      title: `${colour} ${kind}`,
      category: `women > ${kind}`,
      colour,
      brand,
      price: 20 + 10 * k + 3 * c + b,
    })),
  ),
);
const LIST: readonly Candidate[] = SHOP.map((item, position) => ({ ...item, position }));

/** A visitor who looked at these products, a minute apart, in one visit. */
function contextOf(views: readonly number[], wishes: Wishes = NO_WISHES): RankContext {
  const profile = emptyProfile();
  views.forEach((index, minute) => {
    const { id, ...facts } = SHOP[index % SHOP.length] ?? { id: asItemId('x') };
    const at = asEpochMs(1_700_000_000_000 + minute * 60_000);
    const signal = minimize({ kind: 'view', at, itemId: id, facts }, new Set(KEEPABLE), SALT, 1);
    if (signal !== null) fold(profile, signal);
  });
  return { profile, wishes, salt: SALT, now: asEpochMs(1_700_000_600_000), findArtefacts: () => undefined };
}

const orderBy = (scores: ArrayLike<number>): string[] =>
  LIST.map(({ id }, i) => ({ id, score: scores[i] ?? 0, i }))
    .sort((a, b) => b.score - a.score || a.i - b.i)
    .map(({ id }) => id);

test('the snapshot puts first what the ranker puts first', () => {
  const context = contextOf([0, 0, 2, 0, 6, 1]);
  const weights = makeBootWeights(context) ?? '';
  const byRanker = orderBy(atOnce(createModelRanker(DEFAULT_MODEL).score(context, LIST)));
  const byBoot = orderBy(earlyScorer(weights)(LIST) ?? []);
  expect(byBoot).not.toEqual(LIST.map(({ id }) => id));
  const top = byRanker.slice(0, 6);
  expect(byBoot.slice(0, 6).filter((id) => top.includes(id)).length).toBeGreaterThanOrEqual(4);
});

test('nothing known, nothing stored', () => {
  expect(makeBootWeights(contextOf([]))).toBeUndefined();
});

test('wishes outweigh all that was learned', () => {
  const wishes = { ...NO_WISHES, favourites: ['women > scarf'], muted: ['bea'] };
  const order = orderBy(earlyScorer(makeBootWeights(contextOf([0, 1, 0, 1], wishes)) ?? '')(LIST) ?? []);
  expect(order.slice(0, 3).every((id) => id.endsWith('scarf-Ada'))).toBe(true);
  expect(order.slice(-12).every((id) => id.endsWith('-Bea'))).toBe(true);
});

test('whatever was done: at most 2,600 characters, finite scores, and no product, label or word in clear', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(SHOP.length - 1), { minLength: 1, maxLength: 300 }), (views) => {
      const weights = makeBootWeights(contextOf(views)) ?? '';
      expect(weights.length).toBeLessThanOrEqual(2600);
      for (const word of [...COLOURS, ...KINDS, 'Ada', 'Bea']) expect(weights.includes(word)).toBe(false);
      const scores = earlyScorer(weights)(LIST);
      expect(scores).toHaveLength(LIST.length);
      expect(scores.every(Number.isFinite)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('products of which nothing but the id is known have weights, too', () => {
  const profile = emptyProfile();
  for (const [minute, id] of ['bare', 'bare', 'other'].entries()) {
    const at = asEpochMs(1_700_000_000_000 + minute * 60_000);
    const signal = minimize({ kind: 'view', at, itemId: asItemId(id) }, new Set(KEEPABLE), SALT, 1);
    if (signal !== null) fold(profile, signal);
  }
  const weights = makeBootWeights({ ...contextOf([]), profile }) ?? '';
  const scores = earlyScorer(weights)([
    { id: asItemId('unknown'), position: 0 },
    { id: asItemId('bare'), position: 1 },
  ]);
  expect(scores?.every(Number.isFinite)).toBe(true);
});
