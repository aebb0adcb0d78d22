import type { Hosts } from '../core/hosts.ts';
import type { Purpose } from '../core/receipt.ts';
import type { Arm } from '../core/trial.ts';

export interface ContributeOptions {
  /** The name that the shopper's own database has; the ledger is another one beside it. */
  readonly databaseName: string;
  /** Where the shopper is, e.g. "eea", "us-ca". A region without a task contributes nothing; "us-ca" is in "us". */
  readonly region: string;
  /** Absolute address of the shop's own copy of tasks.json: checked field by field before use. */
  readonly tasksUrl: string;
  /** What the shop lists; a task that names a host which may not be used here is left out. */
  readonly hosts?: Hosts;
  /** What was counted on the page, by code, since the grant. */
  readonly troubles?: Readonly<Record<string, number>>;
}

/** One line of the ledger, for the shopper to read. */
export interface LedgerLine {
  /** Unix ms. */
  readonly at: number;
  readonly kind: 'weights' | 'counts' | 'tallies' | 'local';
  /** What was sent, in words. */
  readonly words: string;
  /** The numbers themselves, before they were split and sealed. */
  readonly numbers: readonly number[];
  /** The very bytes that are sent. */
  readonly bytes: Uint8Array;
  readonly mechanism: string;
  /** Standard deviation of the noise that each aggregator adds to every number of the sum; 0: added on the device. */
  readonly noise: number;
  /** Of this contribution alone. */
  readonly epsilon: number;
  readonly delta: number;
  /** Epsilon of everything in the `periodDays` up to this contribution, itself included. */
  readonly total: number;
  readonly to: readonly string[];
  readonly state: 'queued' | 'sent' | 'dropped';
}

export interface LedgerView {
  readonly lines: readonly LedgerLine[];
  /** Of everything in the last `periodDays`, together. */
  readonly epsilon: number;
  readonly delta: number;
  readonly limit: number;
  readonly periodDays: number;
  /** Unix ms before which nothing more is contributed; 0: it may be now. */
  readonly notBefore: number;
  /** Which order this shopper gets while the shop measures; missing where it does not, or is not allowed to. */
  readonly arm?: Arm;
}

/** What one step of work came to. */
export type Step =
  | { readonly kind: 'withheld' | 'nothing-due' | 'sent' | 'dropped' | 'made' | 'adopted' | 'kept-own' }
  | { readonly kind: 'postponed'; readonly until: number }
  | { readonly kind: 'refused'; readonly why: string };

/** What the page may ask of the contributing worker, all in idle time. `now` is the page's clock, Unix ms. */
export interface ContributeApi {
  /**
   * Opens the ledger and reads the shop's tasks; nobody else is asked anything yet.
   * @throws ReshelfError `contribute/bad-task`, `consent/withheld` without a live grant
   */
  open(options: ContributeOptions, now: number): Promise<void>;
  /** At most one thing: sends what waits, or makes one contribution, or looks for a newer model. */
  step(now: number): Promise<Step>;
  /** Needs no grant and no `open`: what was contributed is shown after a withdrawal, too. */
  ledger(databaseName: string, now: number): Promise<LedgerView>;
  /**
   * Takes back what of these purposes is still here, and with `contribute` the adopted model, too: that it was adopted
   * says something of the device's lists. The ledger stays. @returns contributions that were not sent
   */
  withdraw(databaseName: string, purposes: readonly Purpose[]): Promise<number>;
}
