import type { Purpose } from '../core/receipt.ts';
import type { Ledger } from './ledger.ts';

/** Drops what waits for these purposes, and what was adopted under them. Rows stay. @returns contributions that were not sent */
export async function takeBack(ledger: Ledger, purposes: readonly Purpose[]): Promise<number> {
  if (purposes.includes('contribute')) await ledger.dropAdopted();
  const queued = await ledger.queued();
  if (queued === undefined || !purposes.includes(queued.purpose)) return 0;
  return (await ledger.settle('dropped')) ? 1 : 0;
}
