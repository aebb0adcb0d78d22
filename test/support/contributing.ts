import type { Page } from '@playwright/test';
import type { Signal } from '../../src/core/signal.ts';
import { rhoOfSlot } from '../../src/privacy/budget.ts';

const DAY_MS = 86_400_000;
/** The least noise that a device accepts of a task of weights of 8 bits. */
export const LEAST_VARIANCE = Math.ceil(127 ** 2 / (2 * rhoOfSlot()));

const BASE = { session: 1, brand: 'teasel', priceLevel: 40 };
const later = (at: Signal['at'], ms: number): Signal['at'] => (at + ms) as Signal['at'];

/** Lists of four products each, of which the third shown was clicked; and views before, so that there is a profile. */
export function journalOf(lists: number): Signal[] {
  return Array.from({ length: lists }, (_, list): Signal[] => {
    const at = (Date.now() - DAY_MS + list * 600_000) as Signal['at'];
    const shown = (place: number) => ({
      ...BASE,
      itemId: `p-${list}-${place}` as never,
      position: place,
      slateId: `slate-${list}` as never,
      titleTokens: place === 2 ? [7, 9] : [place],
    });
    return [
      { ...BASE, kind: 'view', at, dwellMs: 9000, itemId: `seen-${list}` as never, titleTokens: [7, 9] },
      ...[0, 1, 2, 3].map((place): Signal => ({ ...shown(place), kind: 'impression', at: later(at, 1000) })),
      { ...shown(2), kind: 'click', at: later(at, 2000) },
    ];
  }).flat();
}

/** Puts signals into the journal as the worker would have. */
export async function plantJournal(page: Page, signals: readonly Signal[]): Promise<void> {
  await page.evaluate(async (planted) => {
    const db = await new Promise<IDBDatabase>((done, fail) => {
      const opening = indexedDB.open('reshelf');
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => fail(opening.error);
    });
    const tx = db.transaction('journal', 'readwrite');
    for (const signal of planted) tx.objectStore('journal').add(signal);
    await new Promise((done) => {
      tx.oncomplete = done;
    });
    db.close();
  }, signals);
}

/** A store of the ledger as it lies there; nothing where there is no ledger. */
export const ledgerStore = <Row>(page: Page, store: 'rows' | 'queue' | 'models' | 'born'): Promise<Row[]> =>
  page.evaluate(async (name) => {
    if (!(await indexedDB.databases()).some((known) => known.name === 'reshelf-ledger')) return [];
    const settle = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
    const db = await settle(indexedDB.open('reshelf-ledger'));
    try {
      return await settle(db.transaction(name).objectStore(name).getAll());
    } finally {
      db.close();
    }
  }, store) as Promise<Row[]>;
