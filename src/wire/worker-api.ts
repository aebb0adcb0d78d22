import type { EpochMs, ItemId } from '../core/ids.ts';
import type { Candidate, Contribution, Slate } from '../core/item.ts';
import type { Keepable } from '../core/minimize.ts';
import type { Observation } from '../core/observation.ts';
import type { ConsentReceipt } from '../core/receipt.ts';
import type { Wishes } from '../core/wishes.ts';
import type { DeskRequest } from './desk-api.ts';

/** What the worker must know before its first write. */
export interface OpenOptions {
  readonly databaseName: string;
  /** The shopper's newest answer; it must grant `personalize`. */
  readonly receipt: ConsentReceipt;
  readonly keep: readonly Keepable[];
  /** The merchant's shorter limit on every retention time, in days. */
  readonly retentionCapDays?: number;
  /** Address of the shop's own tables and weights (`manifest-<hash>.json`), made by `reshelf build`. */
  readonly artefactsUrl?: string;
  /** Places that a product may rise or fall at most. */
  readonly maxShift?: number;
  /** Whether one slot in twelve may show something never seen. */
  readonly explore?: boolean;
}

/** Why a score is what it is. The contributions add up to `score`. */
export interface Explained {
  readonly score: number;
  readonly contributions: readonly ExplainedPart[];
}
export interface ExplainedPart extends Contribution {
  /** 0-based place that the item would take if the device knew nothing of this kind: a real re-rank. */
  readonly placeWithout: number;
}

/** Records removed per store. */
export type Removed = Readonly<Record<string, number>>;

/**
 * Everything the page may ask of the worker. Arguments and replies are plain data: they are cloned.
 * `now` is the page's clock; the worker has none. Every call but `open` and `erase` rejects with
 * `consent/withheld` when the database does not hold a live grant.
 */
export interface WorkerApi {
  /** Opens the database, remembers the grant, enforces retention. @throws ReshelfError `store/*` */
  open(options: OpenOptions, now: EpochMs): Promise<void>;
  /**
   * Keeps what may be kept of the observations; with none, enforces retention where that is a day ago.
   * @returns the journal key of each, `null` where nothing was kept
   */
  record(seen: readonly Observation[], now: EpochMs): Promise<(number | null)[]>;
  /** Notes that the view stored under `key` went on, visible, for `dwellMs` in all. */
  dwell(key: number, dwellMs: number, now: EpochMs): Promise<void>;
  /**
   * @param unseen of these a list is drafted where orders are compared within it; see `Slate.drafted`
   * @throws ReshelfError `rank/bad-input` on more than 1,000 candidates or two with the same id
   */
  rank(candidates: readonly Candidate[], now: EpochMs, unseen?: readonly ItemId[]): Promise<Slate>;
  /** Derived weights for the head snippet, as `earlyScorer` reads them; nothing while nothing is known of the visitor. */
  weights(now: EpochMs): Promise<string | undefined>;
  /** @throws ReshelfError `rank/unknown-item` when the item is not among the candidates */
  explain(itemId: ItemId, candidates: readonly Candidate[], now: EpochMs): Promise<Explained>;
  /** What the shopper asked for. */
  wishes(): Promise<Wishes>;
  /** Replaces the wishes. They are hard and never expire. @throws ReshelfError `wishes/bad-input` */
  setWishes(wishes: Partial<Wishes>): Promise<void>;
  /**
   * Deletes all behaviour and all that derives from it, in one transaction; the receipts and the audit log stay.
   * `receipt` set: the grant ends with it (a withdrawal). `null`: the grant stays, salt and ids are new (a forget).
   */
  erase(databaseName: string, receipt: ConsentReceipt | null, now: EpochMs): Promise<Removed>;
  /** Deletes the whole database: proof too, after which nobody can show any more what was agreed to. */
  eraseProof(databaseName: string): Promise<void>;
  /** What the shopper asks for in the privacy panel; its code is a file that loads with the first call. */
  desk(request: DeskRequest, now: EpochMs): Promise<unknown>;
  /** Closes the database when what was asked is done; the next call opens it again. */
  rest(): Promise<void>;
  /** Requests that this worker has made since its script was loaded; for the developer overlay. */
  requestCount(): Promise<number>;
}
