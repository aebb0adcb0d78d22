import type { makeBootWeights } from '../rank/boot-snapshot.ts';
import { beside } from './beside.ts';

/** Where `reshelf.weights.js` leaves its one function: two classic scripts share nothing else. */
export const WEIGHTS_NAME = 'reshelfWeights';
const FILE_NAME = 'reshelf.weights.js';

/**
 * Loads the code that makes weights for the head snippet, from beside the worker's file, when the first are asked for.
 * @returns `undefined` when that file cannot be had: pages are then ordered by the worker alone
 */
export function openWeights(): typeof makeBootWeights | undefined {
  const known = () => Reflect.get(self, WEIGHTS_NAME) as typeof makeBootWeights | undefined; // set by that file alone
  if (known() === undefined)
    try {
      importScripts(beside(FILE_NAME));
    } catch {
      // a policy or a missing file: the list that is being looked at does not depend on it
    }
  return known();
}
