import { ReshelfError } from '../core/errors.ts';
import { besideWorker } from './beside.ts';
import type { Desk } from './desk-parts.ts';

/** Where `reshelf.desk.js` leaves its one function: two classic scripts share nothing else. */
export const DESK_NAME = 'reshelfDesk';
const FILE_NAME = 'reshelf.desk.js';

/** Loads the code behind the privacy panel from beside the worker's file; shoppers who never open it never load it. */
export function openDesk(): Desk {
  try {
    const known = Reflect.get(self, DESK_NAME) as Desk | undefined; // set by that file alone
    if (known !== undefined) return known;
    importScripts(besideWorker(FILE_NAME));
    return Reflect.get(self, DESK_NAME) as Desk;
  } catch (cause) {
    throw new ReshelfError('worker/unavailable', `${FILE_NAME} could not be loaded`, { cause });
  }
}
