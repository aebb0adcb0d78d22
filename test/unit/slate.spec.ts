import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { asItemId } from '../../src/core/ids.ts';
import type { Candidate, RankedItem } from '../../src/core/item.ts';
import { atOnce } from '../../src/core/steps.ts';
import { DEFAULT_POLICY, fillSlate, type SlateInput, type SlatePolicy } from '../../src/rank/slate.ts';

const KINDS = ['dresses', 'shoes', 'bags'];

interface Drawn {
  readonly candidates: readonly Candidate[];
  readonly scores: Float64Array;
}

const drawn: fc.Arbitrary<Drawn> = fc
  .array(
    fc.record({
      score: fc.double({ min: -5, max: 5, noNaN: true }),
      inStock: fc.boolean(),
      kind: fc.constantFrom(...KINDS),
      gap: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((rows) => {
    let position = -1;
    const candidates = rows.map(({ inStock, kind, gap }, i) => {
      position += gap; // pinned places leave gaps
      return { id: asItemId(`p${i}`), position, inStock, category: kind, brand: `b${i % 4}` };
    });
    return { candidates, scores: Float64Array.from(rows, ({ score }) => score) };
  });

/** Mulberry32, for tests only. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function slate(
  { candidates, scores }: Drawn,
  policy: Partial<SlatePolicy> = {},
  more: Partial<SlateInput> = {},
): RankedItem[] {
  const input = {
    candidates,
    scores,
    interestIn: () => 0,
    isNew: () => false,
    isUnseen: () => true,
    random: seeded(1),
  };
  return atOnce(fillSlate({ ...input, ...more }, { ...DEFAULT_POLICY, ...policy }));
}

const placeOf = (order: readonly RankedItem[], id: string) => order.findIndex((item) => item.id === id);

test('every candidate gets exactly one place, with its own position and score', () => {
  fc.assert(
    fc.property(drawn, fc.boolean(), (list, explore) => {
      const order = slate(list, { explore, diversity: 0.3, maxShift: 5 });
      expect(order.map(({ id }) => id).sort()).toEqual(list.candidates.map(({ id }) => id).sort());
      for (const { id, position, score, propensity } of order) {
        const index = list.candidates.findIndex((candidate) => candidate.id === id);
        expect(position).toBe(list.candidates[index]?.position);
        expect(score).toBe(list.scores[index]);
        expect(propensity).toBeGreaterThan(0);
        expect(propensity).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('an out-of-stock product never rises, whatever its score, diversity and exploration', () => {
  fc.assert(
    fc.property(drawn, fc.integer({ min: 1, max: 99 }), (list, seed) => {
      const order = slate(list, { explore: true, diversity: 1 }, { random: seeded(seed) });
      list.candidates.forEach(({ id, inStock }, rank) => {
        if (inStock === false) expect(placeOf(order, id)).toBeGreaterThanOrEqual(rank);
      });
    }),
  );
});

test('nobody rises or falls more than maxShift places', () => {
  fc.assert(
    fc.property(drawn, fc.integer({ min: 0, max: 12 }), (list, maxShift) => {
      const order = slate(list, { maxShift, explore: true, diversity: 0.5 });
      list.candidates.forEach(({ id }, rank) => {
        expect(Math.abs(placeOf(order, id) - rank)).toBeLessThanOrEqual(maxShift);
      });
    }),
  );
});

test('a new product falls at most four places', () => {
  fc.assert(
    fc.property(drawn, fc.integer({ min: 2, max: 5 }), (list, every) => {
      const isNew = ({ id }: Candidate) => Number(id.slice(1)) % every === 0;
      const order = slate(list, {}, { isNew });
      list.candidates.forEach((candidate, rank) => {
        if (isNew(candidate)) expect(placeOf(order, candidate.id) - rank).toBeLessThanOrEqual(4);
      });
    }),
  );
});

test('equal scores keep the shop’s order', () => {
  fc.assert(
    fc.property(drawn, (list) => {
      const order = slate({ ...list, scores: new Float64Array(list.candidates.length) }, { diversity: 0 });
      expect(order.map(({ id }) => id)).toEqual(list.candidates.map(({ id }) => id));
    }),
  );
});

test('without diversity and limits the order is by score', () => {
  fc.assert(
    fc.property(drawn, (list) => {
      const inStock = {
        ...list,
        candidates: list.candidates.map((candidate) => ({ ...candidate, inStock: true })),
      };
      const scores = slate(inStock, { diversity: 0 }).map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
    }),
  );
});

test('at most one slot in twelve explores, never among the first three, and its propensity is logged', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
      const candidates = Array.from({ length: 48 }, (_, i) => ({ id: asItemId(`p${i}`), position: i }));
      const list = { candidates, scores: Float64Array.from(candidates, (_, i) => -i) };
      const order = slate(list, { explore: true, diversity: 0 }, { random: seeded(seed) });
      for (let start = 0; start < 48; start += 12) {
        const explored = order.slice(start, start + 12).filter(({ propensity }) => propensity < 1);
        expect(explored.length).toBeLessThanOrEqual(1);
        expect(order.slice(start, start + 3).every(({ propensity }) => propensity === 1)).toBe(true);
      }
      expect(slate(list, { explore: true, diversity: 0 }, { random: seeded(seed) })).toEqual(order);
    }),
    { numRuns: 300 },
  );
});

test('a list of two kinds does not begin with one kind only when scores are close', () => {
  const candidates = Array.from({ length: 24 }, (_, i) => ({
    id: asItemId(`p${i}`),
    position: i,
    category: i < 12 ? 'dresses' : 'shoes',
  }));
  const list = { candidates, scores: Float64Array.from(candidates, (_, i) => 1 - i / 100) };
  const kinds = (order: readonly RankedItem[]) =>
    order.slice(0, 8).map(({ position }) => (position < 12 ? 'dresses' : 'shoes'));
  expect(new Set(kinds(slate(list, { diversity: 0 })))).toEqual(new Set(['dresses']));
  expect(new Set(kinds(slate(list, { diversity: 0.3 })))).toEqual(new Set(['dresses', 'shoes']));
});
