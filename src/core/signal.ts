import type { EpochMs, ItemId, SlateId } from './ids.ts';

interface SignalBase {
  readonly at: EpochMs;
  /** Random number of this visit; a new one after half an hour of silence and on `forget('all')`. */
  readonly session: number;
}

/** What is kept of a product with a signal about it. Labels are the shop's own words for its goods. */
export interface SignalFacets {
  readonly category?: string;
  readonly brand?: string;
  readonly colour?: string;
  /** Eight steps per doubling of the price; see `toPriceLevel`. */
  readonly priceLevel?: number;
  /** Salted 32-bit hashes of the title's words; see `hashTokens`. */
  readonly titleTokens?: readonly number[];
}

interface ItemSignal extends SignalBase, SignalFacets {
  /** Missing where the shop chose not to keep recent browsing. */
  readonly itemId?: ItemId;
}

/** One thing the visitor did, as it is stored. `kind` decides the other fields; a new kind starts here. */
export type Signal =
  | (ItemSignal & {
      readonly kind: 'impression';
      readonly slateId: SlateId | null;
      readonly position: number;
    })
  | (ItemSignal & { readonly kind: 'click'; readonly slateId: SlateId | null; readonly position: number })
  | (ItemSignal & { readonly kind: 'view'; readonly dwellMs: number })
  | (ItemSignal & { readonly kind: 'size'; readonly size: string })
  | (ItemSignal & { readonly kind: 'cart'; readonly size?: string })
  | (ItemSignal & { readonly kind: 'purchase'; readonly quantity: number; readonly size?: string })
  | (SignalBase & { readonly kind: 'search'; readonly queryTokens: readonly number[] });

export type SignalKind = Signal['kind'];

export const SIGNAL_KINDS = [
  'impression',
  'click',
  'view',
  'size',
  'cart',
  'purchase',
  'search',
] as const satisfies readonly SignalKind[];

/** Longest dwell that still counts, in ms: a tab left open is not love. */
export const MAX_DWELL_MS = 60_000;
