import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { DEFAULT_MODEL } from '../../src/rank/default-model.ts';
import { FEATURES } from '../../src/rank/feature-specs.ts';
import { MAX_MODEL_BYTES, type ModelFile, parseModel, stringifyModel } from '../../src/rank/model-file.ts';

const provenance = {
  tool: 'reshelf 0.1.0',
  source: 'onlineretail',
  lists: 9000,
  heldOut: 1000,
  seed: 1,
  epoch: 7,
};
const NAMES = ['a', 'b.c'];
const LINEAR: ModelFile = {
  model: { kind: 'linear', id: 'linear@3', features: NAMES, weights: Float64Array.of(0.123456789, -2) },
  provenance,
};
const NETWORK: ModelFile = {
  model: {
    ...{ kind: 'network', id: 'network@1', features: NAMES, hidden: 2 },
    ...{
      inner: Float64Array.of(1, 2, 3, 4),
      bias: Float64Array.of(0.5, -0.5),
      outer: Float64Array.of(1, -1),
    },
  },
  provenance,
};

test('a model comes back from its file as it was, to five digits', () => {
  const weights = Float64Array.of(0.12346, -2);
  expect(parseModel(stringifyModel(LINEAR), NAMES)).toEqual({
    ...LINEAR,
    model: { ...LINEAR.model, weights },
  });
  expect(parseModel(stringifyModel(NETWORK), NAMES)).toEqual(NETWORK);
});

test('the default model takes at most 2 kB, and no model more than 16', () => {
  const text = stringifyModel({ model: DEFAULT_MODEL, provenance });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048);
  expect(parseModel(text, FEATURES).model).toEqual({ ...DEFAULT_MODEL, features: [...FEATURES] });
  const wide = { ...NETWORK.model, hidden: 4000, inner: new Float64Array(8000).fill(1.2345) };
  const model = {
    ...wide,
    kind: 'network',
    bias: new Float64Array(4000),
    outer: new Float64Array(4000),
  } as const;
  expect(() => stringifyModel({ model, provenance })).toThrow(/at most 16384 bytes/);
  expect(() => parseModel(stringifyModel(LINEAR).padEnd(MAX_MODEL_BYTES + 1), NAMES)).toThrow(
    /at most 16384/,
  );
});

test('a model of other features is refused by name', () => {
  const text = stringifyModel(LINEAR);
  expect(() => parseModel(text, ['a', 'x'])).toThrow(/features\[1\]: expected "x", got "b.c"/);
  expect(() => parseModel(text, ['a'])).toThrow(/expected 1 names, got 2/);
  expect(() => parseModel(text, ['a', 'b.c', 'd'])).toThrow(/expected "d"/);
  expect(() => parseModel('{', NAMES)).toThrow(SyntaxError);
});

/** Every place of a JSON value, as a path of keys. */
function placesOf(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  const keys = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value);
  const inside = keys.flatMap((key) =>
    placesOf((value as Record<string | number, unknown>)[key], [...path, key]),
  );
  return path.length === 0 ? inside : [[...path], ...inside];
}

function changed(
  file: unknown,
  path: readonly (string | number)[],
  change: (owner: Record<string | number, unknown>, key: string | number) => void,
): string {
  const copy = structuredClone(file) as Record<string | number, unknown>;
  let owner = copy;
  for (const key of path.slice(0, -1)) owner = owner[key] as Record<string | number, unknown>;
  change(owner, path.at(-1) ?? '');
  return JSON.stringify(copy);
}

for (const file of [LINEAR, NETWORK])
  test(`every field of a ${file.model.kind} model's file is checked`, () => {
    const good: unknown = JSON.parse(stringifyModel(file));
    const places = placesOf(good);
    expect(places.length).toBeGreaterThan(15);
    const others = fc.oneof(
      fc.constantFrom<unknown>(null, true, 'x y', '', -1.5, 1e9, [], {}, [null], ['a']),
      fc.string({ minLength: 101 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), others, (path, other) => {
        const text = changed(good, path, (owner, key) => {
          owner[key] = other;
        });
        // a number may stand for a number, and words for words; nothing else may stand for anything
        const isNumber = ['weights', 'inner', 'bias', 'outer'].includes(String(path[0])) && path.length === 2;
        const isWords = path[0] === 'provenance' && ['tool', 'source'].includes(String(path[1]));
        if ((isNumber && other === -1.5) || (isWords && other === 'x y')) return;
        if (path[0] === 'provenance' && path.length === 2 && other === 1e9 && !isWords) return;
        expect(() => parseModel(text, NAMES)).toThrow(/^model/);
      }),
      { numRuns: 1000 },
    );
    for (const path of places) {
      const without = changed(good, path, (owner, key) => {
        if (Array.isArray(owner)) owner.splice(Number(key), 1);
        else delete owner[key];
      });
      expect(() => parseModel(without, NAMES), path.join('.')).toThrow(/^model/);
    }
    for (const path of [['more'], ['provenance', 'more']]) {
      const more = changed(good, path, (owner, key) => {
        owner[key] = 1;
      });
      expect(() => parseModel(more, NAMES)).toThrow(/"more" as well/);
    }
  });
