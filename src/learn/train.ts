import type { FeaturePrior } from '../rank/feature-priors.ts';
import type { Model } from '../rank/model.ts';
import { seededRandom } from '../rank/random.ts';
import { featureScales, shuffledBatches, toBatch } from './batch.ts';
import { evaluate, type Quality } from './evaluate.ts';
import { createLearner } from './learner.ts';
import { boundsOf, holdConstant, type Parameters, startAt, toModel } from './parameters.ts';
import { drawSessions } from './split.ts';
import { checkList, type TrainingList, weightOf } from './training-list.ts';

export interface TrainSettings {
  /** Name and version that the model gets, e.g. "linear@3". */
  readonly id: string;
  /** Names of the columns, shape [d]. */
  readonly features: readonly string[];
  /** Shape [d]: where each weight starts and is pulled to, the sign it keeps, and whether it is learned at all. */
  readonly priors: readonly FeaturePrior[];
  /** Rectified units besides the linear part; 0 (the default) for a linear model. */
  readonly hidden?: number;
  /** Decides the split, the order of the lists and how hidden units start: same input, same seed, same weights. */
  readonly seed?: number;
  /** Most passes over the lists. */
  readonly epochs?: number;
  readonly batchLists?: number;
  /** Adam's first step size, in units of scaled features; halved after each epoch that was no better. */
  readonly learningRate?: number;
  /** L2 pull to the priors, as many lists' worth of evidence per unit of squared (scaled) distance. */
  readonly pull?: number;
  /** Epochs in a row without a better held-out loss after which training stops. */
  readonly patience?: number;
  /** Share of the sessions held out to decide when to stop, by a seeded hash of their key. */
  readonly heldOutShare?: number;
  /** The caller's own split instead. */
  readonly isHeldOut?: (session: string) => boolean;
  /**
   * Features known of the records but not of a page about to be shown, such as the slot in which a product stood: value
   * by name. They take part in training, so that their effect is not blamed on the others, and are held at this one
   * value for every candidate when serving: PAL (Guo et al., RecSys 2019). The model returned has that folded in.
   */
  readonly servedConstant?: Readonly<Record<string, number>>;
  /** Called after each epoch, and once before the first with epoch 0. */
  readonly onProgress?: (progress: Progress) => void;
  /** Stops within a few batches; `train` then rejects with its reason. */
  readonly signal?: AbortSignal;
}

export interface Progress {
  readonly epoch: number;
  /** Of the model with all its features, as trained, on the held-out lists. */
  readonly heldOut: Quality;
  readonly isBest: boolean;
}

export interface Trained {
  /** Of raw features; features of `servedConstant` have no effect in it. */
  readonly model: Model;
  /** On the held-out lists, as it serves: the priors, and the model. */
  readonly before: Quality;
  readonly after: Quality;
  /** Epochs run, and the one that the model is from; 0: nothing was better than the priors. */
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly stoppedEarly: boolean;
  readonly lists: { readonly learned: number; readonly heldOut: number };
}

export const TRAIN_DEFAULTS = {
  hidden: 0,
  seed: 1,
  epochs: 40,
  batchLists: 64,
  learningRate: 0.03,
  pull: 20,
  patience: 5,
  heldOutShare: 0.1,
} as const;

/** A held-out loss is better when it falls by more than this, in nats a list: less is rounding. */
const LEAST_GAIN = 1e-5;
/** A worker must hear its messages, and a signal its abort, while it trains. */
const BATCHES_PER_TURN = 8;

/**
 * Fits a ranker to lists: listwise softmax cross-entropy, several choices in one list sharing its target equally
 * (Bruch et al., ICTIR 2019), by Adam, pulled to the priors, kept to their signs, stopped early on held-out sessions.
 * The model is never worse than the priors on the held-out loss.
 * @throws RangeError on lists or settings that nothing can be learned from; the signal's reason when aborted
 */
export async function train(lists: readonly TrainingList[], given: TrainSettings): Promise<Trained> {
  const settings = { ...TRAIN_DEFAULTS, ...given };
  checkSettings(settings);
  const { features, priors, hidden, seed, signal } = settings;
  const width = features.length;
  lists.forEach((list, index) => {
    checkList(list, width, index);
  });
  const { learned, heldOut } = split(lists, settings);

  const random = seededRandom(seed);
  const scales = featureScales(learned, width);
  const meanWeight = learned.reduce((sum, list) => sum + weightOf(list), 0) / learned.length;
  const home = startAt(priors, scales, hidden, seed);
  const bounds = boundsOf(priors, home);
  const modelOf = (parameters: Parameters): Model => toModel(parameters, scales, settings.id, features);
  const learnFrom = (start: Parameters, learningRate: number) =>
    createLearner({
      start,
      bounds,
      home: pulledTo(home),
      pull: settings.pull / learned.length,
      learningRate,
    });

  let learningRate: number = settings.learningRate;
  let best = { parameters: home, epoch: 0, quality: evaluate(modelOf(home), heldOut) };
  settings.onProgress?.({ epoch: 0, heldOut: best.quality, isBest: true });
  let epoch = 0;
  let learner = learnFrom(home, learningRate);
  try {
    while (epoch < settings.epochs && epoch - best.epoch < settings.patience) {
      epoch += 1;
      let batches = 0;
      for (const batch of shuffledBatches(learned, settings.batchLists, random)) {
        signal?.throwIfAborted();
        learner.step(toBatch(batch, scales, meanWeight));
        batches += 1;
        if (batches % BATCHES_PER_TURN === 0) await nextTurn();
      }
      const parameters = learner.parameters();
      const quality = evaluate(modelOf(parameters), heldOut);
      const isBest = quality.loss < best.quality.loss - LEAST_GAIN;
      settings.onProgress?.({ epoch, heldOut: quality, isBest });
      await nextTurn();
      signal?.throwIfAborted();
      if (isBest) best = { parameters, epoch, quality };
      else {
        learningRate /= 2;
        learner.dispose();
        learner = learnFrom(best.parameters, learningRate);
      }
    }
  } finally {
    learner.dispose();
  }

  const served = (parameters: Parameters) => holdConstant(modelOf(parameters), settings.servedConstant ?? {});
  const model = served(best.parameters);
  return {
    model,
    before: evaluate(served(home), heldOut),
    after: evaluate(model, heldOut),
    epochs: epoch,
    bestEpoch: best.epoch,
    stoppedEarly: epoch - best.epoch >= settings.patience,
    lists: { learned: learned.length, heldOut: heldOut.length },
  };
}

/** The pull leads the linear part to the priors and the hidden layer to nothing. */
const pulledTo = ({ linear, inner, bias, outer }: Parameters): Parameters => ({
  linear,
  inner: inner.map(() => 0),
  bias,
  outer,
});

const nextTurn = (): Promise<void> => new Promise((done) => setTimeout(done));

type Settings = TrainSettings & Required<Pick<TrainSettings, keyof typeof TRAIN_DEFAULTS>>;

function split(
  lists: readonly TrainingList[],
  { seed, heldOutShare, isHeldOut }: Settings,
): { learned: TrainingList[]; heldOut: TrainingList[] } {
  const sessions = [...new Set(lists.map(({ session }) => session))];
  const out = new Set(isHeldOut ? sessions.filter(isHeldOut) : drawSessions(sessions, seed, heldOutShare));
  if (out.size === 0 || out.size === sessions.length)
    throw new RangeError(
      `expected sessions to learn from and sessions to hold out, got ${sessions.length} with ${out.size} to hold out`,
    );
  return {
    learned: lists.filter(({ session }) => !out.has(session)),
    heldOut: lists.filter(({ session }) => out.has(session)),
  };
}

function checkSettings(settings: Settings): void {
  const { features, priors, servedConstant } = settings;
  if (features.length === 0 || priors.length !== features.length)
    throw new RangeError(`expected a prior for each of ${features.length} features, got ${priors.length}`);
  priors.forEach(({ sign, prior }, column) => {
    if (!Number.isFinite(prior) || sign * prior < 0)
      throw new RangeError(`expected a finite prior of sign ${sign} for ${features[column]}, got ${prior}`);
  });
  for (const [name, value] of Object.entries(servedConstant ?? {}))
    if (!features.includes(name) || !Number.isFinite(value))
      throw new RangeError(
        `expected a feature's name and a finite value to hold it at, got ${name}: ${value}`,
      );
  const whole = (name: 'hidden' | 'seed' | 'epochs' | 'batchLists' | 'patience', least: number) => {
    if (!Number.isSafeInteger(settings[name]) || settings[name] < least)
      throw new RangeError(
        `expected ${name} to be a whole number of at least ${least}, got ${settings[name]}`,
      );
  };
  whole('hidden', 0);
  whole('seed', 0);
  whole('epochs', 1);
  whole('batchLists', 1);
  whole('patience', 1);
  if (!(settings.learningRate > 0 && settings.learningRate <= 1))
    throw new RangeError(`expected a learning rate above 0 and at most 1, got ${settings.learningRate}`);
  if (!(settings.heldOutShare > 0 && settings.heldOutShare < 1))
    throw new RangeError(`expected a held-out share between 0 and 1, got ${settings.heldOutShare}`);
  if (!(settings.pull >= 0 && Number.isFinite(settings.pull)))
    throw new RangeError(`expected a pull of at least 0, got ${settings.pull}`);
}
