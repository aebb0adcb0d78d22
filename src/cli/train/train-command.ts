import { access, constants, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Trained, train } from '../../learn/train.ts';
import { MAX_MODEL_BYTES, type ModelFile, stringifyModel } from '../../rank/model-file.ts';
import { CliError } from '../cli-error.ts';
import { version } from '../version.ts';
import { gather } from './gather.ts';
import { readOptions, type TrainOptions } from './options.ts';
import { describeEpoch, describeTrained } from './report.ts';
import type { OpenTrainingSource, TrainingSource } from './training-source.ts';

/** Where text goes: results to `print`, progress to `note`. */
export interface Terminal {
  print(text: string): void;
  note(text: string): void;
}

const NOTE_EVERY_LISTS = 10_000;
/** A number takes this many bytes in a model's file, its comma included; for a guess before training. */
const BYTES_PER_NUMBER = 9;

/** `reshelf train`. @throws CliError on anything that the person at the terminal can mend */
export async function runTrain(
  args: readonly string[],
  open: OpenTrainingSource,
  terminal: Terminal,
): Promise<number> {
  const options = readOptions(args);
  await checkWritable(options.out); // before an hour of training, not after
  const source = await open(options.folder);
  checkHidden(options.hidden, source.features);
  const trained = await learn(source, options, terminal);
  const text = toText(options, {
    model: trained.model,
    provenance: {
      tool: `reshelf ${version()}`,
      source: source.name,
      lists: trained.lists.learned,
      heldOut: trained.lists.heldOut,
      seed: options.seed,
      epoch: trained.bestEpoch,
    },
  });
  await writeFile(options.out, `${text}\n`);
  terminal.print(describeTrained(trained, Buffer.byteLength(text) + 1, options.out));
  return 0;
}

async function learn(source: TrainingSource, options: TrainOptions, terminal: Terminal): Promise<Trained> {
  const { hidden, seed, epochs } = options;
  const { lists, share } = await gather(source.lists(), seed, (read) => {
    if (read % NOTE_EVERY_LISTS === 0) terminal.note(`${read} lists read`);
  });
  terminal.note(`${lists.length} lists read, ${source.features.length} features`);
  if (share < 1)
    terminal.note(`more lists than memory should hold: 1 session in ${1 / share} is learned from`);
  if (new Set(lists.map(({ session }) => session)).size < 2)
    throw new CliError(`${options.folder}: expected lists of two sessions or more to train on, got fewer`);
  return train(lists, {
    id: hidden === 0 ? 'trained-linear@1' : 'trained-network@1',
    features: source.features,
    priors: source.priors,
    hidden,
    seed,
    epochs,
    ...(source.servedConstant === undefined ? {} : { servedConstant: source.servedConstant }),
    onProgress: (progress) => terminal.note(describeEpoch(progress)),
  });
}

async function checkWritable(file: string): Promise<void> {
  try {
    await access(dirname(file), constants.W_OK);
  } catch (cause) {
    throw new CliError(`--out ${file}: expected a folder that exists and can be written to`, { cause });
  }
}

/** Two more units than asked for carry the linear part. */
function checkHidden(hidden: number, features: readonly string[]): void {
  const most =
    Math.floor((MAX_MODEL_BYTES - features.join().length) / BYTES_PER_NUMBER / (features.length + 2)) - 2;
  if (hidden > 0 && hidden > most)
    throw new CliError(
      `--hidden ${hidden}: with ${features.length} features a model of ${MAX_MODEL_BYTES} bytes has room for ${most}`,
    );
}

function toText({ hidden }: TrainOptions, file: ModelFile): string {
  try {
    return stringifyModel(file);
  } catch (cause) {
    if (cause instanceof RangeError) throw new CliError(`--hidden ${hidden}: ${cause.message}`, { cause });
    throw cause;
  }
}
