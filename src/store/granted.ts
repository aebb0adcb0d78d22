import type { IDBPTransaction, StoreNames } from 'idb';
import { ReshelfError } from '../core/errors.ts';
import { grants } from '../core/receipt.ts';
import type { Database, Schema } from './database.ts';

type Stores = StoreNames<Schema>[];
export type Writing = IDBPTransaction<Schema, Stores, 'readwrite'>;
export type Reading = IDBPTransaction<Schema, Stores, 'readonly'>;

const BEHAVIOUR: Stores = [
  'journal',
  'profile',
  'wishes',
  'adjustments',
  'pseudonyms',
  'trial',
  'grant',
  'audit',
];

/**
 * One writing transaction over the behaviour stores, after a look at the grant *inside* it: a withdrawal in
 * another tab cannot slip in between, so nothing is resurrected.
 * @throws ReshelfError `consent/withheld` when there is no live grant to personalize; nothing was written then
 */
export async function writeGranted<Value>(
  db: Database,
  work: (tx: Writing) => Promise<Value>,
): Promise<Value> {
  const tx = db.transaction(BEHAVIOUR, 'readwrite') as Writing;
  return finish(tx, work);
}

/** The same for reading. @throws ReshelfError `consent/withheld` */
export async function readGranted<Value>(
  db: Database,
  work: (tx: Reading) => Promise<Value>,
): Promise<Value> {
  const tx = db.transaction(BEHAVIOUR, 'readonly') as Reading;
  return finish(tx, work);
}

async function finish<Tx extends Writing | Reading, Value>(
  tx: Tx,
  work: (tx: Tx) => Promise<Value>,
): Promise<Value> {
  try {
    const grant = await (tx as Reading).objectStore('grant').get('current');
    if (!grants(grant?.receipt ?? null, 'personalize'))
      throw new ReshelfError(
        'consent/withheld',
        'there is no live grant to personalize; nothing was read or written',
      );
    const value = await work(tx);
    await tx.done;
    return value;
  } catch (error) {
    tx.done.catch(() => {}); // the abort below is expected
    try {
      tx.abort();
    } catch {
      // it has already ended by itself
    }
    throw error;
  }
}
