import { makeBootWeights } from '../rank/boot-snapshot.ts';
import { readAdopted } from './adopted.ts';
import { inArm, weightsInArm } from './trial.ts';
import { WEIGHTS_NAME } from './weights-file.ts';

/** The file `reshelf.weights.js`: one name on the worker's global object, for `openWeights` to find. */
Object.assign(self, { [WEIGHTS_NAME]: { makeBootWeights, readAdopted, inArm, weightsInArm } });
