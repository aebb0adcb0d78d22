import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Adjustments } from '../core/adjustments.ts';
import type { AuditEntry } from '../core/audit.ts';
import { ReshelfError } from '../core/errors.ts';
import type { EpochMs, ItemId } from '../core/ids.ts';
import type { ProfileRecord } from '../core/profile-record.ts';
import type { ConsentReceipt } from '../core/receipt.ts';
import type { Signal, SignalKind } from '../core/signal.ts';
import type { Salt } from '../core/tokens.ts';
import type { DraftLog, DrawnArm } from '../core/trial.ts';
import type { Wishes } from '../core/wishes.ts';

/** The random values that behaviour is kept under; all new after an erasure. */
export interface Pseudonyms {
  readonly salt: Salt;
  readonly session: number;
  readonly sessionAt: EpochMs;
}

/** The schema is a type. */
export interface Schema extends DBSchema {
  journal: {
    key: number;
    value: Signal;
    indexes: { 'by-kind-and-time': [SignalKind, EpochMs]; 'by-item': ItemId };
  };
  profile: { key: 'current'; value: ProfileRecord };
  /** What the shopper asked for; kept until it is changed or forgotten. */
  wishes: { key: 'current'; value: Wishes };
  /** "More" and "less" of an interest. */
  adjustments: { key: 'current'; value: Adjustments };
  pseudonyms: { key: 'current'; value: Pseudonyms };
  /** While lifts are measured: the arm under its name, drafts under the ids of their slates. */
  trial: { key: string; value: DrawnArm | DraftLog };
  /** The grant under which the stores above may be written; looked at inside every writing transaction. */
  grant: { key: 'current'; value: { readonly receipt: ConsentReceipt; readonly sweptAt: EpochMs } };
  receipts: { key: string; value: ConsentReceipt };
  audit: { key: number; value: AuditEntry };
}

export type Database = IDBPDatabase<Schema>;

/** Safari's first `open` can hang for ever (https://webkit.org/b/226547); a closed old tab can too. */
const OPEN_TIMEOUT_MS = 4000;

/**
 * The worker's one connection.
 * @param onGone called once when the browser closed the connection or a newer release asked for it
 * @throws ReshelfError `store/unavailable` without IndexedDB (private mode, blocked storage),
 *   `store/blocked` while an older tab will not close, `store/quota` when the disk is full
 */
export async function openDatabase(name: string, onGone: () => void): Promise<Database> {
  if (typeof indexedDB === 'undefined')
    throw new ReshelfError(
      'store/unavailable',
      'this browser offers no IndexedDB here (private window or blocked storage)',
    );
  let gaveUp: ReshelfError | undefined;
  const opening = openDB<Schema>(name, 3, {
    upgrade(db, oldVersion) {
      // One `if` per release, oldest first; a shipped step is never edited.
      if (oldVersion < 1) {
        const journal = db.createObjectStore('journal', { autoIncrement: true });
        journal.createIndex('by-kind-and-time', ['kind', 'at']); // for retention
        journal.createIndex('by-item', 'itemId'); // for the panel's "forget this product"
        db.createObjectStore('profile');
        db.createObjectStore('wishes');
        db.createObjectStore('pseudonyms');
        db.createObjectStore('grant');
        db.createObjectStore('receipts', { keyPath: 'id' });
        db.createObjectStore('audit', { autoIncrement: true });
      }
      if (oldVersion < 2) db.createObjectStore('adjustments');
      if (oldVersion < 3) db.createObjectStore('trial');
    },
    blocking: (_from, _to, event) => {
      (event.target as IDBDatabase).close(); // let the newer tab upgrade
      onGone();
    },
    terminated: onGone,
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      gaveUp = new ReshelfError(
        'store/blocked',
        `the database "${name}" did not open; another tab may hold an older one`,
      );
      reject(gaveUp);
    }, OPEN_TIMEOUT_MS);
  });
  opening.then(
    (db) => gaveUp && db.close(), // a connection that arrives late must not block the next release
    () => {},
  );
  try {
    return await Promise.race([opening, late]);
  } catch (error) {
    throw toStoreError(error);
  } finally {
    clearTimeout(timer);
  }
}

/** The browser's storage failures as ours, so that callers can act on them; any other error as it is. */
export function toStoreError(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  switch (error.name) {
    case 'QuotaExceededError':
      return new ReshelfError('store/quota', 'the browser has no room left for this site', { cause: error });
    // "Connection to Indexed Database server lost" (WebKit) and closed connections arrive under these names.
    case 'InvalidStateError':
    case 'UnknownError':
    case 'AbortError':
      return new ReshelfError('store/lost', `the database connection was lost (${error.name})`, {
        cause: error,
      });
    default:
      return new ReshelfError('store/unavailable', `the browser refused its database: ${error.message}`, {
        cause: error,
      });
  }
}
