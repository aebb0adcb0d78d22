import { usage as trainUsage } from './options.ts';
import { runTrain } from './train-command.ts';

export const usage = trainUsage;

/** `reshelf train`: results to standard output, progress to standard error. @returns the exit status */
export function run(args: readonly string[]): Promise<number> {
  return runTrain(args, {
    print: (text) => console.log(text),
    note: (text) => console.error(text),
  });
}
