import { createPersonalizer } from './page/personalizer.ts';
import type { Reshelf } from './page/reshelf-api.ts';
import type { Settings } from './page/settings.ts';

export type { AnswerProof, Consent, ConsentState } from './consent/consent.ts';
export type { ConsentPlatform, PlatformHeard } from './consent/sources/platform.ts';
export type { Adjustments, Facet, InterestRef } from './core/adjustments.ts';
export type { AuditAction, LogEntry } from './core/audit.ts';
export { type ErrorCode, hasCode, ReshelfError } from './core/errors.ts';
export type { Contribution } from './core/item.ts';
export type { Keepable } from './core/minimize.ts';
export type { PlatformWord, PurposeName, PurposeState, Reason } from './core/purpose-state.ts';
export type { Answer, AnswerSource, Basis, ConsentReceipt, Notice, Purpose } from './core/receipt.ts';
export type { SignalKind } from './core/signal.ts';
export type { Wishes } from './core/wishes.ts';
export type { ReshelfEvents } from './page/announce.ts';
export type { OwnOrder } from './page/own-order.ts';
export type { ListedItem, ListedProducts } from './page/product-list.ts';
export type { Confidence, FieldName } from './page/read-card.ts';
export type {
  Explanation,
  Product,
  RankAnswer,
  RankedProduct,
  RankInput,
  Reshelf,
  SignalInput,
} from './page/reshelf-api.ts';
export type { Settings } from './page/settings.ts';
export type { Slot } from './page/slot-kind.ts';
export type { PanelSection } from './panel/panel-host.ts';
export type * from './wire/desk-api.ts';
export type { ExplainedPart } from './wire/worker-api.ts';

/**
 * Starts Reshelf on this page. Nothing is written, observed or loaded before the shopper allows it.
 * Call it once per page; a bundler serves `reshelf/reshelf.worker.js` as a file of the shop's own origin.
 */
export function createReshelf(settings: Settings): Reshelf {
  return createPersonalizer(settings, {
    loadWork: () =>
      Promise.all([import('./work-part.ts'), import('./page/shop-systems.ts')]).then(
        ([{ partWith }, { SHOP_SYSTEMS }]) => partWith(SHOP_SYSTEMS),
      ),
    loadInline: async () => (await fetch(settings.workerUrl)).text(),
    loadInPage: () => import('./in-page-worker.ts').then(({ createInPageWorker }) => createInPageWorker),
  });
}
