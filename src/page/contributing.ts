import { wrap } from 'comlink';
import { ReshelfError } from '../core/errors.ts';
import type { ContributeApi, ContributeOptions, LedgerView, Step } from '../wire/contribute-api.ts';
import { type Replying, unwrap } from '../wire/reply.ts';

export interface ContributingOptions extends ContributeOptions {
  /** Address of `reshelf.contribute.js`; it must be on the page's own origin. */
  readonly workerUrl: string;
  /** Unix ms. */
  readonly now: () => number;
  readonly report: (error: unknown) => void;
  /** Told of each step; for the panel, and for tests. */
  readonly onStep?: (step: Step) => void;
}

export interface Contributing {
  /** Everything contributed from this device, and what it cost. */
  ledger(): Promise<LedgerView>;
  /** Ends the worker; call it on withdrawal and when the page goes. What waits is dropped by {@link withdraw}. */
  stop(): void;
  /** Drops what waits, ends the worker; the ledger stays. @returns contributions that were not sent */
  withdraw(): Promise<number>;
}

/** Between two looks at whether something is due. */
const PAUSE_MS = 60_000;
/** Steps in a row: making, sending and looking for a model. */
const MAX_STEPS = 4;

/**
 * Contributes while the page is idle, in a worker that is loaded only now: start it on a grant to contribute or measure,
 * stop it on withdrawal. A page that is leaving is not kept: what waits is sent by the next one.
 */
export function startContributing({
  workerUrl,
  now,
  report,
  onStep,
  ...options
}: ContributingOptions): Contributing {
  let worker: Worker | undefined;
  let api: Promise<Replying<ContributeApi>> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasStopped = false;

  function open(): Promise<Replying<ContributeApi>> {
    api ??= (async () => {
      worker = new Worker(workerUrl);
      const failed = new Promise<never>((_, reject) => {
        worker?.addEventListener('error', (event) => {
          event.preventDefault();
          reject(new ReshelfError('worker/unavailable', `${workerUrl} stopped or could not be loaded`));
        });
      });
      failed.catch(() => {}); // told by the call that waits, if any
      const remote = wrap<Replying<ContributeApi>>(worker);
      unwrap(await Promise.race([remote.open(options, now()), failed]));
      return remote as unknown as Replying<ContributeApi>; // comlink's proxy answers every call by a promise, as these do
    })();
    return api;
  }
  async function work(): Promise<void> {
    try {
      const remote = await open();
      for (let count = 0; count < MAX_STEPS && !hasStopped; count++) {
        const step = unwrap(await remote.step(now()));
        onStep?.(step);
        if (step.kind !== 'made' && step.kind !== 'sent') break;
      }
      schedule(PAUSE_MS);
    } catch (error) {
      stop();
      report(error);
    }
  }
  /** Safari has no `requestIdleCallback`; there a pause has to do. */
  function schedule(pauseMs: number): void {
    if (hasStopped) return;
    timer = setTimeout(() => {
      if (typeof requestIdleCallback === 'function')
        requestIdleCallback(() => void work(), { timeout: PAUSE_MS });
      else void work();
    }, pauseMs);
  }
  function stop(): void {
    hasStopped = true;
    clearTimeout(timer);
    worker?.terminate();
  }
  schedule(0);
  return {
    ledger: async () => unwrap(await (await open()).ledger(now())),
    stop,
    async withdraw() {
      hasStopped = true;
      clearTimeout(timer);
      const remote = api === undefined ? undefined : await api.catch(() => undefined);
      const dropped = remote === undefined ? 0 : unwrap(await remote.withdraw(options.databaseName));
      stop();
      return dropped;
    },
  };
}
