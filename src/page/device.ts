import type { Clock } from '../core/ambient.ts';
import { defined } from '../core/defined.ts';
import { hasCode, ReshelfError } from '../core/errors.ts';
import { KEEPABLE } from '../core/minimize.ts';
import type { ConsentReceipt } from '../core/receipt.ts';
import type { Removed, WorkerApi } from '../wire/worker-api.ts';
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
  pause(receipt: ConsentReceipt): Promise<void>;
  /** Lets go of the database until the next call: a page in the back-forward cache must hold none. */
  rest(): void;
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
): Device {
  let starting: Promise<WorkerClient> | undefined;
  let opening: Promise<WorkerApi> | undefined;
  let failure: unknown;

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
      opening ??= (async () => {
        const { api } = await start();
        const {
          keep = KEEPABLE,
          retentionDays: retentionCapDays,
          artefactsUrl,
          maxShift,
          explore,
        } = settings;
        await api.open(
          { databaseName, receipt, keep, ...defined({ retentionCapDays, artefactsUrl, maxShift, explore }) },
          clock(),
        );
        return api;
      })();
      try {
        await opening;
      } catch (error) {
        failure = error;
        end();
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
      try {
        return await (await start()).api.erase(databaseName, receipt, clock());
      } catch (error) {
        if (!isWorkerFailure(error)) throw error;
        stop(); // one more try on a fresh worker: deleting must not depend on the health of the old one
        return await (await start()).api.erase(databaseName, receipt, clock());
      } finally {
        if (receipt !== null) {
          stop();
          failure = undefined;
        }
      }
    },
    rest() {
      opening?.then((api) => api.rest()).catch(() => {}); // the page is leaving: nobody waits
    },
    async pause(receipt) {
      stop();
      try {
        await (await start()).api.open({ databaseName, receipt, keep: [] }, clock());
      } catch (error) {
        if (!hasCode(error, 'consent/withheld')) throw error; // that is the worker's answer to a pause
      } finally {
        stop();
      }
    },
    async hasData() {
      try {
        return ((await indexedDB.databases?.()) ?? []).some(({ name }) => name === databaseName);
      } catch {
        return false; // no IndexedDB here: nothing was ever stored
      }
    },
    async eraseProof() {
      try {
        await (await start()).api.eraseProof(databaseName);
      } finally {
        stop();
      }
    },
    stop,
  };
}
