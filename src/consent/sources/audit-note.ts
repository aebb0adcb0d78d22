import { DAY_MS } from '../../core/ids.ts';
import type { ConsentReceipt } from '../../core/receipt.ts';
import type { Consent } from '../consent.ts';

/** What a shop's own server may get of an answer: that it was given, to which text; neither by whom nor from where. */
export interface AuditNote {
  readonly schema: 'reshelf-note/1';
  /** Random; also in the receipt on the shopper's device, so that they can show that it is theirs. */
  readonly recordId: string;
  readonly answers: ConsentReceipt['answers'];
  readonly source: ConsentReceipt['source'];
  readonly notice: ConsentReceipt['notice'];
  readonly region: string;
  /** The day in UTC, "2026-11-24"; no time. */
  readonly day: string;
}

export function toNote({ id, answers, source, notice, region, at }: ConsentReceipt): AuditNote {
  const day = new Date(Math.floor(at / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
  return { schema: 'reshelf-note/1', recordId: id, answers, source, notice, region, day };
}

/**
 * Sends a note of every new receipt to the address that the shop has configured; off by default.
 * @param known the newest receipt when the page began: of what came after it, also before this file, a note is sent
 */
export function createAuditNotes(
  url: string,
  { history, isOwn }: Pick<Consent, 'history' | 'isOwn'>,
  known: string | undefined,
): () => void {
  let told = known;
  return () => {
    const receipts = history();
    const at = receipts.findIndex(({ id }) => id === told);
    told = receipts[0]?.id;
    if (!isOwn()) return; // the tab that was answered in sends it
    for (const receipt of receipts.slice(0, at < 0 ? undefined : at).reverse())
      navigator.sendBeacon(url, JSON.stringify(toNote(receipt)));
  };
}
