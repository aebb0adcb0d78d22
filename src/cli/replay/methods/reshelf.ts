import { earlyScorer } from '../../../core/early-score.ts';
import { asEpochMs } from '../../../core/ids.ts';
import type { Candidate } from '../../../core/item.ts';
import { atOnce } from '../../../core/steps.ts';
import { NO_WISHES } from '../../../core/wishes.ts';
import { makeBootWeights } from '../../../rank/boot-snapshot.ts';
import type { FindArtefacts } from '../../../rank/candidate.ts';
import { DEFAULT_MODEL } from '../../../rank/default-model.ts';
import type { Model } from '../../../rank/model.ts';
import { createModelRanker } from '../../../rank/model-ranker.ts';
import type { RankContext } from '../../../rank/ranker.ts';
import { DEFAULT_POLICY } from '../../../rank/slate.ts';
import { slateOf } from '../../../rank/slate-of.ts';
import { countTables } from '../../build/shop-tables.ts';
import { candidatesOf, createDevice, type DeviceLimits, SALT } from '../../records/device.ts';
import { readModelFile } from '../../records/model-file.ts';
import type { Catalogue } from '../../records/shop-data.ts';
import type { Train } from '../../records/train.ts';
import { fitFolder } from '../../train/fit-folder.ts';
import { makeTrainingLists } from '../../train/folder-lists.ts';
import type { Fitted, Method, MethodSettings } from '../method.ts';

const NO_TABLES: FindArtefacts = () => undefined;

/** What is asked of a device for one list, in the worker's terms. @returns one score per candidate */
type Answer = (context: RankContext, candidates: readonly Candidate[]) => ArrayLike<number>;

/** Shoppers whose devices keep and forget as the worker does, and answer each list in one way. */
function onDevices(
  catalogue: Catalogue,
  findArtefacts: FindArtefacts,
  answer: Answer,
  limits?: DeviceLimits,
): Fitted {
  return {
    open() {
      const device = createDevice(catalogue, limits);
      return {
        observe: device.observe,
        score(list, nowMs) {
          const now = asEpochMs(nowMs);
          device.forgetExpired(now);
          const { profile } = device;
          return answer(
            { profile, wishes: NO_WISHES, salt: SALT, now, findArtefacts },
            candidatesOf(catalogue, list),
          );
        },
      };
    },
  };
}

/** The code that runs in the worker: its fold, its retention, its features, its scorer. */
export const fittedReshelf = (
  catalogue: Catalogue,
  model: Model,
  findArtefacts: FindArtefacts,
  limits?: DeviceLimits,
): Fitted =>
  onDevices(
    catalogue,
    findArtefacts,
    (context, candidates) => atOnce(createModelRanker(model).score(context, candidates)),
    limits,
  );

/** The worker's whole answer: scores, then the slate under the policy that ships. */
function fittedSlate(catalogue: Catalogue, model: Model, findArtefacts: FindArtefacts): Fitted {
  const ranker = createModelRanker(model);
  return onDevices(catalogue, findArtefacts, (context, candidates) => {
    const order = slateOf(context, candidates, atOnce(ranker.score(context, candidates)), 0, DEFAULT_POLICY);
    const places = new Map(order.map(({ id }, place) => [id, place]));
    return candidates.map(({ id }) => -(places.get(id) ?? candidates.length));
  });
}

/** With the merchant's own tables and weights, both from `train`: what `reshelf build` and `reshelf train` give. */
export const reshelf: Method = {
  name: 'reshelf',
  async fit(train, settings) {
    const model = await modelFor(train, settings);
    settings.tell('counting tables');
    return fittedReshelf(
      train.catalogue,
      model,
      await countTables(train.catalogue, train.sessions(), () => true),
    );
  },
};

/**
 * What the head snippet shows: derived weights of at most 4 kB, made after each event and scored at once. They are the
 * same for every shop, since tables and trained weights are not in them.
 */
export const reshelfBoot: Method = {
  name: 'reshelf-boot',
  fit: async ({ catalogue }) =>
    onDevices(catalogue, NO_TABLES, (context, candidates) => {
      const weights = makeBootWeights(context);
      return weights === undefined ? new Float64Array(candidates.length) : earlyScorer(weights)(candidates);
    }),
};

/** The package as it ships, after the second pass: what variety, stock and fair exposure cost. */
export const reshelfColdSlate: Method = {
  name: 'reshelf-cold-slate',
  fit: async ({ catalogue }) => fittedSlate(catalogue, DEFAULT_MODEL, NO_TABLES),
};

/** The package as it ships: default weights, no tables, no popularity. */
export const reshelfCold: Method = {
  name: 'reshelf-cold',
  fit: async ({ catalogue }) => fittedReshelf(catalogue, DEFAULT_MODEL, NO_TABLES),
};

async function modelFor(train: Train, { modelFile, tell }: MethodSettings): Promise<Model> {
  if (modelFile === undefined) {
    const lists = await makeTrainingLists(train, tell);
    if (new Set(lists.map(({ session }) => session)).size < 2) return DEFAULT_MODEL; // nothing to learn from
    return (await fitFolder(lists, {}, ({ epoch }) => tell(`fitting weights, epoch ${epoch}`))).model;
  }
  return (await readModelFile(modelFile)).model;
}
