import type { Adjustments, InterestRef } from '../core/adjustments.ts';
import type { LogEntry } from '../core/audit.ts';
import type { EpochMs } from '../core/ids.ts';
import type { Candidate } from '../core/item.ts';
import type { ConsentReceipt } from '../core/receipt.ts';
import type { Signal, SignalKind } from '../core/signal.ts';
import type { Wishes } from '../core/wishes.ts';

/** A change to an interest. `less` and `more` weigh it, `mute` puts it last, `favourite` first, `forget` deletes what it came from. */
export interface InterestChange {
  readonly kind: 'interest';
  readonly interest: InterestRef;
  readonly act: 'more' | 'less' | 'mute' | 'unmute' | 'favourite' | 'unfavourite' | 'forget';
}
/** Deletes single signals, or all since a time. */
export interface ForgetSome {
  readonly kind: 'forget';
  readonly keys?: readonly number[];
  readonly since?: EpochMs;
}

/** Everything that can be asked at the desk. */
export type DeskRequest =
  | { readonly kind: 'overview' }
  | { readonly kind: 'activity' }
  | { readonly kind: 'log' }
  | InterestChange
  | ForgetSome
  /** The order of these products now and after the change, which is not made. */
  | { readonly kind: 'preview'; readonly candidates: readonly Candidate[]; readonly change: InterestChange }
  | { readonly kind: 'export'; readonly origin: string; readonly isPortable: boolean }
  | { readonly kind: 'import'; readonly file: unknown };

/** An interest in plain figures. */
export interface Interest extends InterestRef {
  /** Of all interests of this facet, 0 to 1. */
  readonly share: number;
  readonly confidence: 'low' | 'medium' | 'high';
  /** Signals that it came from, by kind. */
  readonly sources: Readonly<Partial<Record<SignalKind, number>>>;
  readonly visits: number;
  readonly lastAt: EpochMs;
  /** When the last of its signals goes by itself. */
  readonly expiresAt: EpochMs;
  /** The shopper's own factor; 1 where nothing was said. */
  readonly factor: number;
}
export interface Overview {
  /** Strongest first within each facet. */
  readonly interests: readonly Interest[];
  readonly wishes: Wishes;
  readonly signalCount: number;
}
/** One stored signal with its key in the journal. */
export interface ActivityRow {
  readonly key: number;
  readonly signal: Signal;
  readonly expiresAt: EpochMs;
}
export interface PreviewMove {
  readonly id: string;
  /** 0-based places before and after. */
  readonly from: number;
  readonly to: number;
}
export interface DeskLog {
  /** Oldest first. */
  readonly entries: readonly LogEntry[];
  /** Oldest first. */
  readonly receipts: readonly ConsentReceipt[];
}

/** What leaves the database in an export: signals without salted hashes, which mean nothing elsewhere. */
export interface DataFile {
  readonly schema: 'reshelf-data/1';
  readonly origin: string;
  /** Whether this shop agrees that another one reads the file. */
  readonly isPortable: boolean;
  readonly exportedAt: EpochMs;
  readonly wishes: Wishes;
  readonly adjustments: Adjustments;
  readonly signals: readonly Signal[];
}

/** What each kind of request is answered with. */
export interface DeskReplies {
  overview: Overview;
  activity: readonly ActivityRow[];
  log: DeskLog;
  interest: { readonly removed: number };
  forget: { readonly removed: number };
  preview: readonly PreviewMove[];
  export: DataFile;
  import: { readonly signals: number; readonly wishes: number };
}
export type DeskReply<Request extends DeskRequest> = DeskReplies[Request['kind']];
