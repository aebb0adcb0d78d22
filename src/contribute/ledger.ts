import type { Spending } from '../privacy/budget.ts';

/** One contribution as it is kept, for as long as the shopper does not erase even that. */
export interface LedgerRow extends Spending {
  readonly taskId: string;
  readonly kind: 'weights' | 'counts' | 'local';
  readonly words: string;
  readonly numbers: readonly number[];
  readonly bytes: Uint8Array;
  readonly mechanism: string;
  readonly noise: number;
  readonly to: readonly string[];
  readonly consentId: string;
  readonly state: 'queued' | 'sent' | 'dropped';
}

/** A report on its way: made once, sent as often as it takes, the same bytes each time. */
export interface Queued {
  /** Key of its row. */
  readonly row: number;
  readonly url: string;
  readonly method: 'PUT' | 'POST';
  readonly type: string;
  readonly body: Uint8Array;
  readonly tries: number;
  /** Unix ms. */
  readonly notBefore: number;
  /** Unix ms after which it is dropped. */
  readonly staleAt: number;
}

/** The task that a shopper's grant was for; another one under the same name needs another grant. */
export interface Pin {
  readonly hash: string;
  readonly consentId: string;
}

/** The newest model that was looked at, and what of it is in use. */
export interface Adopted {
  readonly sequence: number;
  readonly version: number;
  readonly features: readonly string[];
  readonly changes: readonly number[];
  readonly lookedAt: number;
}

/** Everything that is remembered of contributions; each call is one transaction. */
export interface Ledger {
  /** When this ledger was made, Unix ms. */
  bornAt(now: number): Promise<number>;
  rows(): Promise<readonly LedgerRow[]>;
  queued(): Promise<Queued | undefined>;
  /** A new row and its report, both or neither. */
  enqueue(row: LedgerRow, report: Omit<Queued, 'row'>): Promise<void>;
  postpone(queued: Queued): Promise<void>;
  /** Ends a report's way. Nothing happens when there is none. @returns whether there was one */
  settle(state: 'sent' | 'dropped'): Promise<boolean>;
  pin(name: string): Promise<Pin | undefined>;
  setPin(name: string, pin: Pin): Promise<void>;
  adopted(taskId: string): Promise<Adopted | undefined>;
  setAdopted(taskId: string, adopted: Adopted): Promise<void>;
}
