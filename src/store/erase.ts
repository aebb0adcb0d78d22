import { deleteDB } from 'idb';
import type { EpochMs } from '../core/ids.ts';
import { type ConsentReceipt, supersedes } from '../core/receipt.ts';
import type { Database } from './database.ts';

/** Everything that is behaviour or derives from it. The receipts and the audit log are proof and stay. */
const BEHAVIOUR = ['journal', 'profile', 'wishes', 'adjustments', 'pseudonyms', 'trial'] as const;

/**
 * Deletes all behaviour and all that derives from it, salt and session number included, in one transaction.
 * @param receipt a withdrawal, which ends the grant in the same transaction; `null` keeps the grant (a forget)
 * @returns how many records each store held
 */
export async function erase(
  db: Database,
  receipt: ConsentReceipt | null,
  now: EpochMs,
): Promise<Readonly<Record<string, number>>> {
  const tx = db.transaction([...BEHAVIOUR, 'grant', 'receipts', 'audit'], 'readwrite');
  const removed: Record<string, number> = {};
  for (const name of BEHAVIOUR) {
    removed[name] = await tx.objectStore(name).count();
    await tx.objectStore(name).clear();
  }
  if (receipt !== null) {
    const grant = tx.objectStore('grant');
    const known = await grant.get('current');
    if (known === undefined || supersedes(receipt, known.receipt))
      await grant.put({ receipt, sweptAt: now }, 'current');
    await tx.objectStore('receipts').put(receipt);
  }
  const action = receipt?.answers.personalize ?? 'forgotten';
  await tx.objectStore('audit').add({ at: now, action, counts: removed });
  await tx.done;
  return removed;
}

/** Deletes the database with everything in it. Other tabs let go of it when the browser asks them to. */
export async function deleteDatabase(name: string): Promise<void> {
  if (typeof indexedDB !== 'undefined') await deleteDB(name);
}
