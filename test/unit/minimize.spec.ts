import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { asEpochMs, asItemId } from '../../src/core/ids.ts';
import { toCategory, toLabel } from '../../src/core/label.ts';
import { KEEPABLE, type Keepable, minimize, toItemId } from '../../src/core/minimize.ts';
import type { Observation } from '../../src/core/observation.ts';
import { toPriceLevel } from '../../src/core/price-level.ts';
import { SIGNAL_KINDS } from '../../src/core/signal.ts';
import { hashTokens, type Salt } from '../../src/core/tokens.ts';

const SALT: Salt = [123, 456];
const ALL = new Set(KEEPABLE);
const seen: Observation = {
  kind: 'view',
  at: asEpochMs(1000),
  itemId: asItemId('p-1'),
  facts: {
    title: 'Blue linen dress',
    price: 59.9,
    brand: 'Maren',
    category: 'Women > Dresses',
    colour: 'Blue',
  },
  dwellMs: 2500,
  size: 'M',
  query: 'summer dress',
  position: 3,
  quantity: 2,
};

const FIELDS: Record<string, readonly string[]> = {
  view: [
    'kind',
    'at',
    'session',
    'itemId',
    'category',
    'brand',
    'colour',
    'priceLevel',
    'titleTokens',
    'dwellMs',
  ],
  search: ['kind', 'at', 'session', 'queryTokens'],
};
FIELDS.click = [...(FIELDS.view ?? []).filter((name) => name !== 'dwellMs'), 'slateId', 'position'];
FIELDS.impression = FIELDS.click;
FIELDS.size = [...(FIELDS.view ?? []).filter((name) => name !== 'dwellMs'), 'size'];
FIELDS.cart = FIELDS.size;
FIELDS.purchase = [...FIELDS.size, 'quantity'];

for (const kind of SIGNAL_KINDS) {
  test(`a stored ${kind} has exactly the allowed fields, whatever came with it`, () => {
    const noisy = {
      ...seen,
      kind,
      userId: 'u-77',
      email: 'a@b.c',
      url: 'https://shop/p?utm=1',
      nested: { note: 'hi' },
    };
    const signal = minimize(noisy, ALL, SALT, 9);
    expect(Object.keys(signal ?? {}).sort()).toEqual([...(FIELDS[kind] ?? [])].sort());
    expect(JSON.stringify(signal)).not.toMatch(/u-77|a@b\.c|utm|hi|linen|summer|59\.9/);
  });
}

test('what the merchant does not keep is not in the signal', () => {
  const keep = new Set<Keepable>(['size', 'category', 'recent']);
  for (const kind of SIGNAL_KINDS) {
    const signal = minimize({ ...seen, kind }, keep, SALT, 9);
    if (kind === 'search') {
      expect(signal).toBeNull();
      continue;
    }
    expect(signal).not.toBeNull();
    for (const gone of ['brand', 'colour', 'priceLevel', 'titleTokens', 'queryTokens'])
      expect(signal).not.toHaveProperty(gone);
  }
});

test('without recent browsing no product is named', () => {
  expect(minimize(seen, new Set<Keepable>(['category']), SALT, 9)).toEqual({
    kind: 'view',
    at: 1000,
    session: 9,
    category: 'women > dresses',
    dwellMs: 2500,
  });
});

test('an id keeps no query string and a text is no id', () => {
  expect(toItemId('/p/dress?ref=mail&u=7#top')).toBe('/p/dress');
  expect(toItemId(42)).toBe('42');
  for (const bad of [
    '',
    '   ',
    '?q',
    'this is a whole sentence about me',
    'x'.repeat(200),
    null,
    {},
    undefined,
  ])
    expect(toItemId(bad)).toBeUndefined();
});

test('a signal about a product without an id is refused with a reason', () => {
  const { itemId: _, ...nameless } = seen;
  expect(() => minimize(nameless, ALL, SALT, 1)).toThrow(/needs the id of a product/);
});

test('prices fall into eight steps per doubling', () => {
  expect(toPriceLevel(64)).toBe(48);
  expect(toPriceLevel(128)).toBe(56);
  expect(toPriceLevel(59.9)).toBe(toPriceLevel(60.2));
  for (const nothing of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '9', undefined])
    expect(toPriceLevel(nothing)).toBeUndefined();
});

test('labels of one attribute share one spelling', () => {
  expect(toLabel('  Navy   BLUE ')).toBe('navy blue');
  expect(toLabel('x'.repeat(65))).toBeUndefined();
  expect(toCategory('Shop › Women > Dresses  > Wrap Dresses')).toBe('women > dresses > wrap dresses');
});

test('hashes of words depend on the salt and on nothing else', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer(), fc.integer(), (text, a, b) => {
      const once = hashTokens(text, [a, b]);
      expect(hashTokens(text, [a, b])).toEqual(once);
      expect(once.length).toBeLessThanOrEqual(12);
      for (const hash of once) expect(hash >>> 0).toBe(hash);
    }),
  );
  expect(hashTokens('Blue DRESS', [1, 2])).toEqual(hashTokens('blue dress', [1, 2]));
  expect(hashTokens('blue dress', [1, 2])).not.toEqual(hashTokens('blue dress', [1, 3]));
  expect(hashTokens('202411 a 7', [1, 2])).toEqual([]);
});
