import type { EpochMs } from './ids.ts';
import type { Answer } from './receipt.ts';

/** What happened to the data: an answer took effect, or somebody acted on it. */
export type AuditAction =
  | Answer
  | 'forgotten'
  | 'outdated'
  | 'edited'
  | 'deleted'
  | 'exported'
  | 'imported'
  | 'contributed';

/** What was done to the data, without a word of the data itself. */
export interface AuditEntry {
  readonly at: EpochMs;
  readonly action: AuditAction;
  /** Records concerned, per store. */
  readonly counts: Readonly<Record<string, number>>;
  /** Chained like receipts, right after the act, or else when the log is next looked at; then it is a `LogEntry`. */
  readonly previousHash?: string;
  readonly hash?: string;
}

/** An entry of the chain: `hash` is SHA-256 over the entry without it (canonical JSON), hexadecimal. */
export type LogEntry = Required<AuditEntry>;
