import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.ts';
import { FOLDER_DEFAULTS } from './fit-folder.ts';

export interface TrainOptions {
  readonly folder: string;
  readonly out: string;
  /** The lists made for training look like those of this split, where the folder has it. */
  readonly split: string;
  readonly hidden: number;
  readonly seed: number;
  readonly epochs: number;
}

const MAX_SEED = 2 ** 32 - 1;

export const usage = `Usage: reshelf train <folder> --out model.json [options]

Trains the ranker on recorded sessions and writes the model: a JSON file of at most 16 kB.
The sessions of the train split alone are learned from; some of them are held out to decide when to stop. A list is
the one that was displayed, where the records have it; else the products of the chosen one's category: all of them in
the catalogue's order where tasks-<split> shows such lists, or else a hundred of them, most sold first.

  --out <file>     where the model goes
  --split <name>   lists are made to look like those of tasks-<name>, if it is there (default dev)
  --hidden <n>     rectified units besides the linear part; 0 is a linear model (default ${FOLDER_DEFAULTS.hidden})
  --seed <n>       same records, same seed, same model (default ${FOLDER_DEFAULTS.seed})
  --epochs <n>     most passes over the lists (default ${FOLDER_DEFAULTS.epochs})
  --help           this text`;

/** @throws TypeError of `parseArgs` on an unknown option, CliError on a missing or impossible value */
export function readOptions(args: readonly string[]): TrainOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      split: { type: 'string', default: 'dev' },
      hidden: { type: 'string' },
      seed: { type: 'string' },
      epochs: { type: 'string' },
    },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0)
    throw new CliError(`expected one folder, got ${positionals.length}\n\n${usage}`);
  if (values.out === undefined || values.out === '')
    throw new CliError(`expected --out with the file to write, got none\n\n${usage}`);
  return {
    folder,
    out: values.out,
    split: values.split,
    hidden: toWhole('hidden', values.hidden, 0, 64),
    seed: toWhole('seed', values.seed, 0, MAX_SEED),
    epochs: toWhole('epochs', values.epochs, 1, 1000),
  };
}

function toWhole(
  name: 'hidden' | 'seed' | 'epochs',
  text: string | undefined,
  least: number,
  most: number,
): number {
  if (text === undefined) return FOLDER_DEFAULTS[name];
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw new CliError(`expected --${name} to be a whole number from ${least} to ${most}, got "${text}"`);
  return value;
}
