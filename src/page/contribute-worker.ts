import { wrap } from 'comlink';
import { ReshelfError } from '../core/errors.ts';
import type { ContributeApi } from '../wire/contribute-api.ts';
import { type Replying, unwrap } from '../wire/reply.ts';
import { toScriptUrl } from './trusted.ts';

export interface ContributeWorker {
  /** Every call settles: with the worker's answer, its error, or `worker/unavailable` when it stops. */
  call<Name extends keyof ContributeApi>(
    name: Name,
    ...args: Parameters<ContributeApi[Name]>
  ): Promise<Awaited<ReturnType<ContributeApi[Name]>>>;
  /** Ends the worker at once: nothing is made or sent after this. Calls under way reject. */
  stop(): void;
}

/** @param url of `reshelf.contribute.js`, on the page's own origin */
export function startContributeWorker(url: string): ContributeWorker {
  const worker = new Worker(toScriptUrl(url));
  const remote = wrap<Replying<ContributeApi>>(worker);
  let end: (error: ReshelfError) => void = () => {};
  const ended = new Promise<never>((_, reject) => {
    end = reject;
  });
  ended.catch(() => {}); // told by the calls that wait, if any
  worker.addEventListener('error', (event) => {
    event.preventDefault(); // the page's own console stays clean
    end(new ReshelfError('worker/unavailable', `${url} stopped or could not be loaded`));
  });
  return {
    async call(name, ...args) {
      const send = remote[name] as unknown as (...args: unknown[]) => Promise<never>;
      return unwrap(await Promise.race([send(...args), ended])) as never; // the reply of that name, by `Replying`
    },
    stop() {
      worker.terminate();
      end(new ReshelfError('consent/withheld', 'the contributing worker was stopped')); // no failure: nobody is told
    },
  };
}
