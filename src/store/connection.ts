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
  const drop = () => {
    opened = undefined;
  };
  return {
    async use(work) {
      for (let attempt = 0; ; attempt++) {
        try {
          opened ??= openDatabase(name, drop);
          opened.catch(drop);
          return await work(await opened);
        } catch (error) {
          const failure = toStoreError(error);
          if (!hasCode(failure, 'store/lost') || attempt === MAX_REOPENS) throw failure;
          drop();
        }
      }
    },
    close() {
      const closing = opened;
      drop();
      closing?.then(
        (db) => db.close(),
        () => {}, // it never opened: nothing to close
      );
    },
  };
}
