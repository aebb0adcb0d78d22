import { ReshelfError } from '../core/errors.ts';
import type { scoreWithTensors } from '../learn/learner.ts';
import type { ownUpdate } from '../learn/own-update.ts';
import type { tensorCount } from '../learn/tensors.ts';
import type { train } from '../learn/train.ts';
import { besideWorker } from './beside.ts';

/** What `reshelf.trainer.js` holds: TensorFlow.js' parts and the training that uses them. */
export interface Trainer {
  readonly train: typeof train;
  readonly ownUpdate: typeof ownUpdate;
  readonly scoreWithTensors: typeof scoreWithTensors;
  readonly tensorCount: typeof tensorCount;
}

/** Where `reshelf.trainer.js` leaves the trainer: two classic scripts share nothing else. */
export const TRAINER_NAME = 'reshelfTrainer';
const FILE_NAME = 'reshelf.trainer.js';

/**
 * Loads the trainer from beside the worker's file, once; call it only when there is something to train. The worker
 * hears nothing else while the file is on its way.
 * @throws ReshelfError `worker/unavailable` when the file is missing, blocked or broken; a later call tries again
 */
export function loadTrainer(): Trainer {
  const known = Reflect.get(self, TRAINER_NAME) as Trainer | undefined; // set by that file alone
  if (known !== undefined) return known;
  try {
    importScripts(besideWorker(FILE_NAME));
    const trainer = Reflect.get(self, TRAINER_NAME) as Trainer | undefined;
    if (trainer === undefined) throw new TypeError(`${FILE_NAME} did not set ${TRAINER_NAME}`);
    return trainer;
  } catch (cause) {
    throw new ReshelfError(
      'worker/unavailable',
      `${FILE_NAME} could not be loaded from beside the worker's file; serve it there`,
      { cause },
    );
  }
}
