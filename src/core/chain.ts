import type { LogEntry } from './audit.ts';
import { hashOf } from './canonical.ts';
import type { ConsentReceipt } from './receipt.ts';

/**
 * Follows both chains from their oldest link. A receipt whose predecessor is not held any more is where its chain begins;
 * a hole between two that are held is a break.
 * @param receipts newest first
 * @param entries oldest first
 * @returns the first broken link by name, e.g. `receipt 3 (f00d…): its content is not what its hash says`, or `null`
 */
export async function findBreak(
  receipts: readonly ConsentReceipt[],
  entries: readonly LogEntry[],
): Promise<string | null> {
  let before: ConsentReceipt | undefined;
  for (const receipt of [...receipts].reverse()) {
    const name = `receipt ${receipt.seq} (${receipt.id})`;
    const { hash, ...unsigned } = receipt;
    if (hash !== (await hashOf(unsigned))) return `${name}: its content is not what its hash says`;
    const isRestart = receipt.seq === 1 && receipt.previousHash === ''; // the browser had lost the answers before
    if (before !== undefined && !isRestart && receipt.previousHash !== before.hash)
      return `${name}: it does not follow from receipt ${before.seq}`;
    before = receipt;
  }
  let previous: LogEntry | undefined;
  for (const [i, entry] of entries.entries()) {
    const name = `log entry ${i + 1} (${entry.action})`;
    const { at, action, counts, previousHash, hash } = entry;
    if (hash !== (await hashOf({ at, action, counts, previousHash })))
      return `${name}: its content is not what its hash says`;
    if (previousHash !== (previous?.hash ?? '')) return `${name}: it does not follow from the entry before`;
    previous = entry;
  }
  return null;
}
