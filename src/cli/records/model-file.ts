import { readFile } from 'node:fs/promises';
import { FEATURES } from '../../rank/feature-specs.ts';
import type { Model } from '../../rank/model.ts';
import { parseModel } from '../../rank/model-file.ts';
import { CliError } from '../cli-error.ts';

/** A model that `reshelf train` wrote. @throws CliError when it cannot be read or is of another release */
export async function readModelFile(path: string): Promise<{ readonly text: string; readonly model: Model }> {
  const fail = (cause: unknown): never => {
    throw new CliError(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  };
  const text = await readFile(path, 'utf8').catch(fail);
  try {
    return { text, model: parseModel(text, FEATURES).model };
  } catch (cause) {
    return fail(cause);
  }
}
