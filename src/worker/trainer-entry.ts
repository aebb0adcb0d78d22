import { scoreWithTensors } from '../learn/learner.ts';
import { ownUpdate } from '../learn/own-update.ts';
import { tensorCount } from '../learn/tensors.ts';
import { train } from '../learn/train.ts';
import { TRAINER_NAME, type Trainer } from './trainer-loader.ts';

const trainer: Trainer = { train, ownUpdate, scoreWithTensors, tensorCount };

/** The file `reshelf.trainer.js`: one name on the global object, for `loadTrainer` to find. */
Object.assign(globalThis, { [TRAINER_NAME]: trainer });
