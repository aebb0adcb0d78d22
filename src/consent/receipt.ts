import { type RandomBits, randomId } from '../core/ambient.ts';
import type { EpochMs } from '../core/ids.ts';
import type { Answer, AnswerSource, ConsentReceipt, Purpose } from '../core/receipt.ts';

export interface AnswerGiven {
  readonly answers: Readonly<Partial<Record<Purpose, Answer>>>;
  readonly source: AnswerSource;
  readonly noticeId: string;
}

/** The receipt of an answer, chained to the one before. */
export async function writeReceipt(
  given: AnswerGiven,
  previous: ConsentReceipt | null,
  at: EpochMs,
  random: RandomBits,
): Promise<ConsentReceipt> {
  const unsigned = {
    schema: 'reshelf-receipt/1' as const,
    id: randomId(random),
    seq: (previous?.seq ?? 0) + 1,
    at,
    answers: { ...previous?.answers, ...given.answers },
    source: given.source,
    noticeId: given.noticeId,
    previousHash: previous?.hash ?? '',
  };
  return { ...unsigned, hash: await sha256(canonicalJson(unsigned)) };
}

/** Whether a receipt's hash is the hash of its content. Receipts written outside a secure context carry none. */
export async function isIntact({ hash, ...unsigned }: ConsentReceipt): Promise<boolean> {
  return hash === (await sha256(canonicalJson(unsigned)));
}

/** JSON with sorted keys, so that equal content has one text (the idea of RFC 8785, for strings and integers). */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

async function sha256(text: string): Promise<string> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined; // missing outside secure contexts
  if (subtle === undefined) return '';
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
