import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { train } from '../../learn/train.ts';
import { FEATURE_PRIORS } from '../../rank/feature-priors.ts';
import { COLUMN, FEATURES, type FeatureName } from '../../rank/feature-specs.ts';
import { CliError } from '../cli-error.ts';
import { FEDERATED_FEATURES, scaleOf } from '../coordinator/federated-features.ts';
import { type Folder, openFolder, readListStyle } from '../records/folder.ts';
import { USUAL_STYLE } from '../records/list-style.ts';
import { createProgress } from '../replay/progress.ts';
import { type Cell, type CellOptions, CLIENTS, runCell } from './cells.ts';
import { readPeople } from './people.ts';
import { toPicture } from './picture.ts';
import { checkThroughPrio } from './prio-check.ts';
import { toResult, toTable } from './result.ts';
import { toReady } from './rounds.ts';

export const usage = `Usage: reshelf simulate <folder> [options]

Lets the people of recorded sessions learn together: every user is a device, sparse as they are, through the real
clipping, whole numbers and noise; judged on the split's tasks beside learning in one place, no learning, and noise on
every device.

  <folder>       catalog.jsonl, train.jsonl, <split>.jsonl and tasks-<split>.jsonl, plain or .gz
  --start-from   other folders, with commas: the weights to start from are trained on them, so that something is left
                 to learn. The priors of the features by default; "none": zeros, the shop's own order, so that all
                 is left to learn
  --split        dev by default
  --seeds        draws of people, 10 by default
  --rounds       rounds that everybody takes part in, 6 by default; epsilon is of all of them together
  --clients      only these numbers of people, of ${CLIENTS.join(', ')}
  --state        a file in which finished parts are kept: the same command goes on from there
  --picture      an SVG file to draw
  --json         one object instead of a table`;

/** @returns the exit status @throws CliError */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'start-from': { type: 'string' },
      split: { type: 'string', default: 'dev' },
      seeds: { type: 'string', default: '10' },
      rounds: { type: 'string', default: '6' },
      clients: { type: 'string' },
      state: { type: 'string' },
      picture: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0)
    throw new CliError(
      `expected one folder, got ${positionals.length === 0 ? 'none' : positionals.join(' ')}`,
    );
  const seeds = toWhole('seeds', values.seeds, 1000);
  const rounds = toWhole('rounds', values.rounds, 52);
  const numbers = values.clients === undefined ? CLIENTS : toClients(values.clients);
  const others = values['start-from']?.split(',') ?? [];
  const progress = createProgress(process.stderr);
  const startFrom =
    others.length === 0
      ? 'priors of the features'
      : isNothing(others)
        ? 'zeros, which is the shop’s own order'
        : `trained on ${others.map((other) => basename(other)).join(' and ')}`;
  const setting = JSON.stringify([path, values.split, others, rounds]);
  const state = openState(values.state, setting);

  state.start ??= await startWeights(others, values.split, progress.show);
  state.save();
  const folder = await openFolder(path, values.split);
  const people = await readPeople(folder, await styleOf(path, values.split, folder), {
    listsEach: 8,
    rowsEach: 40,
    tasks: 2000,
    onProgress: progress.show,
  });
  if (people.people.length < 2 || people.heldOut.length === 0)
    throw new CliError(`${path}: expected people with lists, and tasks to judge by`);
  const options: CellOptions = {
    start: Float64Array.from(state.start),
    rounds,
    columns: FEDERATED_FEATURES.map((name) => COLUMN[name as FeatureName]),
    scales: FEDERATED_FEATURES.map(scaleOf),
  };
  const wanted = numbers
    .filter((clients) => clients <= people.people.length)
    .flatMap((clients) => Array.from({ length: seeds }, (_, seed) => ({ clients, seed })));
  for (const [at, { clients, seed }] of wanted.entries()) {
    if (state.cells.some((cell) => cell.clients === clients && cell.seed === seed)) continue;
    progress.show(`${bar(at / wanted.length)} ${clients} people, seed ${seed + 1} of ${seeds}`);
    state.cells.push(runCell(people, clients, seed, options));
    state.save();
  }
  progress.show('one round through Prio3');
  const round = people.people.slice(0, 100).map((person) => toReady(person, options.start, options));
  const prio = await checkThroughPrio(round, options.start, options);
  progress.clear();
  const cells = state.cells.filter(({ clients, seed }) =>
    wanted.some((one) => one.clients === clients && one.seed === seed),
  );
  const result = toResult(cells, {
    dataset: folder.name,
    people: people.people.length,
    tasks: people.heldOut.length,
    weights: options.columns.length,
    rounds,
    startFrom,
    prio,
  });
  if (values.picture !== undefined) writeFileSync(values.picture, toPicture(result));
  console.log(values.json ? JSON.stringify(result) : toTable(result));
  return prio.isEqual ? 0 : 1;
}

const styleOf = async (path: string, split: string, { catalogue }: Folder) =>
  (await readListStyle(path, split, catalogue)) ?? USUAL_STYLE;

async function startWeights(
  folders: readonly string[],
  split: string,
  tell: (text: string) => void,
): Promise<number[]> {
  const priors = FEATURES.map((name) => FEATURE_PRIORS[name]);
  if (folders.length === 0) return priors.map(({ prior }) => prior);
  if (isNothing(folders)) return priors.map(() => 0);
  const lists = [];
  for (const path of folders) {
    const folder = await openFolder(path, split);
    const { people } = await readPeople(folder, await styleOf(path, split, folder), {
      listsEach: 8,
      rowsEach: 40,
      tasks: 1,
      onProgress: tell,
    });
    lists.push(...people.slice(0, MAX_PEOPLE).flatMap((person) => person.lists));
  }
  const { model } = await train(lists, {
    id: 'start@1',
    features: FEATURES,
    priors,
    epochs: START_EPOCHS,
    onProgress: ({ epoch }) => tell(`training the start: epoch ${epoch} of ${START_EPOCHS}`),
  });
  if (model.kind !== 'linear') throw new TypeError('expected a linear model');
  return [...model.weights];
}

const isNothing = (folders: readonly string[]): boolean => folders.length === 1 && folders[0] === 'none';

/** Of one other folder; more add nothing to a start. */
const MAX_PEOPLE = 3000;
const START_EPOCHS = 12;

interface State {
  start: number[] | undefined;
  readonly cells: Cell[];
  save(): void;
}

function openState(file: string | undefined, setting: string): State {
  let start: number[] | undefined;
  let cells: Cell[] = [];
  if (file !== undefined && existsSync(file)) {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as {
      setting: string;
      start: number[];
      cells: Cell[];
    };
    if (kept.setting !== setting) throw new CliError(`${file} is of another simulation; choose another file`);
    ({ start, cells } = kept);
  }
  const state: State = {
    start,
    cells,
    save() {
      if (file === undefined) return;
      writeFileSync(`${file}.new`, JSON.stringify({ setting, start: state.start, cells }));
      renameSync(`${file}.new`, file); // whole, or the old one
    },
  };
  return state;
}

function toWhole(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new CliError(`--${name}: expected a whole number from 1 to ${most}, got "${text}"`);
  return value;
}

function toClients(text: string): number[] {
  return text.split(',').map((one) => {
    const found = CLIENTS.find((clients) => `${clients}` === one.trim());
    if (found === undefined)
      throw new CliError(`--clients: expected numbers of ${CLIENTS.join(', ')}, got "${one}"`);
    return found;
  });
}

const BAR_WIDTH = 24;
const bar = (share: number): string => {
  const done = Math.round(share * BAR_WIDTH);
  return `[${'#'.repeat(done)}${'.'.repeat(BAR_WIDTH - done)}]`;
};
