import type { Steps } from '../core/steps.ts';

/** Longest time for which such work keeps the page waiting, in ms; a slower device does less in it. */
const SLICE_MS = 8;

interface Scheduler {
  yield?(): Promise<void>;
}

/** Resolves in a task of its own: the page may paint and answer before. */
export function nextTask(): Promise<void> {
  const { scheduler } = globalThis as unknown as { scheduler?: Scheduler };
  return scheduler?.yield?.() ?? new Promise((done) => setTimeout(done));
}

/** Does the work in slices, between which the page may paint and answer; what fits into one is done at once. */
export async function inSlices<Result>(steps: Steps<Result>): Promise<Result> {
  for (let since = performance.now(); ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - since < SLICE_MS) continue;
    await nextTask();
    since = performance.now();
  }
}
