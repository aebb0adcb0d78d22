/**
 * `npm run bench:quality [folder of data sets] [part ...]`: what the README says of the ranking's quality beyond the
 * tables of `reshelf replay`. Parts: default (weights for everybody, each data set left out in turn), retention (the
 * price of forgetting), size (linear with 64 and 32 weights, networks).
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { countTables } from '../../src/cli/build/shop-tables.ts';
import { openRecords, readListStyle } from '../../src/cli/records/folder.ts';
import { USUAL_STYLE } from '../../src/cli/records/list-style.ts';
import { openTrain } from '../../src/cli/records/train.ts';
import type { Method } from '../../src/cli/replay/method.ts';
import { fittedReshelf } from '../../src/cli/replay/methods/reshelf.ts';
import { shopOrder } from '../../src/cli/replay/methods/shop-order.ts';
import { replay } from '../../src/cli/replay/replay.ts';
import type { MethodFigures } from '../../src/cli/replay/score-card.ts';
import { fitFolder, folderPriors } from '../../src/cli/train/fit-folder.ts';
import { type FolderList, makeTrainingLists } from '../../src/cli/train/folder-lists.ts';
import { TRAIN_DEFAULTS, train } from '../../src/learn/train.ts';
import { DEFAULT_MODEL } from '../../src/rank/default-model.ts';
import { FEATURE_PRIORS } from '../../src/rank/feature-priors.ts';
import { columnsOf, FEATURE_COUNT, FEATURES } from '../../src/rank/feature-specs.ts';
import type { Model } from '../../src/rank/model.ts';
import { stringifyModel } from '../../src/rank/model-file.ts';

/** Lists of one folder that are learned from: more change nothing but the time. */
const MOST_LISTS = 5000;
const DATA_SETS = ['onlineretail', 'eshop2008', 'trivago-mini'] as const;
const PARTS = ['default', 'retention', 'size'];
const [data = '../shared/data', ...parts] = process.argv.slice(2);
if (!existsSync(data))
  throw new Error(
    `expected a folder with ${DATA_SETS.join(', ')}, "${data}" does not exist; name it: npm run bench:quality -- <folder>`,
  );
for (const part of parts)
  if (!PARTS.includes(part)) throw new Error(`expected parts of ${PARTS.join(', ')}; got "${part}"`);
const wants = (part: string): boolean => parts.length === 0 || parts.includes(part);

const started = Date.now();
const note = (text: string) =>
  console.error(`${((Date.now() - started) / 1000).toFixed(0).padStart(5)} s  ${text}`);
const three = (value: number | null): string => (value ?? Number.NaN).toFixed(3);

async function listsOf(name: string, isCold: boolean): Promise<FolderList[]> {
  const path = join(data, name);
  const records = await openRecords(path);
  const style = (await readListStyle(path, 'dev', records.catalogue)) ?? USUAL_STYLE;
  const none = async () => () => undefined;
  note(`lists of ${name}`);
  return makeTrainingLists(await openTrain(records, style), () => {}, isCold ? none : countTables);
}

/** Figures of several rankers on dev, with the shop's order beside them. */
async function judge(name: string, methods: readonly Method[]): Promise<ReadonlyMap<string, MethodFigures>> {
  const settings = { path: join(data, name), split: 'dev', modelFile: undefined };
  const result = await replay({ ...settings, methods: [shopOrder, ...methods] }, () => {});
  return result.methods;
}

const cold = (name: string, model: Model): Method => ({
  name,
  fit: async ({ catalogue }) => fittedReshelf(catalogue, model, () => undefined),
});

/** The worst slice against the shop's order, of 200 tasks or more. */
function worstOf({ slices }: MethodFigures): string {
  const [slice, figures] = Object.entries(slices)
    .filter(([, { n }]) => n >= 200)
    .reduce((worst, one) => ((one[1].deltaShop ?? 0) < (worst[1].deltaShop ?? 0) ? one : worst));
  return `${slice} ${(figures.deltaShop ?? 0).toFixed(3)} ±${three(figures.deltaShopCi95)}`;
}

/** One set of weights from several folders, each with the same say; new things count as much as `reshelf train` lets them. */
async function trainDefault(sets: readonly (readonly FolderList[])[]): Promise<Model> {
  const thinned = sets.map((lists) => {
    const every = Math.ceil(lists.length / MOST_LISTS);
    return lists.filter((_, at) => at % every === 0);
  });
  const smallest = Math.min(...thinned.map(({ length }) => length));
  const ofTables = new Set([...columnsOf('together'), ...columnsOf('popular')]);
  const { model } = await train(
    thinned.flatMap((lists, set) =>
      lists.map((list) => ({
        ...list,
        session: `${set}/${list.session}`,
        weight: (smallest / lists.length) * (list.isNew ? 3 : 1),
      })),
    ),
    {
      id: 'linear@1',
      features: FEATURES,
      priors: FEATURES.map((name, column) =>
        ofTables.has(column) ? { sign: 0, prior: 0, isFixed: true } : FEATURE_PRIORS[name],
      ),
    },
  );
  return model;
}

if (wants('default')) {
  const lists = new Map<string, FolderList[]>();
  for (const name of DATA_SETS) lists.set(name, await listsOf(name, true));
  console.log(
    '\nOne set of weights for everybody, no tables (MRR on dev; worst slice against the shop’s order)',
  );
  const rows: [string, Model][] = [['as shipped', DEFAULT_MODEL]];
  for (const left of [undefined, ...DATA_SETS]) {
    note(left === undefined ? 'training on all' : `training without ${left}`);
    const sets = DATA_SETS.filter((name) => name !== left).map((name) => lists.get(name) ?? []);
    rows.push([left === undefined ? 'trained here on all' : `without ${left}`, await trainDefault(sets)]);
  }
  for (const name of DATA_SETS) {
    const found = await judge(
      name,
      rows.map(([row, model]) => cold(row, model)),
    );
    console.log(`\n${name}: shop's order ${three(found.get('shop-order')?.mrr ?? null)}`);
    for (const [row] of rows) {
      const figures = found.get(row);
      if (figures !== undefined)
        console.log(
          `  ${row.padEnd(24)} ${three(figures.mrr)}  new ${three(figures.slices.new.mrr)}  worst: ${worstOf(figures)}`,
        );
    }
  }
}

if (wants('retention')) {
  note('retention');
  const limits = [
    ['as shipped', {}],
    ['7 days', { capDays: 7 }],
    ['30 days', { capDays: 30 }],
    ['90 days', { capDays: 90 }],
    ['newest 10', { capSignals: 10 }],
    ['newest 50', { capSignals: 50 }],
    ['newest 200', { capSignals: 200 }],
    ['newest 500', { capSignals: 500 }],
  ] as const;
  const methods = limits.map(
    ([name, limit]): Method => ({
      name,
      fit: async ({ catalogue }) => fittedReshelf(catalogue, DEFAULT_MODEL, () => undefined, limit),
    }),
  );
  const found = await judge('onlineretail', methods);
  console.log('\nThe price of forgetting: onlineretail, default weights (MRR all, new to the shopper)');
  for (const [name] of limits) {
    const figures = found.get(name);
    if (figures !== undefined)
      console.log(`  ${name.padEnd(12)} ${three(figures.mrr)}  ${three(figures.slices.new.mrr)}`);
  }
}

if (wants('size')) {
  const lists = await listsOf('onlineretail', false);
  const provenance = {
    tool: 'bench',
    source: 'onlineretail',
    lists: lists.length,
    heldOut: 1,
    seed: 1,
    epoch: 1,
  };
  const models: [string, Model][] = [];
  for (const hidden of [0, 4, 8]) {
    note(`training with ${hidden} hidden units`);
    const { model } = await fitFolder(lists, { hidden }, () => {});
    models.push([hidden === 0 ? 'linear, 64 weights' : `network, ${hidden} units`, model]);
  }
  note('training 32 weights');
  models.splice(1, 0, ['linear, 32 weights', await train32(lists, models[0]?.[1] as Model)]);
  const methods = models.map(
    ([name, model]): Method => ({
      name,
      fit: async (records) =>
        fittedReshelf(
          records.catalogue,
          model,
          await countTables(records.catalogue, records.sessions(), () => true),
        ),
    }),
  );
  const found = await judge('onlineretail', methods);
  console.log(
    '\nQuality per byte: onlineretail, own tables and weights (MRR all, new to the shopper, bytes as JSON)',
  );
  for (const [name, model] of models) {
    const figures = found.get(name);
    const bytes = Buffer.byteLength(stringifyModel({ model, provenance }));
    if (figures !== undefined)
      console.log(`  ${name.padEnd(20)} ${three(figures.mrr)}  ${three(figures.slices.new.mrr)}  ${bytes}`);
  }
}

/** The 32 weights that move scores most (weight times how far its feature varies in train), fitted again alone. */
async function train32(lists: readonly FolderList[], full: Model): Promise<Model> {
  if (full.kind !== 'linear') throw new TypeError('expected a linear model to choose from');
  const spread = FEATURES.map((_, column) => {
    let sum = 0;
    let square = 0;
    let count = 0;
    for (const { rows } of lists.slice(0, 1000))
      for (let at = column; at < rows.length; at += FEATURE_COUNT) {
        const value = rows[at] ?? 0;
        sum += value;
        square += value * value;
        count += 1;
      }
    return Math.sqrt(Math.max(0, square / count - (sum / count) ** 2)) * Math.abs(full.weights[column] ?? 0);
  });
  const kept = new Set([...spread.keys()].sort((a, b) => (spread[b] ?? 0) - (spread[a] ?? 0)).slice(0, 32));
  const priors = folderPriors().map((prior, column) =>
    kept.has(column) ? prior : { sign: 0 as const, prior: 0, isFixed: true as const },
  );
  const weighted = lists.map((list) => ({ ...list, weight: list.isNew ? 1.75 : 1 }));
  const { model } = await train(weighted, {
    id: 'linear-32@1',
    features: FEATURES,
    priors,
    learningRate: TRAIN_DEFAULTS.learningRate,
  });
  return model;
}
