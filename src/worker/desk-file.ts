import { ReshelfError } from '../core/errors.ts';
import type { Desk } from './desk-parts.ts';

/** Where `reshelf.desk.js` leaves its one function: two classic scripts share nothing else. */
export const DESK_NAME = 'reshelfDesk';
const FILE_NAME = 'reshelf.desk.js';

/** Loads the code behind the privacy panel from beside the worker's file; shoppers who never open it never load it. */
export function openDesk(): Desk {
  try {
    const known = Reflect.get(self, DESK_NAME) as Desk | undefined; // set by that file alone
    if (known !== undefined) return known;
    const base = new URL(Reflect.get(self, 'reshelfBase') ?? self.location.href); // a blob has no place
    const url = new URL(FILE_NAME, base);
    url.search = base.search; // a version that the shop appends to the worker's address goes for both
    importScripts(url.href);
    return Reflect.get(self, DESK_NAME) as Desk;
  } catch (cause) {
    throw new ReshelfError(
      'worker/unavailable',
      `${FILE_NAME} could not be loaded from beside the worker's file`,
      {
        cause,
      },
    );
  }
}
