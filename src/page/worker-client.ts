import { wrap } from 'comlink';
import { hasCode, ReshelfError } from '../core/errors.ts';
import { type Reply, type Replying, unwrap } from '../wire/reply.ts';
import type { WorkerApi } from '../wire/worker-api.ts';

/** Loading the worker's file counts here, on slow networks too. */
const OPEN_TIMEOUT_MS = 15_000;
const CALL_TIMEOUT_MS = 5_000;
const SLOW_CALLS = /^(open|erase|desk)/;
const CALLS = Object.keys({
  open: 0,
  record: 0,
  dwell: 0,
  rank: 0,
  explain: 0,
  wishes: 0,
  setWishes: 0,
  erase: 0,
  eraseProof: 0,
  desk: 0,
  requestCount: 0,
} satisfies Record<keyof WorkerApi, 0>) as (keyof WorkerApi)[];

export interface WorkerClient {
  /** Every call settles: with the worker's answer, its error, `worker/timeout` or `worker/lost`. */
  readonly api: WorkerApi;
  /** Ends the worker at once; calls under way reject with `consent/withheld`. */
  stop(): void;
}

/**
 * comlink made safe: by itself, a call to a worker that died or never loaded never settles.
 * @param onLost called once when the worker stops by itself
 * @throws ReshelfError `worker/unavailable` when the browser refuses to start it (cross-origin address, CSP)
 */
export function startWorker(url: string, onLost: (error: ReshelfError) => void): WorkerClient {
  let worker: Worker;
  try {
    worker = new Worker(url);
  } catch (cause) {
    throw new ReshelfError(
      'worker/unavailable',
      `the browser refused to start ${url}; serve the worker's file from the shop's own origin and allow it in worker-src`,
      { cause },
    );
  }
  const remote = wrap<Replying<WorkerApi>>(worker);
  let end: (error: ReshelfError) => void = () => {};
  const lost = new Promise<never>((_, reject) => {
    end = reject;
  });
  lost.catch(() => {}); // nobody may be waiting when it dies
  let hasEnded = false;
  const fail = (event: Event) => {
    event.preventDefault(); // the page's own console stays clean; `onLost` tells it
    if (hasEnded) return;
    hasEnded = true;
    const error = new ReshelfError('worker/lost', `the worker ${url} stopped or could not be loaded`);
    worker.terminate();
    end(error);
    onLost(error);
  };
  worker.addEventListener('error', fail);
  worker.addEventListener('messageerror', fail);

  async function bounded<Value>(timeoutMs: number, reply: Promise<Value>): Promise<Value> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new ReshelfError('worker/timeout', `no reply from the worker in ${timeoutMs} ms`)),
        timeoutMs,
      );
    });
    try {
      return await Promise.race([reply, lost, late]);
    } finally {
      clearTimeout(timer);
    }
  }
  /** A call of the worker's, made to settle. */
  function settling<Name extends keyof WorkerApi>(name: Name): WorkerApi[Name] {
    const timeoutMs = SLOW_CALLS.test(name) ? OPEN_TIMEOUT_MS : CALL_TIMEOUT_MS;
    const call = async (...args: unknown[]) => {
      const send = remote[name] as unknown as (...args: unknown[]) => Promise<Reply<unknown>>;
      return unwrap(await bounded(timeoutMs, send(...args)));
    };
    return call as WorkerApi[Name]; // the same arguments go in, and `Replying` says what comes out
  }
  return {
    api: Object.fromEntries(CALLS.map((name) => [name, settling(name)])) as unknown as WorkerApi, // every call by its name
    stop() {
      if (hasEnded) return;
      hasEnded = true;
      worker.terminate();
      end(new ReshelfError('consent/withheld', 'the worker was stopped')); // no failure: nobody is told
    },
  };
}

/** Whether the failure means that the worker itself is gone or does not answer. */
export const isWorkerFailure = (error: unknown): boolean =>
  hasCode(error, 'worker/lost') || hasCode(error, 'worker/timeout') || hasCode(error, 'worker/unavailable');
