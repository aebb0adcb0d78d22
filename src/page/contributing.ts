import type { Purpose } from '../core/receipt.ts';
import type { ContributeOptions, LedgerView, Step } from '../wire/contribute-api.ts';
import { type ContributeWorker, startContributeWorker } from './contribute-worker.ts';
import { createDiagnostics } from './diagnostics.ts';
import { onLeaving } from './leaving.ts';

export interface ContributingOptions extends ContributeOptions {
  /** Address of `reshelf.contribute.js`; it must be on the page's own origin. */
  readonly workerUrl: string;
  /** Unix ms. */
  readonly now: () => number;
  readonly report: (error: unknown) => void;
  /** Told of each step. */
  readonly onStep?: (step: Step) => void;
}

/** Between two looks at whether something is due. */
const PAUSE_MS = 60_000;
/** Steps in a row: making, sending and looking for a model. */
const MAX_STEPS = 4;

/**
 * Contributes while the page is idle, in a worker that is loaded only now. A page that is leaving is not kept: what
 * waits is sent by the next one, or by this one when it comes back.
 * @returns ends it at once, in the middle of a step too
 */
export function startContributing({
  workerUrl,
  now,
  report,
  onStep,
  ...options
}: ContributingOptions): () => void {
  let opening: Promise<ContributeWorker> | undefined;
  let worker: ContributeWorker | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasStopped = false;

  async function open(): Promise<ContributeWorker> {
    worker = startContributeWorker(workerUrl);
    const troubles = createDiagnostics(options.databaseName).read(); // the worker has no way to it
    await worker.call('open', { ...options, troubles }, now());
    return worker;
  }
  async function work(): Promise<void> {
    if (hasStopped) return;
    try {
      opening ??= open();
      const { call } = await opening;
      for (let count = 0; count < MAX_STEPS && !hasStopped; count++) {
        const step = await call('step', now());
        onStep?.(step);
        if (step.kind !== 'made' && step.kind !== 'sent') break;
      }
      schedule(PAUSE_MS);
    } catch (error) {
      if (opening === undefined)
        schedule(PAUSE_MS); // the page has left, and is back
      else {
        if (!hasStopped) report(error);
        stop();
      }
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
  const leaving = new AbortController();
  function stop(): void {
    hasStopped = true;
    clearTimeout(timer);
    leaving.abort();
    worker?.stop();
  }
  // A worker that the back-forward cache freezes with a database open would throw its page out of there. What it was
  // doing is done again.
  onLeaving(() => {
    worker?.stop();
    worker = undefined;
    opening = undefined;
  }, leaving.signal);
  schedule(0);
  return stop;
}

/** Everything contributed from this device, and what it cost. */
export const readLedger = (workerUrl: string, databaseName: string, now: number): Promise<LedgerView> =>
  once(workerUrl, ({ call }) => call('ledger', databaseName, now));

/** Drops what waits for these purposes; stop contributing first. @returns contributions that were not sent */
export const takeBack = (
  workerUrl: string,
  databaseName: string,
  purposes: readonly Purpose[],
): Promise<number> => once(workerUrl, ({ call }) => call('withdraw', databaseName, purposes));

async function once<Value>(
  workerUrl: string,
  work: (worker: ContributeWorker) => Promise<Value>,
): Promise<Value> {
  const worker = startContributeWorker(workerUrl);
  try {
    return await work(worker);
  } finally {
    worker.stop();
  }
}
