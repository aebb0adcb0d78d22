import { asEpochMs, DAY_MS, type EpochMs } from './ids.ts';

/**
 * What data may be used for. `personalize`: keep signals here and rank here. `measure`: send counts of what was bought
 * with and without. `contribute`: send noised updates of the local model; it needs `personalize`. A fourth purpose,
 * `choice`, remembers the answer itself and is exempt: it needs none.
 */
export const PURPOSES = ['personalize', 'measure', 'contribute'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What the shopper did: said yes, said no, set it at rest, took a yes back; or the yes grew too old and its data went. */
export const ANSWERS = ['granted', 'refused', 'paused', 'withdrawn', 'expired'] as const;
export type Answer = (typeof ANSWERS)[number];

/** Where an answer came from: our card or panel, the merchant's banner, the shop's consent platform, or the calendar. */
export const SOURCES = ['card', 'panel', 'api', 'platform', 'expiry'] as const;
export type AnswerSource = (typeof SOURCES)[number];

/** An answer holds this long; then it is asked again, never earlier (unless the terms change). */
export const ANSWER_DAYS = 180;

/** When and under which terms the answer for one purpose was given. */
export interface Basis {
  readonly at: EpochMs;
  /** Hash of the terms: purposes, data, retention, recipients. Wording and looks are not in it. */
  readonly terms: string;
  /** Whether Global Privacy Control was on, and the shopper had been told so, when the answer was given. */
  readonly signal: boolean;
}

/** What was shown when the answer was given. */
export interface Notice {
  /** The merchant's name of it. */
  readonly id: string;
  /** SHA-256 of the text really shown; empty where another party showed it and did not tell. */
  readonly textHash: string;
  /** BCP 47. */
  readonly language: string;
  /** Which form of it: `card`, `panel`, or the merchant's own word. */
  readonly variant: string;
}

/**
 * Proof of one answer. Receipts form a chain: each holds the hash of the one before, so that a removed or changed
 * one shows. `hash` is SHA-256 over the receipt without it (canonical JSON), hexadecimal; an empty text where the
 * page is no secure context, because browsers offer no hash there.
 */
export interface ConsentReceipt {
  readonly schema: 'reshelf-receipt/2';
  readonly id: string;
  /** 1 for the first answer on this origin, then one more each time. */
  readonly seq: number;
  readonly at: EpochMs;
  readonly answers: Readonly<Partial<Record<Purpose, Answer>>>;
  readonly basis: Readonly<Partial<Record<Purpose, Basis>>>;
  readonly source: AnswerSource;
  readonly notice: Notice;
  /** Whose law was assumed, e.g. "eea", "us-ca"; empty when unknown, and then the strictest. */
  readonly region: string;
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

/** Whether an answer given at `at` is too old. A clock that was set back by more than that makes it old, too. */
export const isOutdated = (at: EpochMs, now: EpochMs): boolean => Math.abs(now - at) >= ANSWER_DAYS * DAY_MS;

/** Whether there is data that this answer keeps. */
export const isLive = (answer: Answer | undefined): boolean => answer === 'granted' || answer === 'paused';

/** When an answer given at `at` ends. */
export const validUntil = (at: EpochMs): EpochMs => asEpochMs(at + ANSWER_DAYS * DAY_MS);
