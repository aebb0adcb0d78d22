import { CliError } from '../cli-error.ts';
import type { OpenTrainingSource } from './training-source.ts';

/** Lists of a folder of recorded sessions, by the same fold and features that the worker runs. */
export const openFolder: OpenTrainingSource = async (folder) => {
  throw new CliError(`${folder}: records cannot be read for training yet`);
};
