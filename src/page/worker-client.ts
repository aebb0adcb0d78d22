import { wrap } from 'comlink';
import { hasCode, ReshelfError } from '../core/errors.ts';
import { type Reply, type Replying, unwrap } from '../wire/reply.ts';
import type { WorkerApi } from '../wire/worker-api.ts';

/** A worker that has not answered its first call after this long has not started. Loading its file counts. */
const HANDSHAKE_TIMEOUT_MS = 4_000;
const OPEN_TIMEOUT_MS = 15_000;
const CALL_TIMEOUT_MS = 5_000;
const SLOW_CALLS = /^(open|erase|desk)/;
const CALLS = Object.keys({
  open: 0,
  record: 0,
  dwell: 0,
  rank: 0,
  weights: 0,
  explain: 0,
  wishes: 0,
  setWishes: 0,
  erase: 0,
  eraseProof: 0,
  desk: 0,
  rest: 0,
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
 * @param create may throw where the browser refuses (cross-origin address, CSP, Trusted Types)
 * @param onLost called once when the worker stops by itself, after it has answered
 * @returns once the worker has answered a first call
 * @throws ReshelfError `worker/unavailable`, `worker/lost` or `worker/timeout` when it does not start
 */
export async function startWorker(
  create: () => Worker,
  onLost: (error: ReshelfError) => void,
): Promise<WorkerClient> {
  let worker: Worker;
  try {
    worker = create();
  } catch (cause) {
    throw new ReshelfError('worker/unavailable', 'the browser refused to start the worker', { cause });
  }
  const remote = wrap<Replying<WorkerApi>>(worker);
  let end: (error: ReshelfError) => void = () => {};
  const lost = new Promise<never>((_, reject) => {
    end = reject;
  });
  lost.catch(() => {}); // nobody may be waiting when it dies
  let hasEnded = false;
  let hasStarted = false;
  const fail = (event: Event) => {
    event.preventDefault(); // the page's own console stays clean; `onLost` tells it
    if (hasEnded) return;
    hasEnded = true;
    const error = new ReshelfError('worker/lost', 'the worker stopped or could not be loaded');
    worker.terminate();
    end(error);
    if (hasStarted) onLost(error);
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
  function settling<Name extends keyof WorkerApi>(
    name: Name,
    timeoutMs = SLOW_CALLS.test(name) ? OPEN_TIMEOUT_MS : CALL_TIMEOUT_MS,
  ): WorkerApi[Name] {
    const call = async (...args: unknown[]) => {
      const send = remote[name] as unknown as (...args: unknown[]) => Promise<Reply<unknown>>;
      return unwrap(await bounded(timeoutMs, send(...args)));
    };
    return call as WorkerApi[Name]; // the same arguments go in, and `Replying` says what comes out
  }
  function stop(): void {
    if (hasEnded) return;
    hasEnded = true;
    worker.terminate();
    end(new ReshelfError('consent/withheld', 'the worker was stopped')); // no failure: nobody is told
  }
  try {
    await settling('requestCount', HANDSHAKE_TIMEOUT_MS)();
    hasStarted = true;
  } catch (error) {
    stop();
    throw error;
  }
  return {
    api: Object.fromEntries(CALLS.map((name) => [name, settling(name)])) as unknown as WorkerApi, // every call by its name
    stop,
  };
}

/** Whether the failure means that the worker itself is gone or does not answer. */
export const isWorkerFailure = (error: unknown): boolean =>
  hasCode(error, 'worker/lost') || hasCode(error, 'worker/timeout') || hasCode(error, 'worker/unavailable');
