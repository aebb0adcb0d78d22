import type { Ledger, LedgerRow, Pin, Queued } from '../src/contribute/ledger.ts';
import type { AdoptedModel } from '../src/wire/released-model.ts';

/** A ledger for a simulated shopper: the same promises as the stored one, gone with the process. */
export function memoryLedger(bornAt?: number): Ledger {
  let born = bornAt;
  const rows: LedgerRow[] = [];
  let queue: Queued | undefined;
  const pins = new Map<string, Pin>();
  const models = new Map<string, AdoptedModel>();
  return {
    async bornAt(now) {
      born ??= now;
      return born;
    },
    rows: async () => [...rows],
    queued: async () => queue,
    async enqueue(row, report) {
      rows.push(row);
      queue = { ...report, row: rows.length - 1 };
    },
    async postpone(queued) {
      queue = queued;
    },
    async settle(state) {
      if (queue === undefined) return false;
      const row = rows[queue.row];
      if (row !== undefined) rows[queue.row] = { ...row, state };
      queue = undefined;
      return true;
    },
    pin: async (name) => pins.get(name),
    async setPin(name, pin) {
      pins.set(name, pin);
    },
    adopted: async (taskId) => models.get(taskId),
    async setAdopted(taskId, adopted) {
      models.set(taskId, adopted);
    },
    dropAdopted: async () => models.clear(),
  };
}
