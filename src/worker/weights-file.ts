import type { makeBootWeights } from '../rank/boot-snapshot.ts';
import type { readAdopted } from './adopted.ts';
import { besideWorker } from './beside.ts';
import type { inArm, weightsInArm } from './trial.ts';

export interface WeightsFile {
  readonly makeBootWeights: typeof makeBootWeights;
  readonly readAdopted: typeof readAdopted;
  readonly inArm: typeof inArm;
  readonly weightsInArm: typeof weightsInArm;
}

/** Where `reshelf.weights.js` leaves what it holds: two classic scripts share nothing else. */
export const WEIGHTS_NAME = 'reshelfWeights';
const FILE_NAME = 'reshelf.weights.js';

/**
 * Loads the code that makes weights for the head snippet and reads an adopted model, from beside the worker's file, when
 * one of them is asked for.
 * @returns `undefined` when that file cannot be had: pages are then ordered by the worker alone
 */
export function openWeights(): WeightsFile | undefined {
  const known = () => Reflect.get(self, WEIGHTS_NAME) as WeightsFile | undefined; // set by that file alone
  if (known() === undefined)
    try {
      importScripts(besideWorker(FILE_NAME));
    } catch {
      // a policy or a missing file: the list that is being looked at does not depend on it
    }
  return known();
}
