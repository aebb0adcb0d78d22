import { evaluate, type Quality } from '../../learn/evaluate.ts';
import { drawSessions } from '../../learn/split.ts';
import { type Progress, TRAIN_DEFAULTS, type Trained, type TrainSettings, train } from '../../learn/train.ts';
import { DEFAULT_MODEL } from '../../rank/default-model.ts';
import { FEATURE_PRIORS, type FeaturePrior } from '../../rank/feature-priors.ts';
import { columnsOf, FEATURES } from '../../rank/feature-specs.ts';
import type { Model } from '../../rank/model.ts';
import { CliError } from '../cli-error.ts';
import type { FolderList } from './folder-lists.ts';

export type FitSettings = Pick<TrainSettings, 'hidden' | 'seed' | 'epochs'>;

/** Eight units beside the linear part: worth .010 of MRR on a gift shop's orders for 5 kB (README, "How good is it"). */
export const FOLDER_DEFAULTS = { hidden: 8, seed: TRAIN_DEFAULTS.seed, epochs: 30 } as const;
const LEARNING_RATE = 0.02;
const BATCH_LISTS = 128;

/**
 * What a list counts whose chosen product the shopper had never met. Finding is the harder half and must not be paid
 * for with re-finding: the first weight after which finding is not below the shop's own order is kept.
 */
const NEW_WEIGHTS = [1.75, 3];
/** Below the shop's order by more than this, in MRR on held-out lists, is harm and not chance. */
const HARM = 0.01;

/** Learned from the shop's own tables: the default model knows nothing of them. */
const OF_TABLES = new Set([...columnsOf('together'), ...columnsOf('popular')]);

/**
 * Training starts from the default weights and is pulled back to them, so that what a small folder cannot show stays
 * as it was; weights of tables start at their priors.
 */
export function folderPriors(): FeaturePrior[] {
  return FEATURES.map((name, column) => {
    const prior = FEATURE_PRIORS[name];
    return OF_TABLES.has(column) ? prior : { ...prior, prior: DEFAULT_MODEL.weights[column] ?? 0 };
  });
}

/** On held-out lists, each counted once: all of them, and those whose chosen product was new to the shopper. */
export interface HeldOut {
  readonly shop: { readonly mrr: number; readonly newMrr: number };
  readonly ofDefault: { readonly mrr: number; readonly newMrr: number };
  readonly ofTrained: { readonly mrr: number; readonly newMrr: number };
}

export interface FittedFolder extends Omit<Trained, 'before' | 'after'> {
  readonly heldOut: HeldOut;
  /** What was trained did no better than the default model, or harm: `model` is the default one. */
  readonly isDefault: boolean;
  readonly newWeight: number;
}

/** @throws CliError when there are too few sessions to learn from and to check with */
export async function fitFolder(
  lists: readonly FolderList[],
  given: Partial<FitSettings>,
  onProgress: (progress: Progress) => void,
): Promise<FittedFolder> {
  const settings = { ...FOLDER_DEFAULTS, ...given };
  const sessions = [...new Set(lists.map(({ session }) => session))];
  if (sessions.length < 2)
    throw new CliError(`expected lists of two sessions or more to train on, got ${sessions.length}`);
  const out = new Set(drawSessions(sessions, settings.seed, TRAIN_DEFAULTS.heldOutShare));
  const heldOut = lists.filter(({ session }) => out.has(session));
  const qualityOf = (model: Model) => split(heldOut, (some) => evaluate(model, some));
  const shop = split(heldOut, shopQuality);
  const ofDefault = qualityOf(DEFAULT_MODEL);
  let fitted: FittedFolder | undefined;
  for (const newWeight of NEW_WEIGHTS) {
    const {
      before: _,
      after: __,
      ...trained
    } = await train(
      lists.map((list) => (list.isNew ? { ...list, weight: newWeight } : list)),
      {
        ...settings,
        id: settings.hidden === 0 ? 'trained-linear@1' : 'trained-network@1',
        features: FEATURES,
        priors: folderPriors(),
        learningRate: LEARNING_RATE,
        batchLists: BATCH_LISTS,
        isHeldOut: (session) => out.has(session),
        onProgress,
      },
    );
    const ofTrained = qualityOf(trained.model);
    const judged = { shop, ofDefault, ofTrained };
    const isDefault = isHarm(judged) || ofTrained.mrr < ofDefault.mrr;
    const model = isDefault ? DEFAULT_MODEL : trained.model;
    fitted = { ...trained, model, heldOut: judged, isDefault, newWeight };
    if (!isHarm(judged)) break;
  }
  return fitted as FittedFolder; // there is a weight to try
}

/** Whether the shopper's way to new things has become longer than the shop had made it. */
export const isHarm = ({ shop, ofTrained }: HeldOut): boolean => ofTrained.newMrr < shop.newMrr - HARM;

function split(
  lists: readonly FolderList[],
  qualityOf: (lists: readonly FolderList[]) => Pick<Quality, 'mrr'>,
): { mrr: number; newMrr: number } {
  const unseen = lists.filter(({ isNew }) => isNew);
  return { mrr: qualityOf(lists).mrr, newMrr: unseen.length === 0 ? 1 : qualityOf(unseen).mrr };
}

/** Of the lists as they were shown; what could not be chosen is not in the way. */
function shopQuality(lists: readonly FolderList[]): { mrr: number } {
  const sum = lists.reduce((total, { chosen: [row = 0], masked }) => {
    const before = masked?.subarray(0, row).reduce((count, one) => count + one, 0) ?? 0;
    return total + 1 / (row + 1 - before);
  }, 0);
  return { mrr: sum / lists.length };
}
