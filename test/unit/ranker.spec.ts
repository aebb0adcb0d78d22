import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { asEpochMs, asItemId } from '../../src/core/ids.ts';
import type { Candidate } from '../../src/core/item.ts';
import { KEEPABLE, minimize } from '../../src/core/minimize.ts';
import { emptyProfile, fold, foldDwell, type Profile } from '../../src/core/profile.ts';
import { packProfile, unpackProfile } from '../../src/core/profile-record.ts';
import type { Signal } from '../../src/core/signal.ts';
import { atOnce } from '../../src/core/steps.ts';
import type { Salt } from '../../src/core/tokens.ts';
import { NO_WISHES, parseWishes, type Wishes } from '../../src/core/wishes.ts';
import { DEFAULT_MODEL } from '../../src/rank/default-model.ts';
import { FEATURE_PRIORS } from '../../src/rank/feature-priors.ts';
import { FEATURE_COUNT, FEATURES } from '../../src/rank/feature-specs.ts';
import { createModelRanker } from '../../src/rank/model-ranker.ts';
import type { RankContext } from '../../src/rank/ranker.ts';
import { DEFAULT_POLICY } from '../../src/rank/slate.ts';
import { slateOf } from '../../src/rank/slate-of.ts';
import { WARDROBE } from '../support/wardrobe.ts';

const SALT: Salt = [3, 5];
const START = 1_700_000_000_000;
const ranker = createModelRanker(DEFAULT_MODEL);
const candidates: Candidate[] = WARDROBE.map(({ id, ...facts }, position) => ({
  ...facts,
  id: asItemId(id),
  position,
}));

function signal(kind: Signal['kind'], place: number, at: number, size = 'M'): Signal {
  const { id, position: _, ...facts } = candidates[place % candidates.length] as Candidate;
  const seen = {
    kind,
    at: asEpochMs(at),
    itemId: id,
    facts,
    size,
    query: facts.title ?? '',
    dwellMs: 0,
    position: place,
  };
  const made = minimize(seen, new Set(KEEPABLE), SALT, 1);
  if (made === null) throw new Error(`nothing kept of a ${kind}`);
  return made;
}

/** A history in time order, with gaps from seconds to weeks. */
const history: fc.Arbitrary<Signal[]> = fc
  .array(
    fc.tuple(
      fc.constantFrom('view', 'click', 'cart', 'purchase', 'search', 'size', 'impression' as const),
      fc.nat({ max: candidates.length - 1 }),
      fc.integer({ min: 1, max: 2_000_000_000 }),
    ),
    { maxLength: 40 },
  )
  .map((steps) => {
    let at = START;
    return steps.map(([kind, place, gap]) => {
      at += gap;
      return signal(kind as Signal['kind'], place, at);
    });
  });

function foldAll(signals: readonly Signal[]): Profile {
  const profile = emptyProfile();
  for (const one of signals) fold(profile, one);
  return profile;
}

function contextOf(signals: readonly Signal[], wishes: Wishes = NO_WISHES): RankContext {
  const now = asEpochMs((signals.at(-1)?.at ?? START) + 1000);
  return { profile: foldAll(signals), wishes, salt: SALT, now, findArtefacts: () => undefined };
}
const orderOf = (context: RankContext, list = candidates) =>
  slateOf(context, list, atOnce(ranker.score(context, list)), 1, DEFAULT_POLICY).map(({ id }) => id);

test('without history the order is the shop’s, whatever the products', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(candidates, { minLength: 1 }), (some) => {
      const list = some.map((candidate, position) => ({ ...candidate, position }));
      expect(orderOf(contextOf([]), list)).toEqual(list.map(({ id }) => id));
    }),
  );
});

test('lists seen without touching anything leave the order the shop’s', () => {
  const seen = candidates.map((_, place) => signal('impression', place, START + place));
  expect(orderOf(contextOf(seen))).toEqual(candidates.map(({ id }) => id));
});

test('scores are finite, and moving the candidates about moves the scores with them', () => {
  fc.assert(
    fc.property(
      history,
      fc.shuffledSubarray(candidates, { minLength: candidates.length }),
      (signals, shuffled) => {
        const context = contextOf(signals);
        const scores = atOnce(ranker.score(context, candidates));
        const moved = atOnce(ranker.score(context, shuffled));
        shuffled.forEach((candidate, i) => {
          expect(Number.isFinite(moved[i])).toBe(true);
          expect(moved[i]).toBeCloseTo(scores[candidates.indexOf(candidate)] ?? Number.NaN, 9);
        });
      },
    ),
    { numRuns: 15 },
  );
});

test('contributions add up to the score, and each is what the score loses without its group', () => {
  fc.assert(
    fc.property(history, fc.nat({ max: candidates.length - 1 }), (signals, index) => {
      const wishes = parseWishes({ sizes: ['M'], favourites: ['dress'], muted: ['skirt'] });
      const context = contextOf(signals, wishes);
      const score = atOnce(ranker.score(context, candidates))[index] ?? Number.NaN;
      const parts = ranker.explain(context, candidates, index);
      expect(parts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(score, 6);
      for (const { feature, value, label } of parts.slice(1)) {
        expect(score - (ranker.scoreWithout(context, candidates, feature)[index] ?? 0)).toBeCloseTo(value, 6);
        expect(label).not.toBe('');
      }
    }),
  );
});

test('what was looked at rises, and what is like it', () => {
  const views = ['dress-green', 'shirt-green', 'dress-green'].map((id, i) =>
    signal(
      'view',
      candidates.findIndex((one) => one.id === id),
      START + i * 60_000,
    ),
  );
  const order = orderOf(contextOf(views));
  const place = (id: string) => order.indexOf(asItemId(id));
  expect(place('dress-green')).toBeLessThan(8);
  expect(place('skirt-green')).toBeLessThan(candidates.findIndex(({ id }) => id === 'skirt-green'));
});

test('wishes are hard: favourites first, muted last, sizes that are there before others', () => {
  fc.assert(
    fc.property(history, (signals) => {
      const muted = orderOf(contextOf(signals, parseWishes({ muted: ['Dress'] })));
      expect(muted.slice(-5).every((id) => id.startsWith('dress'))).toBe(true);
      const favourite = orderOf(contextOf(signals, parseWishes({ favourites: ['jacket'] })));
      expect(favourite.slice(0, 5).every((id) => id.startsWith('jacket'))).toBe(true);
      const sized = orderOf(contextOf(signals, parseWishes({ sizes: ['xl'] })));
      const fits = candidates.filter(({ sizes }) => sizes?.includes('XL'));
      expect(new Set(sized.slice(0, fits.length))).toEqual(new Set(fits.map(({ id }) => id)));
    }),
    { numRuns: 30 },
  );
});

test('wishes that are no wishes are refused with a reason', () => {
  for (const [bad, words] of [
    [null, /expected wishes like/],
    [{ sizes: 'M' }, /sizes: expected an array/],
    [{ muted: [7] }, /muted: expected short texts/],
    [{ favourites: Array.from({ length: 101 }, (_, i) => `f${i}`) }, /at most 100/],
  ] as const)
    expect(() => parseWishes(bad)).toThrow(words);
});

test('a profile survives storing, and a longer look is the same told at once or in parts', () => {
  fc.assert(
    fc.property(history, (signals) => {
      const profile = foldAll(signals);
      expect(unpackProfile(structuredClone(packProfile(profile)))).toEqual(profile);
    }),
  );
  const view = { ...signal('view', 3, START), kind: 'view', dwellMs: 0 } as Signal & { kind: 'view' };
  const parts = foldAll([view]);
  foldDwell(parts, view, 6000);
  foldDwell(parts, view, 3000);
  const once = foldAll([{ ...view, dwellMs: 9000 }]);
  expect(parts.weight).toBeCloseTo(once.weight, 9);
  expect([...parts.colours.values()][0]?.weight).toBeCloseTo([...once.colours.values()][0]?.weight ?? 0, 9);
});

test('a year of heavy shopping stays below 256 kB', () => {
  const profile = emptyProfile();
  for (let i = 0; i < 4000; i++) {
    const facts = {
      title: `word${i} word${i % 900} linen ${i % 7} dress`,
      price: 5 + (i % 300),
      brand: `brand ${i % 400}`,
      category: `kind ${i % 60} > sort ${i % 300}`,
      colour: `colour ${i % 90}`,
    };
    const made = minimize(
      {
        kind: i % 5 === 0 ? 'purchase' : 'view',
        at: asEpochMs(START + i * 7_000_000),
        itemId: asItemId(`product-number-${i}`),
        facts,
      },
      new Set(KEEPABLE),
      SALT,
      i,
    );
    if (made !== null) fold(profile, made);
  }
  expect(JSON.stringify(packProfile(profile)).length).toBeLessThan(256_000);
});

test('the default model has a finite weight for each of at most 64 features', () => {
  expect(FEATURE_COUNT).toBeLessThanOrEqual(64);
  expect(new Set(FEATURES).size).toBe(FEATURE_COUNT);
  expect(DEFAULT_MODEL.weights).toHaveLength(FEATURE_COUNT);
  expect(DEFAULT_MODEL.weights.every(Number.isFinite)).toBe(true);
});

test('no default weight has a sign that would make an explanation untrue, and what no data shows ships as stated', () => {
  FEATURES.forEach((name, column) => {
    const weight = DEFAULT_MODEL.weights[column] ?? Number.NaN;
    const { sign, prior, isFixed } = FEATURE_PRIORS[name];
    expect(sign * weight).toBeGreaterThanOrEqual(0);
    if (isFixed === true) expect(weight).toBe(prior);
  });
});
