import type { ItemId } from '../core/ids.ts';
import type { PurposeState } from '../core/purpose-state.ts';
import type { AnswerSource, ConsentReceipt, Purpose } from '../core/receipt.ts';
import type { Terms } from '../core/terms.ts';
import type { LedgerView } from '../wire/contribute-api.ts';
import type { DeskReply, DeskRequest } from '../wire/desk-api.ts';
import type { ExplainedPart } from '../wire/worker-api.ts';

export const SECTIONS = ['now', 'learned', 'activity', 'why', 'shared', 'proof', 'take'] as const;
/** The sections of the privacy panel. */
export type PanelSection = (typeof SECTIONS)[number];

/** The part of consent that the shopper's side needs. */
export interface PanelConsent {
  get(): Readonly<Record<Purpose, PurposeState>>;
  set(
    answers: Readonly<Partial<Record<Purpose, boolean>>>,
    proof: {
      readonly source: AnswerSource;
      readonly noticeId: string;
      readonly text: string;
      readonly language: string;
      readonly variant: string;
      readonly knowsSignal: boolean;
    },
  ): Promise<ConsentReceipt>;
  withdraw(purpose: Purpose | 'all', source: AnswerSource): Promise<ConsentReceipt>;
  pause(source: AnswerSource): Promise<ConsentReceipt | null>;
  resume(source: AnswerSource): Promise<ConsentReceipt | null>;
  defer(): void;
  isDue(): boolean;
  hasSignal(): boolean;
  region(): string;
  subscribe(onChange: (state: Readonly<Record<Purpose, PurposeState>>) => void): () => void;
}

export interface PanelExplanation {
  readonly listId: string;
  readonly from: number;
  readonly to: number;
  readonly score: number;
  readonly contributions: readonly ExplainedPart[];
}
export interface PanelList {
  readonly listId: string;
  readonly items: readonly {
    readonly id: string | null;
    readonly title: string | null;
    readonly price: number | null;
    readonly brand: string | null;
    readonly category: string | null;
    readonly colour: string | null;
    readonly sizes: readonly string[];
    readonly inStock: boolean | null;
    readonly slot: string;
    readonly position: number;
  }[];
}
/** The part of the public interface that the shopper's side uses; a page of the shop's own can do the same. */
export interface PanelReshelf {
  data<Request extends DeskRequest>(request: Request): Promise<DeskReply<Request>>;
  lists(): readonly PanelList[];
  explain(itemId: string, listId?: string): Promise<PanelExplanation>;
  undo(): void;
  forget(scope: 'all' | 'proof'): Promise<unknown>;
}
export interface PanelSettings {
  readonly card?: 'on' | 'off';
  readonly launcher?: 'on' | 'off';
  readonly why?: 'on' | 'off';
  readonly noticeUrl?: string;
  readonly language?: string;
  readonly texts?: Readonly<Record<string, string>>;
  readonly controller?: { readonly name: string; readonly contact?: string; readonly address?: string };
  readonly portable?: 'on' | 'off';
  readonly auditUrl?: string;
  /** How lists are found, for those who look at that. */
  readonly listSelector?: string;
  readonly itemSelector?: string;
  readonly pinSelector?: string;
  /** The script tag's attributes. */
  readonly attributes?: Readonly<Record<string, string | undefined>>;
}

/** Everything that card, launcher, reasons and panel are handed. */
export interface PanelHost {
  readonly settings: PanelSettings;
  readonly consent: PanelConsent;
  readonly terms: Terms;
  /** The remembered answer: receipts newest first, and the terms that they name. */
  readonly choice: () => {
    readonly receipts: readonly ConsentReceipt[];
    readonly terms: Readonly<Record<string, Terms>>;
  };
  /** Cards that can move, on this page. */
  readonly cards: () => readonly {
    readonly element: Element;
    readonly itemId: string;
    readonly listId: string;
  }[];
  readonly reshelf: PanelReshelf;
  /** Requests made by the worker, the only part that sees stored behaviour. */
  readonly requestCount: () => Promise<number>;
  /** What this device has contributed; `undefined` where it never has. */
  readonly ledger: () => Promise<LedgerView | undefined>;
  /** Loads the file `reshelf.<name>.js` from beside the worker. */
  readonly load: (name: string) => Promise<object>;
  readonly report: (error: unknown) => void;
}

/** A product id of the page as the worker takes it. */
export const asShown = (id: string): ItemId => id as ItemId;
