import { openDB } from 'idb';

/**
 * Every record of one store of another database of ours. Looking makes no database.
 * @returns nothing where there is no such database
 */
export async function readStore<Value>(databaseName: string, store: string): Promise<readonly Value[]> {
  const db = await openDB(databaseName, undefined, {
    upgrade(_db, _from, _to, tx) {
      tx.done.catch(() => {}); // the abort is expected
      tx.abort(); // it was not there, and looking makes none
    },
  }).catch(() => undefined);
  if (db === undefined) return [];
  try {
    return await db.getAll(store);
  } finally {
    db.close();
  }
}
