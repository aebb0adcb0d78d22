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
