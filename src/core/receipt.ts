import type { EpochMs } from './ids.ts';

/** What data may be used for. `personalize`: keep signals here and rank here. The other two come with their issue. */
export const PURPOSES = ['personalize', 'measure', 'contribute'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What the shopper did: said yes, said no, took a yes back. */
export type Answer = 'granted' | 'refused' | 'withdrawn';

/** Where an answer came from: our own card or panel, or the merchant's banner through the API. */
export type AnswerSource = 'card' | 'panel' | 'api';

/**
 * Proof of one answer. Receipts form a chain: each holds the hash of the one before, so that a removed or changed
 * one shows. `hash` is SHA-256 over the receipt without it (canonical JSON), hexadecimal; an empty text where the
 * page is no secure context, because browsers offer no hash there.
 */
export interface ConsentReceipt {
  readonly schema: 'reshelf-receipt/1';
  readonly id: string;
  /** 1 for the first answer on this origin, then one more each time. */
  readonly seq: number;
  readonly at: EpochMs;
  readonly answers: Readonly<Partial<Record<Purpose, Answer>>>;
  readonly source: AnswerSource;
  /** The merchant's name of the notice that was shown. */
  readonly noticeId: string;
  readonly previousHash: string;
  readonly hash: string;
}

/**
 * Whether `receipt` is a later answer than `known`. The number says it; where a browser lost the remembered answer, and
 * numbers start again, the time does.
 */
export function supersedes(receipt: ConsentReceipt, known: ConsentReceipt): boolean {
  return receipt.seq > known.seq || receipt.at > known.at;
}

/** Whether this receipt allows `purpose`. No receipt allows nothing. */
export function grants(receipt: ConsentReceipt | null, purpose: Purpose): boolean {
  return receipt?.answers[purpose] === 'granted';
}
