import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { findBreak } from '../../src/core/chain.ts';
import { expect, LISTED, readDatabase, type TestShop, test } from '../support/shop.ts';

/** Every kind of record, where it lies. */
const RECORDS = [
  'remembered answer',
  'receipts',
  'log',
  'budget ledger',
  'journal',
  'profile',
  'wishes',
  'more and less',
  'salt and visit',
  'head snapshot',
  'queued contribution',
  'adopted model',
] as const;
type Fate = 'none' | 'kept' | 'gone';
type Row = Readonly<Record<(typeof RECORDS)[number], Fate>>;

const PROOF = {
  'remembered answer': 'kept',
  receipts: 'kept',
  log: 'kept',
  'budget ledger': 'kept',
} as const;
const behaviour = (fate: Fate) =>
  ({
    journal: fate,
    profile: fate,
    wishes: fate,
    'more and less': fate,
    'salt and visit': fate,
    'queued contribution': fate,
    'adopted model': fate,
  }) as const;
/** The table of the README: what each act does to each kind of record. */
const TABLE: Readonly<Record<string, { readonly act: (page: Page) => Promise<unknown>; readonly row: Row }>> =
  {
    pause: {
      act: (page) => page.evaluate(() => window.reshelf.consent.pause()),
      row: { ...PROOF, ...behaviour('kept'), 'head snapshot': 'gone' }, // derived anew when the pause ends
    },
    withdraw: {
      act: (page) => page.evaluate(() => window.reshelf.consent.withdraw()),
      row: { ...PROOF, ...behaviour('gone'), 'head snapshot': 'gone' },
    },
    'refuse, after a yes': {
      act: (page) =>
        page.evaluate(() =>
          window.reshelf.consent.set({ personalize: false }, { source: 'api', noticeId: 'n' }),
        ),
      row: { ...PROOF, ...behaviour('gone'), 'head snapshot': 'gone' },
    },
    'forget all': {
      act: (page) => page.evaluate(() => window.reshelf.forget('all')),
      row: { ...PROOF, ...behaviour('gone'), 'head snapshot': 'gone' },
    },
    'erase the proof': {
      act: (page) => page.evaluate(() => window.reshelf.forget('proof')),
      row: {
        ...behaviour('gone'),
        'head snapshot': 'gone',
        'remembered answer': 'gone',
        receipts: 'gone',
        log: 'gone',
        'budget ledger': 'gone',
      },
    },
  };

/** How many records of each kind there are, in the raw stores. */
async function counts(page: Page): Promise<Record<(typeof RECORDS)[number], number>> {
  const own = (await page.evaluate(readDatabase)) ?? {};
  const ledger = await page.evaluate(async () => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'reshelf-ledger')) return {};
    const settle = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
    const db = await settle(indexedDB.open('reshelf-ledger'));
    const found: Record<string, number> = {};
    for (const name of db.objectStoreNames)
      found[name] = await settle(db.transaction(name).objectStore(name).count());
    db.close();
    return found;
  });
  const local = await page.evaluate(() => ({
    answer: JSON.parse(localStorage.getItem('reshelf:choice') ?? '{"receipts":[]}').receipts.length as number,
    snapshot: localStorage.getItem('reshelf:snapshot') === null ? 0 : 1,
  }));
  const size = (store: string) => own[store]?.length ?? 0;
  return {
    'remembered answer': local.answer,
    receipts: size('receipts'),
    log: size('audit'),
    'budget ledger': ledger.rows ?? 0,
    journal: size('journal'),
    profile: size('profile'),
    wishes: size('wishes'),
    'more and less': size('adjustments'),
    'salt and visit': size('pseudonyms'),
    'head snapshot': local.snapshot,
    'queued contribution': ledger.queue ?? 0,
    'adopted model': ledger.models ?? 0,
  };
}

/** A shopper with something of every kind; what waits to be sent is put where the contributing worker puts it. */
async function filled(shop: TestShop, page: Page): Promise<void> {
  await shop.visit('/');
  await page.evaluate(() =>
    window.reshelf.consent.set({ personalize: true, contribute: true }, { source: 'api', noticeId: 'n' }),
  );
  await shop.browse('dress-green', 'shirt-green');
  await shop.visit('/');
  await shop.say();
  await page.evaluate(async () => {
    const consentId = window.reshelf.consent.history()[0]?.id ?? '';
    const db = await new Promise<IDBDatabase>((done) => {
      const opening = indexedDB.open('reshelf-ledger', 1);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore('rows', { autoIncrement: true });
        for (const name of ['queue', 'pins', 'models', 'born']) opening.result.createObjectStore(name);
      };
      opening.onsuccess = () => done(opening.result);
    });
    const tx = db.transaction(['rows', 'queue', 'models', 'born'], 'readwrite');
    const bytes = new Uint8Array(8);
    tx.objectStore('rows').add({
      taskId: 't',
      kind: 'weights',
      words: 'w',
      numbers: [0],
      bytes,
      to: [],
      consentId,
      state: 'queued',
      at: Date.now(),
    });
    tx.objectStore('queue').put(
      {
        purpose: 'contribute',
        consentId,
        row: 1,
        url: '/nowhere',
        method: 'PUT',
        type: 'x',
        body: bytes,
        tries: 0,
        notBefore: 9e15,
        staleAt: 9e15,
      },
      'current',
    );
    tx.objectStore('models').put({ sequence: 1, version: 1, features: [], changes: [], lookedAt: 0 }, 't');
    tx.objectStore('born').put(Date.now(), 'at');
    await new Promise((done) => tx.addEventListener('complete', done));
    db.close();
  });
  await expect.poll(() => counts(page).then((found) => found['head snapshot'])).toBe(1);
  const full = await counts(page);
  for (const record of RECORDS) expect(full[record], record).toBeGreaterThan(0);
}

for (const [name, { act, row }] of Object.entries(TABLE))
  test(`${name}: each kind of record is kept or gone as the table says, in the raw stores and in every open tab`, async ({
    openShop,
    page,
    context,
  }) => {
    const shop = await openShop();
    await filled(shop, page);
    const before = await counts(page);
    const other = await context.newPage();
    const otherShop = shop.inTab(other);
    await otherShop.visit('/');
    expect(await otherShop.order()).not.toEqual(LISTED);
    const salt = JSON.stringify((await shop.stored())?.pseudonyms);

    await act(page);
    const after = await counts(page);
    for (const record of RECORDS) {
      if (row[record] === 'kept') expect(after[record], record).toBeGreaterThanOrEqual(before[record]);
      else expect(after[record], record).toBe(0);
    }
    expect(await shop.order()).toEqual(LISTED);
    await expect.poll(() => otherShop.order()).toEqual(LISTED); // at once, without anybody touching it
    if (row.log === 'kept') {
      const entries = ((await shop.stored())?.audit ?? []) as { hash?: string }[];
      expect(entries.map(({ hash }) => typeof hash)).toEqual(entries.map(() => 'string')); // chained right after the act
      expect(await findBreak([], entries as never)).toBeNull();
    }
    if (name !== 'forget all') {
      expect(await other.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-red' }))).toBe(
        false,
      );
      expect((await counts(page)).journal).toBe(after.journal);
    } else {
      await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-red' }));
      expect(JSON.stringify((await shop.stored())?.pseudonyms)).not.toBe(salt); // identifiers rotate
    }
    await shop.visit('/');
    if (name === 'pause') {
      expect(await shop.order()).toEqual(LISTED);
      await page.evaluate(() => window.reshelf.consent.resume());
      await shop.visit('/');
      expect(await shop.order()).not.toEqual(LISTED); // kept, and used again
      expect(JSON.stringify((await shop.stored())?.pseudonyms)).toContain(salt.slice(2, 20));
    }
    expect(shop.errors).toEqual([]);
  });

test('refuse, before any yes: the answer itself, and none of the rest', async ({ openShop, page }) => {
  const shop = await openShop();
  await shop.visit('/');
  await page.getByRole('button', { name: 'No thanks' }).click();
  await expect.poll(() => counts(page).then((found) => found['remembered answer'])).toBe(1);
  const { 'remembered answer': _, ...rest } = await counts(page);
  expect(Object.values(rest).every((count) => count === 0)).toBe(true);
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
});

test('a tab killed after the behaviour went and before what waits to be sent did: the next start completes it', async ({
  openShop,
  page,
  context,
}) => {
  let isStuck = false;
  const shop = await openShop({
    files: {
      'reshelf.contribute.js': () =>
        isStuck ? 'self.onmessage = () => {};' : readFileSync('dist/reshelf.contribute.js', 'utf8'), // it never answers
    },
  });
  await filled(shop, page);
  isStuck = true;
  await page.evaluate(() => void window.reshelf.consent.withdraw().catch(() => {}));
  await expect.poll(() => shop.requests.some((one) => one.includes('contribute'))).toBe(true);
  expect(await counts(page)).toMatchObject({ journal: 0, profile: 0, 'queued contribution': 1 });
  expect(JSON.parse((await shop.choice()) ?? '{}').purgePending).toBe(true);
  const next = await context.newPage();
  await page.close({ runBeforeUnload: false }); // killed
  isStuck = false;
  await shop.inTab(next).visit('/');
  await expect.poll(() => counts(next).then((found) => found['queued contribution'])).toBe(0);
  await expect
    .poll(async () => JSON.parse((await shop.inTab(next).choice()) ?? '{}').purgePending)
    .toBe(false);
  expect((await counts(next))['budget ledger']).toBe(1);
});
