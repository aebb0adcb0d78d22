import { asEpochMs, DAY_MS, type EpochMs } from '../core/ids.ts';
import { type ConsentReceipt, grants, isOutdated, supersedes } from '../core/receipt.ts';
import type { Database } from './database.ts';
import type { Writing } from './granted.ts';
import { expire } from './journal.ts';

/**
 * Remembers the grant that the shopper gave. An older receipt never replaces a newer one: a tab that slept through
 * a withdrawal cannot bring the grant back.
 * @returns whether the database now holds a live grant
 */
export async function rememberGrant(db: Database, receipt: ConsentReceipt, now: EpochMs): Promise<boolean> {
  const tx = db.transaction(['grant', 'receipts', 'audit'], 'readwrite');
  const grant = tx.objectStore('grant');
  const known = await grant.get('current');
  const isNew = known === undefined || supersedes(receipt, known.receipt);
  if (isNew) {
    await grant.put({ receipt, sweptAt: known?.sweptAt ?? asEpochMs(0) }, 'current');
    await tx.objectStore('receipts').put(receipt);
    await tx
      .objectStore('audit')
      .add({ at: now, action: receipt.answers.personalize ?? 'refused', counts: {} });
  }
  await tx.done;
  const inForce = isNew ? receipt : known.receipt;
  const basis = inForce.basis.personalize;
  return grants(inForce, 'personalize') && basis !== undefined && !isOutdated(basis.at, now);
}

/** Enforces retention if `force` or if the last time was a day ago. */
export async function sweep(
  tx: Writing,
  now: EpochMs,
  capDays: number | undefined,
  force: boolean,
): Promise<void> {
  const store = tx.objectStore('grant');
  const grant = await store.get('current');
  if (grant === undefined || (!force && now - grant.sweptAt < DAY_MS)) return;
  const journal = await expire(tx, now, capDays);
  if (journal > 0) await tx.objectStore('audit').add({ at: now, action: 'outdated', counts: { journal } });
  await store.put({ ...grant, sweptAt: now }, 'current');
}
