import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { ledgerName } from '../wire/ledger-name.ts';
import type { AdoptedModel } from '../wire/released-model.ts';
import type { Ledger, LedgerRow, Pin, Queued } from './ledger.ts';

interface Schema extends DBSchema {
  rows: { key: number; value: LedgerRow };
  queue: { key: 'current'; value: Queued };
  pins: { key: string; value: Pin };
  models: { key: string; value: AdoptedModel };
  born: { key: 'at'; value: number };
}

/**
 * The ledger's own database, beside the shopper's: forgetting, withdrawing and retention never touch it, because a spent
 * budget stays spent.
 */
export async function openLedger(databaseName: string): Promise<Ledger & { close(): void }> {
  const db: IDBPDatabase<Schema> = await openDB<Schema>(ledgerName(databaseName), 1, {
    upgrade(fresh, oldVersion) {
      if (oldVersion < 1) {
        fresh.createObjectStore('rows', { autoIncrement: true });
        for (const name of ['queue', 'pins', 'models', 'born'] as const) fresh.createObjectStore(name);
      }
    },
    blocking: (_from, _to, event) => (event.target as IDBDatabase).close(), // let the newer tab upgrade
  });
  return {
    close: () => db.close(),
    async bornAt(now) {
      const tx = db.transaction('born', 'readwrite');
      const known = await tx.store.get('at');
      if (known === undefined) await tx.store.put(now, 'at');
      await tx.done;
      return known ?? now;
    },
    rows: () => db.getAll('rows'),
    queued: () => db.get('queue', 'current'),
    async enqueue(row, report) {
      const tx = db.transaction(['rows', 'queue'], 'readwrite');
      const key = await tx.objectStore('rows').add(row);
      await tx.objectStore('queue').put({ ...report, row: key }, 'current');
      await tx.done;
    },
    async postpone(queued) {
      await db.put('queue', queued, 'current');
    },
    async settle(state) {
      const tx = db.transaction(['rows', 'queue'], 'readwrite');
      const queued = await tx.objectStore('queue').get('current');
      if (queued !== undefined) {
        const row = await tx.objectStore('rows').get(queued.row);
        if (row !== undefined) await tx.objectStore('rows').put({ ...row, state }, queued.row);
        await tx.objectStore('queue').delete('current');
      }
      await tx.done;
      return queued !== undefined;
    },
    pin: (name) => db.get('pins', name),
    async setPin(name, pin) {
      await db.put('pins', pin, name);
    },
    adopted: (taskId) => db.get('models', taskId),
    async setAdopted(taskId, adopted) {
      await db.put('models', adopted, taskId);
    },
    dropAdopted: () => db.clear('models'),
  };
}
