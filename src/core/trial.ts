import type { EpochMs, ItemId, SlateId } from './ids.ts';

/**
 * Which order a shopper gets while a shop measures whether the personal one pays: that one, the shop's own, or both
 * drafted into one list.
 */
export const ARMS = ['personalized', 'holdout', 'interleaved'] as const;
export type Arm = (typeof ARMS)[number];

/** What a coin on this device said, once a grant to measure was there. It falls anew under another grant or task. */
export interface DrawnArm {
  readonly arm: Arm;
  readonly drawnAt: EpochMs;
  readonly consentId: string;
  readonly taskId: string;
}

/** A drafted list as it was answered: whose pick each product was. */
export interface DraftLog {
  readonly slateId: SlateId;
  readonly at: EpochMs;
  readonly personal: readonly ItemId[];
  readonly shop: readonly ItemId[];
}

/** Drafts older than this are told of no more, and go. */
export const DRAFT_DAYS = 15;
