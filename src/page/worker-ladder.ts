import type { ReshelfError } from '../core/errors.ts';
import type { WorkerApi } from '../wire/worker-api.ts';
import { announce } from './announce.ts';
import { toScriptUrl } from './trusted.ts';
import { startWorker, type WorkerClient } from './worker-client.ts';

/** The files behind the ladder's later rungs; each loads only when its rung is reached. */
export interface WorkerFiles {
  /** The worker's source, as text. */
  readonly loadInline: () => Promise<string>;
  /** The worker's service for this thread. */
  readonly loadInPage: () => Promise<() => WorkerApi>;
}

/**
 * Starts the worker where it can be: its file, if the page's origin and policies allow it; else the same code from a
 * blob, which another origin's script needs, through our Trusted Types policy; and where no worker can start at all,
 * its service in the page. A rung that is left is told as `worker/fallback`.
 * @throws ReshelfError of the first rung when every one fails
 */
export async function startOnLadder(
  url: string,
  { loadInline, loadInPage }: WorkerFiles,
  onLost: (error: ReshelfError) => void,
): Promise<WorkerClient> {
  const rungs: (() => Promise<WorkerClient>)[] = [
    () => startWorker(() => new Worker(toScriptUrl(url)), onLost),
    async () => {
      const source = `self.reshelfBase=${JSON.stringify(url)};${await loadInline()}`;
      const blob = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
      try {
        return await startWorker(() => new Worker(toScriptUrl(blob)), onLost);
      } finally {
        URL.revokeObjectURL(blob);
      }
    },
    async () => ({ api: (await loadInPage())(), stop() {} }),
  ];
  let first: unknown;
  for (const [place, rung] of rungs.entries())
    try {
      const client = await rung();
      if (place > 0) announce('reshelf:diagnostic', { code: place === 1 ? 'worker/blob' : 'worker/in-page' });
      return client;
    } catch (error) {
      first ??= error;
    }
  throw first;
}
