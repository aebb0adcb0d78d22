import type { Clock } from '../core/ambient.ts';
import { beside } from '../core/beside.ts';
import { defined } from '../core/defined.ts';
import type { ConsentReceipt, Purpose } from '../core/receipt.ts';
import { isLive } from '../core/receipt.ts';
import type { LedgerView } from '../wire/contribute-api.ts';
import { ledgerName } from '../wire/ledger-name.ts';
import type { Undo } from './adopt-sheet.ts';
import type { readLedger, startContributing, takeBack } from './contributing.ts';
import { hasDatabase } from './has-database.ts';
import type { LoadFile } from './load-file.ts';
import type { Settings } from './settings.ts';

/** What `reshelf.share.js` holds. */
interface SharePart {
  readonly startContributing: typeof startContributing;
  readonly readLedger: typeof readLedger;
  readonly takeBack: typeof takeBack;
}

export interface SharingParts {
  readonly settings: Settings;
  readonly databaseName: string;
  readonly load: LoadFile;
  readonly region: () => string;
  /** Whether a shopper of this region may be in touch with that host. */
  readonly mayAsk: (address: string) => boolean;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
}

/** Purposes under which something may leave the device. */
export const SHARING: readonly Purpose[] = ['contribute', 'measure'];

/** What the shopper shares with others: in files of its own, which nobody loads before a grant. */
export interface Sharing {
  /** Begins when the first of the two purposes is granted; what it returns ends it with the last. */
  start(): Undo;
  /** Takes back what waits for purposes that this answer does not grant, before it resolves. @throws ReshelfError when that failed */
  obey(receipt: ConsentReceipt): Promise<void>;
  /** Takes back what waits, and what was adopted; the grants stay. */
  forget(): Promise<void>;
  /** `undefined` where nothing was ever contributed. */
  ledger(): Promise<LedgerView | undefined>;
}

export function createSharing({ settings, databaseName, load, report, ...parts }: SharingParts): Sharing {
  const workerUrl = beside('reshelf.contribute.js', settings.workerUrl, document.baseURI);
  const part = () => load('share') as Promise<SharePart>;
  let grants = 0;
  let stop: Undo | undefined;

  function begin(): void {
    const { tasksUrl } = settings;
    const region = parts.region();
    if (tasksUrl === undefined || region === '' || stop !== undefined || !parts.mayAsk(tasksUrl)) return;
    let hasEnded = false;
    let end: Undo = () => {
      hasEnded = true;
    };
    stop = () => end();
    part().then(({ startContributing }) => {
      if (hasEnded) return;
      const { hosts } = settings;
      const options = { tasksUrl, region, databaseName, ...defined({ hosts }) };
      end = startContributing({ workerUrl, ...options, now: parts.clock, report });
    }, report);
  }
  function halt(): void {
    stop?.();
    stop = undefined;
  }
  async function take(purposes: readonly Purpose[]): Promise<void> {
    if (purposes.length === 0 || !(await hasDatabase(ledgerName(databaseName)))) return;
    halt(); // first: nothing is made while it is taken back
    await (await part()).takeBack(workerUrl, databaseName, purposes);
  }
  return {
    start() {
      grants += 1;
      begin();
      return () => {
        grants -= 1;
        if (grants === 0) halt();
      };
    },
    async obey({ answers }) {
      const isOff = (purpose: Purpose) => !isLive(answers.personalize) || !isLive(answers[purpose]);
      await take(SHARING.filter(isOff));
      if (grants > 0 && answers.personalize === 'granted') begin(); // the other purpose goes on
    },
    async forget() {
      await take(SHARING);
      if (grants > 0) begin();
    },
    ledger: async () =>
      (await hasDatabase(ledgerName(databaseName)))
        ? (await part()).readLedger(workerUrl, databaseName, parts.clock())
        : undefined,
  };
}
