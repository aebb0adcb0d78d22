import type { Clock } from '../core/ambient.ts';
import { defined } from '../core/defined.ts';
import { hasCode, ReshelfError } from '../core/errors.ts';
import { KEEPABLE } from '../core/minimize.ts';
import type { ConsentReceipt } from '../core/receipt.ts';
import type { Removed, WorkerApi } from '../wire/worker-api.ts';
import { hasDatabase } from './has-database.ts';
import type { Settings } from './settings.ts';
import { isWorkerFailure, type WorkerClient } from './worker-client.ts';
import { startOnLadder, type WorkerFiles } from './worker-ladder.ts';

/** The worker as the page uses it: started for a grant, never restarted on this page after a failure. */
export interface Device {
  /** Starts the worker and opens its database for this grant. @throws ReshelfError `worker/*`, `store/*`, `consent/withheld` */
  open(receipt: ConsentReceipt): Promise<void>;
  /** The worker once it is open. @throws ReshelfError `consent/withheld` before a grant, or what made opening fail */
  api(): Promise<WorkerApi>;
  /** Deletes all behaviour; with a receipt the grant ends too and the worker stops. */
  erase(receipt: ConsentReceipt | null): Promise<Removed>;
  /** Remembers a pause where the worker looks, and ends it; the data stays. */
  rest(receipt: ConsentReceipt): Promise<void>;
  /** Whether a database of ours is on this device. Browsers that do not tell (Firefox before 126) count as none. */
  hasData(): Promise<boolean>;
  /** Deletes the database, proof included. */
  eraseProof(): Promise<void>;
  stop(): void;
}

export function createDevice(
  settings: Settings,
  databaseName: string,
  files: WorkerFiles,
  clock: Clock,
  report: (error: unknown) => void,
  mayAsk: (address: string) => boolean,
): Device {
  let starting: Promise<WorkerClient> | undefined;
  let opening: Promise<WorkerApi> | undefined;
  /** Of the receipt that the worker was opened with. */
  let openedFor: string | undefined;
  let failure: unknown;
  /** Deleting is never cut off by an opening that failed because of it, nor by another tab's word. */
  let isErasing = false;

  function start(): Promise<WorkerClient> {
    starting ??= startOnLadder(settings.workerUrl, files, (error) => {
      starting = undefined;
      failure = error;
      report(error);
    });
    return starting;
  }
  /** Ends the worker, also one that is still starting. */
  function end(): void {
    starting?.then((client) => client.stop()).catch(() => {}); // it never started: nothing to end
    starting = undefined;
  }
  function stop(): void {
    end();
    opening = undefined;
  }
  return {
    async open(receipt) {
      const before = opening;
      const isNewer = before === undefined || openedFor !== receipt.id;
      openedFor = receipt.id;
      if (isNewer)
        opening = (async () => {
          await before?.catch(() => {}); // told by who asked for it
          const { api } = await start();
          const {
            keep = KEEPABLE,
            retentionDays: retentionCapDays,
            artefactsUrl: wanted,
            maxShift,
            explore,
          } = settings;
          const artefactsUrl = wanted !== undefined && mayAsk(wanted) ? wanted : undefined;
          await api.open(
            {
              databaseName,
              receipt,
              keep,
              ...defined({ retentionCapDays, artefactsUrl, maxShift, explore }),
            },
            clock(),
          );
          return api;
        })();
      try {
        await opening;
      } catch (error) {
        failure = error;
        if (!isErasing) end();
        throw error;
      }
    },
    async api() {
      if (failure !== undefined) throw failure;
      if (opening === undefined)
        throw new ReshelfError('consent/withheld', 'the shopper has not allowed personal lists');
      return opening;
    },
    async erase(receipt) {
      isErasing = true;
      try {
        return await (await start()).api.erase(databaseName, receipt, clock());
      } catch (error) {
        if (!isWorkerFailure(error)) throw error;
        stop(); // one more try on a fresh worker: deleting must not depend on the health of the old one
        return await (await start()).api.erase(databaseName, receipt, clock());
      } finally {
        isErasing = false;
        if (receipt !== null) {
          stop();
          failure = undefined;
        }
      }
    },
    async rest(receipt) {
      stop();
      try {
        await (await start()).api.open({ databaseName, receipt, keep: [] }, clock());
      } catch (error) {
        if (!hasCode(error, 'consent/withheld')) throw error; // that is the worker's answer to a pause
      } finally {
        stop();
      }
    },
    hasData: () => hasDatabase(databaseName),
    async eraseProof() {
      try {
        await (await start()).api.eraseProof(databaseName);
      } finally {
        stop();
      }
    },
    stop() {
      if (!isErasing) stop();
    },
  };
}
