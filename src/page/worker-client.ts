import { wrap } from 'comlink';
import { hasCode, ReshelfError } from '../core/errors.ts';
import { type Reply, type Replying, unwrap } from '../wire/reply.ts';
import type { WorkerApi } from '../wire/worker-api.ts';

/** Loading the worker's file counts here, on slow networks too. */
const OPEN_TIMEOUT_MS = 15_000;
const CALL_TIMEOUT_MS = 5_000;

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
  function settling<Name extends keyof WorkerApi>(name: Name, timeoutMs = CALL_TIMEOUT_MS): WorkerApi[Name] {
    const call = async (...args: unknown[]) => {
      const send = remote[name] as unknown as (...args: unknown[]) => Promise<Reply<unknown>>;
      return unwrap(await bounded(timeoutMs, send(...args)));
    };
    return call as WorkerApi[Name]; // the same arguments go in, and `Replying` says what comes out
  }
  return {
    api: {
      open: settling('open', OPEN_TIMEOUT_MS),
      record: settling('record'),
      dwell: settling('dwell'),
      rank: settling('rank'),
      explain: settling('explain'),
      wishes: settling('wishes'),
      setWishes: settling('setWishes'),
      erase: settling('erase', OPEN_TIMEOUT_MS),
      eraseProof: settling('eraseProof', OPEN_TIMEOUT_MS),
      desk: settling('desk', OPEN_TIMEOUT_MS),
      requestCount: settling('requestCount'),
    },
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
