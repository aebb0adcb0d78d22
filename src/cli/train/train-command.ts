import { access, constants, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FEATURES } from '../../rank/feature-specs.ts';
import { MAX_MODEL_BYTES, type ModelFile, stringifyModel } from '../../rank/model-file.ts';
import { CliError } from '../cli-error.ts';
import { openRecords, readListStyle } from '../records/folder.ts';
import { USUAL_STYLE } from '../records/list-style.ts';
import { openTrain } from '../records/train.ts';
import { version } from '../version.ts';
import { fitFolder } from './fit-folder.ts';
import { makeTrainingLists } from './folder-lists.ts';
import { readOptions, type TrainOptions } from './options.ts';
import { describeEpoch, describeTrained } from './report.ts';

/** Where text goes: results to `print`, progress to `note`. */
export interface Terminal {
  print(text: string): void;
  note(text: string): void;
}

/** A number takes this many bytes in a model's file, its comma included; for a guess before training. */
const BYTES_PER_NUMBER = 9;

/** `reshelf train`. @throws CliError on anything that the person at the terminal can mend */
export async function runTrain(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = readOptions(args);
  await checkWritable(options.out); // before minutes of training, not after
  checkHidden(options.hidden, FEATURES);
  const records = await openRecords(options.folder);
  const style = (await readListStyle(options.folder, options.split, records.catalogue)) ?? USUAL_STYLE;
  const lists = await makeTrainingLists(await openTrain(records, style), (text) => terminal.note(text));
  terminal.note(`${lists.length} lists, ${FEATURES.length} features`);
  const trained = await fitFolder(lists, options, (progress) => terminal.note(describeEpoch(progress)));
  const text = toText(options, {
    model: trained.model,
    provenance: {
      tool: `reshelf ${version()}`,
      source: records.name,
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
