import { ReshelfError } from '../core/errors.ts';
import type { EpochMs } from '../core/ids.ts';
import type { Candidate } from '../core/item.ts';
import type { RankContext, Ranker } from '../rank/ranker.ts';
import type { Connection } from '../store/connection.ts';
import type { DeskRequest } from '../wire/desk-api.ts';

/** What the desk gets from the worker that loads it. */
export interface DeskParts {
  readonly connection: Connection;
  readonly capDays: number | undefined;
  /** With the ranker of the shop's own model, where it has one. */
  readonly contextFor: (
    candidates: readonly Candidate[],
    now: EpochMs,
  ) => Promise<RankContext & { readonly ranker: Ranker }>;
}
export type Desk = (parts: DeskParts, request: DeskRequest, now: EpochMs) => Promise<unknown>;

/** Where `reshelf.desk.js` leaves its one function: two classic scripts share nothing else. */
export const DESK_NAME = 'reshelfDesk';
const FILE_NAME = 'reshelf.desk.js';

/** Loads the code behind the privacy panel from beside the worker's file; shoppers who never open it never load it. */
export function openDesk(): Desk {
  try {
    const known = Reflect.get(self, DESK_NAME) as Desk | undefined; // set by that file alone
    if (known !== undefined) return known;
    const url = new URL(FILE_NAME, self.location.href);
    url.search = self.location.search; // a version that the shop appends to the worker's address goes for both
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
