import { parseArgs } from 'node:util';
import { TRAIN_DEFAULTS } from '../../learn/train.ts';
import { CliError } from '../cli-error.ts';

export interface TrainOptions {
  readonly folder: string;
  readonly out: string;
  readonly hidden: number;
  readonly seed: number;
  readonly epochs: number;
}

const MAX_SEED = 2 ** 32 - 1;

export const usage = `Usage: reshelf train <folder> --out model.json [options]

Trains the ranker on recorded sessions and writes the model: a JSON file of at most 16 kB.
The sessions of the train split alone are learned from; some of them are held out to decide when to stop.

  --out <file>     where the model goes
  --hidden <n>     rectified units besides the linear part; 0 is a linear model (default ${TRAIN_DEFAULTS.hidden})
  --seed <n>       same records, same seed, same model (default ${TRAIN_DEFAULTS.seed})
  --epochs <n>     most passes over the lists (default ${TRAIN_DEFAULTS.epochs})
  --help           this text`;

/** @throws TypeError of `parseArgs` on an unknown option, CliError on a missing or impossible value */
export function readOptions(args: readonly string[]): TrainOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string' },
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
  if (text === undefined) return TRAIN_DEFAULTS[name];
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw new CliError(`expected --${name} to be a whole number from ${least} to ${most}, got "${text}"`);
  return value;
}
