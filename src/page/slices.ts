import type { Steps } from '../core/steps.ts';

/** Longest time for which such work keeps the page waiting, in ms; a slower device does less in it. */
const SLICE_MS = 8;

interface Scheduler {
  yield?(): Promise<void>;
}

/** Does the work in slices, between which the page may paint and answer; what fits into one is done at once. */
export async function inSlices<Result>(steps: Steps<Result>): Promise<Result> {
  const { scheduler } = globalThis as unknown as { scheduler?: Scheduler };
  for (let since = performance.now(); ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - since < SLICE_MS) continue;
    await (scheduler?.yield?.() ?? new Promise((done) => setTimeout(done)));
    since = performance.now();
  }
}
