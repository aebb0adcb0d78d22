import { type RandomBits, randomId } from '../core/ambient.ts';
import { hashOf } from '../core/canonical.ts';
import type { EpochMs } from '../core/ids.ts';
import type { Answer, AnswerSource, Basis, ConsentReceipt, Notice, Purpose } from '../core/receipt.ts';

export interface AnswerGiven {
  readonly answers: Readonly<Partial<Record<Purpose, Answer>>>;
  /** Of the purposes answered anew; a pause and its end keep the basis of the yes that they are about. */
  readonly basis: Readonly<Partial<Record<Purpose, Basis>>>;
  readonly source: AnswerSource;
  readonly notice: Notice;
  readonly region: string;
}

/** The receipt of an answer, chained to the one before. */
export async function writeReceipt(
  { answers, basis, source, notice, region }: AnswerGiven,
  previous: ConsentReceipt | null,
  at: EpochMs,
  random: RandomBits,
): Promise<ConsentReceipt> {
  const unsigned = {
    schema: 'reshelf-receipt/2' as const,
    id: randomId(random),
    seq: (previous?.seq ?? 0) + 1,
    at,
    answers: { ...previous?.answers, ...answers },
    basis: { ...previous?.basis, ...basis },
    source,
    notice,
    region,
    previousHash: previous?.hash ?? '',
  };
  return { ...unsigned, hash: await hashOf(unsigned) };
}

/** Whether a receipt's hash is the hash of its content. Receipts written outside a secure context carry none. */
export async function isIntact({ hash, ...unsigned }: ConsentReceipt): Promise<boolean> {
  return hash === (await hashOf(unsigned));
}
