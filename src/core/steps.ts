/** Work that can stop after every step. */
export type Steps<Result> = Generator<undefined, Result>;

/** Does the work at once. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
