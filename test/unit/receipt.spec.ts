import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { parseChoice } from '../../src/consent/choice.ts';
import { isIntact, writeReceipt } from '../../src/consent/receipt.ts';
import { asEpochMs } from '../../src/core/ids.ts';
import { type ConsentReceipt, supersedes } from '../../src/core/receipt.ts';

const random = (into: Uint32Array) => void into.fill(0xabcdef01);
const write = (previous: ConsentReceipt | null, at = 1000) =>
  writeReceipt(
    {
      answers: { personalize: 'granted' },
      basis: { personalize: { at: asEpochMs(at), terms: 'cafe', signal: false } },
      source: 'api',
      notice: { id: 'banner "7" – ü', textHash: '', language: 'de', variant: 'bar' },
      region: 'eea',
    },
    previous,
    asEpochMs(at),
    random,
  );

test('a receipt hashes what it says, in a form that others can compute', async () => {
  const receipt = await write(null);
  const canonical =
    '{"answers":{"personalize":"granted"},"at":1000,"basis":{"personalize":{"at":1000,"signal":false,"terms":"cafe"}},' +
    '"id":"abcdef01abcdef01abcdef01abcdef01","notice":{"id":"banner \\"7\\" – ü","language":"de","textHash":"","variant":"bar"},' +
    '"previousHash":"","region":"eea","schema":"reshelf-receipt/2","seq":1,"source":"api"}';
  expect(receipt.hash).toBe(createHash('sha256').update(canonical).digest('hex'));
  const next = await write(receipt);
  expect(next).toMatchObject({ seq: 2, previousHash: receipt.hash });
});

test('a receipt of which anything was changed is not intact', async () => {
  const receipt = await write(await write(null));
  expect(await isIntact(receipt)).toBe(true);
  const changes: Partial<ConsentReceipt>[] = [
    { seq: 3 },
    { at: asEpochMs(1001) },
    { notice: { ...receipt.notice, id: 'other' } },
    { notice: { ...receipt.notice, textHash: 'f00d' } },
    { region: 'us' },
    { basis: {} },
    { source: 'card' },
    { previousHash: '' },
    { answers: { personalize: 'refused' } },
    { answers: { personalize: 'granted', contribute: 'granted' } },
    { hash: '' },
  ];
  for (const change of changes)
    expect(await isIntact({ ...receipt, ...change }), JSON.stringify(change)).toBe(false);
});

test('whatever stands in the record, reading it throws nothing and makes up no receipt', async () => {
  const genuine = await write(null);
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const choice = parseChoice(value);
      expect(choice.receipts).toEqual([]);
      expect(parseChoice({ version: 2, receipts: [value, genuine], purgePending: value }).receipts).toEqual(
        [],
      );
      expect(parseChoice({ version: 2, receipts: [genuine, value] }).receipts).toEqual([genuine]);
    }),
  );
});

test('a receipt with a field of the wrong type is none', async () => {
  const genuine = await write(null);
  for (const name of Object.keys(genuine))
    for (const wrong of [null, {}, Number.NaN, true, ['x']]) {
      const { receipts } = parseChoice({ version: 2, receipts: [{ ...genuine, [name]: wrong }] });
      if (
        (name === 'answers' || name === 'basis') &&
        typeof wrong === 'object' &&
        wrong !== null &&
        !Array.isArray(wrong)
      )
        continue; // says nothing, grants nothing
      expect(receipts, `${name}: ${String(wrong)}`).toEqual([]);
    }
});

test('the later answer wins by its number, or by its time where numbers began again', async () => {
  const grant = await write(null, 1000);
  const withdrawal = await write(grant, 2000);
  const clockSetBack = await write(withdrawal, 500);
  const afterLoss = await write(null, 3000);
  expect(supersedes(withdrawal, grant)).toBe(true);
  expect(supersedes(grant, withdrawal)).toBe(false);
  expect(supersedes(grant, grant)).toBe(false);
  expect(supersedes(clockSetBack, withdrawal)).toBe(true);
  expect(supersedes(afterLoss, withdrawal)).toBe(true);
});
