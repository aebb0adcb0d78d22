import type { Purpose } from '../core/receipt.ts';
import type { Spending } from '../privacy/budget.ts';
import type { AdoptedModel } from '../wire/released-model.ts';

/** One contribution as it is kept, for as long as the shopper does not erase even that. */
export interface LedgerRow extends Spending {
  readonly taskId: string;
  readonly kind: 'weights' | 'counts' | 'tallies' | 'local';
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
  /** What the shopper granted it for; without that grant it is not sent. */
  readonly purpose: Purpose;
  readonly consentId: string;
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
  adopted(taskId: string): Promise<AdoptedModel | undefined>;
  setAdopted(taskId: string, adopted: AdoptedModel): Promise<void>;
  /** Back to the weights that ship. */
  dropAdopted(): Promise<void>;
}
