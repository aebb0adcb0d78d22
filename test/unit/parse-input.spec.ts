import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { hasCode } from '../../src/core/errors.ts';
import { asEpochMs } from '../../src/core/ids.ts';
import { toPrice } from '../../src/core/price.ts';
import { parseCandidates, parseSignal } from '../../src/page/parse-input.ts';

const AT = asEpochMs(1000);

test('whatever the shop passes as a signal is either refused by its code or holds known fields only', () => {
  const input = fc.record(
    {
      kind: fc.constantFrom('view', 'click', 'size', 'search', 'cart', 'x'),
      item: fc.anything(),
      itemId: fc.anything(),
      size: fc.anything(),
      query: fc.anything(),
      dwellMs: fc.anything(),
      note: fc.string(),
    },
    { requiredKeys: [] },
  );
  const known = ['at', 'dwellMs', 'facts', 'itemId', 'kind', 'position', 'quantity', 'query', 'size'];
  fc.assert(
    fc.property(fc.oneof(input, fc.anything()), (value) => {
      try {
        const seen = parseSignal(value, AT);
        expect(known).toEqual(expect.arrayContaining(Object.keys(seen)));
        expect(seen.at).toBe(AT);
      } catch (error) {
        expect(hasCode(error, 'signal/bad-input'), String(error)).toBe(true);
      }
    }),
  );
});

test('whatever the shop passes to rank is either refused by its code or a list of distinct ids', () => {
  const product = fc.record(
    {
      id: fc.oneof(fc.string(), fc.integer()),
      title: fc.anything(),
      price: fc.anything(),
      sizes: fc.anything(),
      position: fc.anything(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.array(product, { maxLength: 4 }), fc.anything()), (value) => {
      try {
        const candidates = parseCandidates(value);
        expect(new Set(candidates.map(({ id }) => id)).size).toBe((value as unknown[]).length);
        for (const { position } of candidates) expect(position).toBeGreaterThanOrEqual(0);
      } catch (error) {
        expect(hasCode(error, 'rank/bad-input'), String(error)).toBe(true);
      }
    }),
  );
});

test('prices are read as shops write them, and no text makes the reader fail', () => {
  const prices: Readonly<Record<string, number | undefined>> = {
    '1.299,00 €': 1299,
    '$1,299.00': 1299,
    '1 299,50 kr': 1299.5,
    '49,9': 49.9,
    "CHF 1'299.-": 1299,
    '1.299': 1299,
    'EUR 12': 12,
    'from 9.99 to 12.99': 9.99,
    free: undefined,
    '': undefined,
  };
  for (const [text, price] of Object.entries(prices)) expect(toPrice(text), text).toBe(price);
  expect(toPrice({ toString: null }), 'an object that has no text').toBe(undefined);
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const price = toPrice(value);
      expect(price === undefined || Number.isFinite(price)).toBe(true);
    }),
  );
});
