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
 * budget stays spent. It opens with the first use, also after it was closed.
 */
export function openLedger(databaseName: string): Ledger & { close(): void } {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;
  function close(): void {
    opened?.then((db) => db.close()).catch(() => {}); // it never opened: nothing to close
    opened = undefined;
  }
  function use(): Promise<IDBPDatabase<Schema>> {
    opened ??= openSchema(ledgerName(databaseName), close);
    opened.catch(close); // its caller is told; the next one tries again
    return opened;
  }
  return {
    close,
    async bornAt(now) {
      const tx = (await use()).transaction('born', 'readwrite');
      const known = await tx.store.get('at');
      if (known === undefined) await tx.store.put(now, 'at');
      await tx.done;
      return known ?? now;
    },
    rows: async () => (await use()).getAll('rows'),
    queued: async () => (await use()).get('queue', 'current'),
    async enqueue(row, report) {
      const tx = (await use()).transaction(['rows', 'queue'], 'readwrite');
      const key = await tx.objectStore('rows').add(row);
      await tx.objectStore('queue').put({ ...report, row: key }, 'current');
      await tx.done;
    },
    async postpone(queued) {
      await (await use()).put('queue', queued, 'current');
    },
    async settle(state) {
      const tx = (await use()).transaction(['rows', 'queue'], 'readwrite');
      const queued = await tx.objectStore('queue').get('current');
      if (queued !== undefined) {
        const row = await tx.objectStore('rows').get(queued.row);
        if (row !== undefined) await tx.objectStore('rows').put({ ...row, state }, queued.row);
        await tx.objectStore('queue').delete('current');
      }
      await tx.done;
      return queued !== undefined;
    },
    pin: async (name) => (await use()).get('pins', name),
    async setPin(name, pin) {
      await (await use()).put('pins', pin, name);
    },
    adopted: async (taskId) => (await use()).get('models', taskId),
    async setAdopted(taskId, adopted) {
      await (await use()).put('models', adopted, taskId);
    },
    dropAdopted: async () => (await use()).clear('models'),
  };
}

/** @param onGone a newer tab wants to upgrade, or the browser has dropped the connection */
const openSchema = (name: string, onGone: () => void): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>(name, 1, {
    upgrade(fresh, oldVersion) {
      if (oldVersion < 1) {
        fresh.createObjectStore('rows', { autoIncrement: true });
        for (const store of ['queue', 'pins', 'models', 'born'] as const) fresh.createObjectStore(store);
      }
    },
    blocking: onGone,
    terminated: onGone,
  });
