import type { EpochMs, ItemId, SlateId } from './ids.ts';
import type { ItemFacts } from './item.ts';
import type { SignalKind } from './signal.ts';

/**
 * What the page noticed, on its way to the worker and never stored: `minimize` turns it into a `Signal`.
 * Everything but kind and time is optional, because pages differ in what they say.
 */
export interface Observation {
  readonly kind: SignalKind;
  readonly at: EpochMs;
  readonly itemId?: ItemId;
  readonly facts?: ItemFacts;
  readonly slateId?: SlateId;
  readonly position?: number;
  readonly dwellMs?: number;
  readonly quantity?: number;
  readonly size?: string;
  readonly query?: string;
}
