import { type ConsentReceipt, grants, type Purpose } from '../core/receipt.ts';
import type { Database } from '../store/database.ts';

/**
 * The receipt by which a purpose is granted now: the newest at which it became granted. `null` without a live grant.
 * Receipts carry earlier answers along, so a later answer about something else is no new grant.
 */
export async function grantIn(db: Database, purpose: Purpose): Promise<string | null> {
  const tx = db.transaction(['grant', 'receipts']);
  const [inForce, receipts] = await Promise.all([
    tx.objectStore('grant').get('current'),
    tx.objectStore('receipts').getAll(),
    tx.done,
  ]);
  const newest = inForce?.receipt ?? null;
  if (!grants(newest, purpose) || !grants(newest, 'personalize')) return null;
  return grantedBy(receipts, purpose) ?? newest?.id ?? null;
}

function grantedBy(receipts: readonly ConsentReceipt[], purpose: Purpose): string | undefined {
  const sorted = [...receipts].sort((a, b) => a.seq - b.seq);
  let id: string | undefined;
  let wasGranted = false;
  for (const receipt of sorted) {
    const isGranted = grants(receipt, purpose);
    if (isGranted && !wasGranted) id = receipt.id;
    wasGranted = isGranted;
  }
  return id;
}
