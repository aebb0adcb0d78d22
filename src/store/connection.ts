import { hasCode } from '../core/errors.ts';
import { type Database, openDatabase, toStoreError } from './database.ts';

/** A lost connection is reopened this often before the failure is told. */
const MAX_REOPENS = 3;

/** One database, opened on the first use and again after the browser dropped it. */
export interface Connection {
  /** Runs `work` on an open database, again on a fresh one if the connection turns out to be dead. @throws ReshelfError `store/*` */
  use<Value>(work: (db: Database) => Promise<Value>): Promise<Value>;
  close(): void;
}

/**
 * WebKit kills the IndexedDB process of background tabs; a handle that is kept after that fails for ever
 * (https://github.com/Expensify/App/issues/87864), so a dead one is dropped, never kept.
 */
export function createConnection(name: string): Connection {
  let opened: Promise<Database> | undefined;
  /** Only the connection that is gone: a newer one may stand in its place already. */
  const drop = (gone: Promise<Database> | undefined) => {
    if (opened === gone) opened = undefined;
  };
  function open(): Promise<Database> {
    const opening: Promise<Database> = openDatabase(name, () => drop(opening));
    opening.catch(() => drop(opening));
    return opening;
  }
  return {
    async use(work) {
      for (let attempt = 0; ; attempt++) {
        opened ??= open();
        const used = opened;
        try {
          return await work(await used);
        } catch (error) {
          const failure = toStoreError(error);
          if (!hasCode(failure, 'store/lost') || attempt === MAX_REOPENS) throw failure;
          drop(used);
        }
      }
    },
    close() {
      const closing = opened;
      opened = undefined;
      closing?.then(
        (db) => db.close(),
        () => {}, // it never opened: nothing to close
      );
    },
  };
}
