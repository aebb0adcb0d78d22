import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { ConsentReceipt } from '../../src/index.ts';
import { expect, LISTED, test, workerWith } from '../support/shop.ts';

const PROOF = { source: 'api', noticeId: 'banner-7' } as const;

const set = (page: Page, isAllowed: boolean) =>
  page.evaluate(([allowed, proof]) => window.reshelf.consent.set({ personalize: allowed }, proof), [
    isAllowed,
    PROOF,
  ] as const);
const state = (page: Page) => page.evaluate(() => window.reshelf.consent.get().personalize);
const choice = async (page: Page) =>
  JSON.parse((await page.evaluate(() => localStorage.getItem('reshelf:choice'))) ?? 'null');

/** The receipt's hash as an auditor would compute it: SHA-256 over JSON with sorted keys, without the hash. */
function hashOf({ hash: _, ...unsigned }: ConsentReceipt): string {
  const sorted = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, sorted(inner)]),
        )
      : value;
  return createHash('sha256')
    .update(JSON.stringify(sorted(unsigned)))
    .digest('hex');
}

test('every answer has a receipt, chained to the one before, refusals too', async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  await set(page, false);
  await set(page, true);
  await page.evaluate(() => window.reshelf.consent.withdraw());
  const receipts = await page.evaluate(() => window.reshelf.consent.history());
  expect(receipts.map(({ seq, answers }) => [seq, answers.personalize])).toEqual([
    [3, 'withdrawn'],
    [2, 'granted'],
    [1, 'refused'],
  ]);
  for (const receipt of receipts) expect(receipt.hash).toBe(hashOf(receipt));
  expect(receipts.map(({ previousHash }) => previousHash)).toEqual([
    receipts[1]?.hash,
    receipts[2]?.hash,
    '',
  ]);
  for (const { notice, source } of receipts) expect({ noticeId: notice.id, source }).toEqual(PROOF);
  expect(await shop.heard('consentchange')).toEqual([
    { purpose: 'personalize', from: 'default-off', to: 'refused' },
    { purpose: 'personalize', from: 'refused', to: 'granted' },
    { purpose: 'personalize', from: 'granted', to: 'withdrawn' },
  ]);
});

test('the remembered answer keeps the newest eight receipts, the database those of granted times', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  for (let i = 0; i < 5; i++) for (const isAllowed of [true, false]) await set(page, isAllowed);
  const { receipts } = await choice(page);
  expect(receipts.map(({ seq }: ConsentReceipt) => seq)).toEqual([10, 9, 8, 7, 6, 5, 4, 3]);
  expect((await shop.stored())?.receipts).toHaveLength(10);
});

const BAD_ANSWERS = [
  ['without a notice', { personalize: true }, {}, 'consent/no-notice'],
  ['with an empty notice', { personalize: true }, { noticeId: '  ' }, 'consent/no-notice'],
  ['without any proof', { personalize: true }, undefined, 'consent/no-notice'],
  ['for an unknown purpose', { marketing: true }, PROOF, 'TypeError'],
  ['that is no yes and no no', { personalize: 'yes' }, PROOF, 'TypeError'],
  ['for no purpose', {}, PROOF, 'TypeError'],
  ['from an unknown source', { personalize: true }, { source: 'banner', noticeId: 'n' }, 'TypeError'],
] as const;
for (const [title, answers, proof, expected] of BAD_ANSWERS)
  test(`an answer ${title} is refused and changes nothing`, async ({ openShop, page }) => {
    const shop = await openShop();
    await shop.visit('/');
    const failure = await page.evaluate(
      ([given, shown]) =>
        window.reshelf.consent.set(given as never, shown as never).then(
          () => 'accepted',
          (error) => error.code ?? error.name,
        ),
      [answers, proof] as const,
    );
    expect(failure).toBe(expected);
    expect(await shop.choice()).toBeNull();
    expect(await state(page)).toMatchObject({ state: 'default-off', effective: false });
  });

test('subscribers hear each change once, until they leave, and one that throws harms nobody', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  const heard = await page.evaluate(async () => {
    const states: string[] = [];
    window.addEventListener('error', (event) => event.preventDefault());
    window.reshelf.consent.subscribe(() => {
      throw new Error("the host's own mistake");
    });
    const leave = window.reshelf.consent.subscribe(({ personalize }) => states.push(personalize.state));
    const proof = { source: 'api', noticeId: 'n' } as const;
    await window.reshelf.consent.set({ personalize: true }, proof);
    await window.reshelf.consent.set({ personalize: true }, proof); // says the same again: no change
    await window.reshelf.consent.set({ personalize: false }, proof);
    await new Promise((done) => setTimeout(done));
    leave();
    await window.reshelf.consent.set({ personalize: true }, proof);
    return states;
  });
  expect(heard).toEqual(['granted', 'withdrawn']);
});

test('an answer given while the page still loads is told once', async ({ openShop, page }) => {
  const shop = await openShop();
  await page.addInitScript(() => {
    const wait = () => {
      if (window.reshelf === undefined) return;
      clearInterval(timer);
      void window.reshelf.consent.set({ personalize: true }, { source: 'api', noticeId: 'early' });
    };
    const timer = setInterval(wait, 0);
    document.addEventListener('DOMContentLoaded', wait);
  });
  await shop.visit('/');
  await expect.poll(() => state(page)).toMatchObject({ state: 'granted', effective: true });
  await expect.poll(() => shop.heard('consentchange')).toHaveLength(1);
  await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-blue' }));
  expect(await shop.heard('consentchange')).toHaveLength(1);
});

const GENUINE = '{"version":2,"receipts":[],"purgePending":false}';
const BROKEN: readonly (readonly [title: string, text: string | ((genuine: string) => string)])[] = [
  ['no JSON', 'granted'],
  ['null', 'null'],
  ['a list', '[]'],
  ['another version', GENUINE.replace('2', '1')],
  ['receipts of nothing', '{"version":2,"receipts":[null,7,"x"],"purgePending":"yes"}'],
  ['a receipt without proof', '{"version":2,"receipts":[{"answers":{"personalize":"granted"}}]}'],
  ['a refusal turned into a grant', (text) => text.replaceAll('refused', 'granted')],
  [
    'another notice than the hash says',
    (text) => text.replaceAll('refused', 'granted').replace('banner-7', 'b'),
  ],
  [
    'a grant without a hash',
    (text) => text.replaceAll('refused', 'granted').replace(/"hash":"\w+"/, '"hash":""'),
  ],
  ['a text cut off', (text) => text.slice(0, -9)],
];
for (const [title, broken] of BROKEN)
  test(`a remembered answer that holds ${title} grants nothing and breaks nothing`, async ({
    openShop,
    page,
  }) => {
    const shop = await openShop();
    await shop.visit('/');
    await set(page, false);
    await page.evaluate(
      (text) => localStorage.setItem('reshelf:choice', text),
      typeof broken === 'string' ? broken : broken((await shop.choice()) ?? ''),
    );
    await shop.visit('/');
    expect(await state(page)).toMatchObject({ state: 'default-off', effective: false });
    expect(await page.evaluate(() => window.reshelf.lists())).toEqual([]);
    await expect(page.locator('reshelf-card')).toHaveCount(1); // asked again
    expect(await shop.stored()).toBeNull();
    expect(shop.requests.filter((one) => one.includes('worker'))).toEqual([]);
    expect(shop.errors).toEqual([]);
    await set(page, true);
    expect(await state(page)).toMatchObject({ state: 'granted', effective: true });
  });

for (const method of ['getItem', 'setItem', 'both'] as const)
  test(`a browser that refuses localStorage (${method}) breaks nothing; the answer holds for the page`, async ({
    openShop,
    page,
  }) => {
    await page.addInitScript((name) => {
      const refuse = () => {
        throw new DOMException('denied', 'SecurityError');
      };
      for (const one of name === 'both' ? (['getItem', 'setItem', 'removeItem'] as const) : [name])
        Storage.prototype[one] = refuse;
    }, method);
    const shop = await openShop();
    await shop.visit('/');
    expect((await state(page)).state).toBe('default-off');
    await set(page, true);
    expect(await state(page)).toMatchObject({ state: 'granted', effective: true });
    expect(await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-blue' }))).toBe(
      true,
    );
    await page.evaluate(() => window.reshelf.consent.withdraw());
    expect((await state(page)).state).toBe('withdrawn');
    expect((await shop.stored())?.journal).toEqual([]);
    await shop.visit('/');
    expect((await state(page)).state).toBe('default-off');
    await set(page, true); // numbers begin at 1 again: still a newer answer than the withdrawal
    expect(await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-blue' }))).toBe(
      true,
    );
    expect(shop.errors).toEqual([]);
  });

test('when a withdrawal resolves, all behaviour is gone; receipts and audit stay', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  await set(page, true);
  await shop.browse('dress-green', 'shirt-green');
  const stored = await shop.stored();
  expect(stored?.journal).toHaveLength(2);
  await page.evaluate(() => window.reshelf.consent.withdraw());
  const after = await shop.stored();
  expect(after).toMatchObject({ journal: [], profile: [], pseudonyms: [] });
  expect(after?.receipts).toHaveLength(2);
  expect(after?.audit).toMatchObject([
    { action: 'granted' },
    {
      action: 'withdrawn',
      counts: { journal: 2, profile: 1, wishes: 0, adjustments: 0, pseudonyms: 1, trial: 0 },
    },
  ]);
  expect(JSON.stringify(after)).not.toContain('green');
  expect(await shop.heard('erased')).toEqual([
    { scope: 'all', removed: { journal: 2, profile: 1, wishes: 0, adjustments: 0, pseudonyms: 1, trial: 0 } },
  ]);
});

test('a purge that the worker could not do is owed, and done at the next start', async ({
  openShop,
  page,
}) => {
  let isBroken = false;
  const shop = await openShop({
    files: { 'reshelf.worker.js': () => (isBroken ? 'throw new Error("broken")' : workerWith('')) },
  });
  await shop.visit('/');
  await set(page, true);
  await shop.browse('dress-green', 'shirt-green');
  isBroken = true;
  await shop.visit('/');
  const failure = await page.evaluate(() =>
    window.reshelf.consent.withdraw().then(
      () => 'done',
      ({ code }) => code,
    ),
  );
  expect(failure).toBe('worker/lost');
  expect(await state(page)).toMatchObject({ state: 'withdrawn', effective: false });
  expect(await shop.heard('consentchange')).toHaveLength(1);
  expect((await choice(page)).purgePending).toBe(true);
  expect(await shop.journal()).toHaveLength(2);
  await shop.visit('/'); // still broken: still owed, and the page is fine
  expect((await choice(page)).purgePending).toBe(true);
  expect(await shop.order()).toEqual(LISTED);

  isBroken = false;
  await shop.visit('/');
  await expect.poll(async () => (await choice(page)).purgePending).toBe(false);
  expect(await shop.stored()).toMatchObject({ journal: [], profile: [], pseudonyms: [] });
  expect(await state(page)).toMatchObject({ state: 'withdrawn', effective: false });
  expect(await shop.heard('erased')).toHaveLength(1);
  const loads = () => shop.requests.filter((one) => one.includes('worker')).length;
  const before = loads();
  await shop.visit('/');
  expect(loads()).toBe(before);
});

test('a second tab that was open during the withdrawal writes nothing and gives the order back', async ({
  openShop,
  page,
  context,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  await set(page, true);
  await shop.browse('dress-green', 'shirt-green');
  const other = await context.newPage();
  const otherShop = shop.inTab(other);
  await otherShop.visit('/');
  expect(await otherShop.order()).not.toEqual(LISTED);

  await page.evaluate(() => window.reshelf.consent.withdraw());
  await expect.poll(() => otherShop.order()).toEqual(LISTED);
  expect(await state(other)).toMatchObject({ state: 'withdrawn', effective: false });
  expect(await other.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-red' }))).toBe(
    false,
  );
  await other.getByRole('link').first().click();
  expect(await shop.stored()).toMatchObject({ journal: [], profile: [], pseudonyms: [] });
  expect(await otherShop.heard('diagnostic')).toEqual([]);
  expect(shop.errors).toEqual([]);
});

test('a tab that missed the news of a withdrawal is stopped by the database', async ({
  openShop,
  page,
  context,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  await set(page, true);
  await shop.browse('dress-green');
  const old = await choice(page);
  const deaf = await context.newPage();
  await deaf.addInitScript(() => {
    window.addEventListener('storage', (event) => event.stopImmediatePropagation(), { capture: true });
    const { getItem } = Storage.prototype; // and it still believes in the old answer
    const first = getItem.call(localStorage, 'reshelf:choice');
    Storage.prototype.getItem = () => first;
  });
  const deafShop = shop.inTab(deaf);
  await deafShop.visit('/');
  await page.evaluate(() => window.reshelf.consent.withdraw());
  expect(await deaf.evaluate(() => window.reshelf.consent.get().personalize.effective)).toBe(true);
  expect(await deaf.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-red' }))).toBe(false);
  expect(await shop.stored()).toMatchObject({ journal: [], profile: [], pseudonyms: [] });

  // An old grant, genuine but older than the withdrawal, put back into localStorage opens nothing either.
  await page.evaluate((text) => localStorage.setItem('reshelf:choice', text), JSON.stringify(old));
  await shop.visit('/p/dress-blue');
  expect(await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-red' }))).toBe(false);
  expect(await shop.stored()).toMatchObject({ journal: [], profile: [], pseudonyms: [] });
  expect(shop.errors).toEqual([]);
});

test('after a withdrawal a new grant starts from nothing, on the same page', async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  await set(page, true);
  await shop.browse('dress-green', 'shirt-green');
  await shop.visit('/');
  await page.evaluate(() => window.reshelf.consent.withdraw('personalize'));
  await set(page, true);
  expect(await shop.order()).toEqual(LISTED);
  expect(await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-red' }))).toBe(true);
  expect(await shop.journal('view')).toHaveLength(1);
  expect(await shop.heard('diagnostic')).toEqual([]);
});

test('a withdrawal without a grant writes a refusal at most', async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  const receipt = await page.evaluate(() => window.reshelf.consent.withdraw());
  expect(receipt.answers).toEqual({ personalize: 'refused' });
  const again = await page.evaluate(() => window.reshelf.consent.withdraw());
  expect(again.id).toBe(receipt.id);
  expect(
    await page.evaluate(() => window.reshelf.consent.withdraw('x' as never).catch(({ name }) => name)),
  ).toBe('TypeError');
  expect(await shop.stored()).toBeNull();
});
