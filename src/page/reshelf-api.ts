import type { Consent } from '../consent/consent.ts';
import type { SignalKind } from '../core/signal.ts';
import type { Wishes } from '../core/wishes.ts';
import type { PanelSection } from '../panel/panel-host.ts';
import type { DeskReply, DeskRequest } from '../wire/desk-api.ts';
import type { ExplainedPart } from '../wire/worker-api.ts';
import type { OwnOrder } from './own-order.ts';
import type { ListedProducts } from './product-list.ts';

/** A product as a shop names it. Only `id` is needed; the rest makes the ranking better. */
export interface Product {
  readonly id: string;
  readonly title?: string;
  /** In major units, e.g. 49.9. */
  readonly price?: number;
  readonly brand?: string;
  readonly category?: string;
  readonly colour?: string;
  /** Sizes that can be bought now. */
  readonly sizes?: readonly string[];
  readonly inStock?: boolean;
}

/** Something the shopper did, told by the shop's own code. What may not be kept is dropped before it is stored. */
export interface SignalInput {
  readonly kind: SignalKind;
  /** The product; needed for every kind but `search`. */
  readonly item?: Product;
  /** Short for `item: { id }`. */
  readonly itemId?: string;
  /** The size chosen, with `size`, `cart` and `purchase`. */
  readonly size?: string;
  /** How long the product's page was visible, in ms, with `view`. */
  readonly dwellMs?: number;
  /** Pieces bought, with `purchase`. */
  readonly quantity?: number;
  /** 0-based place in its list, with `click` and `impression`. */
  readonly position?: number;
  /** The words searched for, with `search`; only salted hashes of them are kept. */
  readonly query?: string;
}

export interface RankInput extends Product {
  /** 0-based place in the shop's own order; the place in the array where it is left out. */
  readonly position?: number;
}

export interface RankedProduct {
  readonly id: string;
  /** Comparable only within one answer. */
  readonly score: number;
  /** The product's place in the shop's own order, as given. */
  readonly position: number;
}

export interface RankAnswer {
  readonly slateId: string;
  readonly rankerId: string;
  /** Best first. */
  readonly order: readonly RankedProduct[];
}

/** Why a product stands where it stands. */
export interface Explanation {
  readonly listId: string;
  /** 0-based place in the shop's own order. */
  readonly from: number;
  /** 0-based place now. */
  readonly to: number;
  readonly score: number;
  /** Add up to `score`. */
  readonly contributions: readonly ExplainedPart[];
}

/** Reshelf on one page: `window.reshelf`, or what `createReshelf` returns. */
export interface Reshelf {
  /** Resolves once set up, whether the shopper has allowed anything or not; never rejects. */
  readonly ready: Promise<void>;
  readonly consent: Consent;
  /**
   * Keeps a signal if the shopper allows it.
   * @returns whether it was kept: `false` without a grant, or when nothing of it may be kept here
   * @throws ReshelfError `signal/bad-input` (as a rejection) on an unknown kind or a missing id
   */
  signal(input: SignalInput): Promise<boolean>;
  /**
   * The order for products that your own code shows. Without a grant, or when the worker fails: the shop's order.
   * @throws ReshelfError `rank/bad-input` (as a rejection) on more than 1,000 products, a missing id or an id twice
   */
  rank(candidates: readonly RankInput[]): Promise<RankAnswer>;
  /** For lists that your own code renders, and keeps in step; `rank` is enough for one that is rendered once. */
  readonly order: OwnOrder;
  /** Every product list found on the page, in its present order; empty before consent. */
  lists(): readonly ListedProducts[];
  /** @throws ReshelfError (as a rejection) `consent/withheld` without a grant, `rank/unknown-item` */
  explain(itemId: string, listId?: string): Promise<Explanation>;
  /** What the shopper asked for: sizes, favourite and muted categories and brands. Wishes are hard and never expire. */
  readonly wishes: {
    /** @throws ReshelfError `consent/withheld` (as a rejection) without a grant */
    get(): Promise<Wishes>;
    /** Replaces them; lists follow from the next one on. @throws ReshelfError `wishes/bad-input` (as a rejection) */
    set(wishes: Partial<Wishes>): Promise<void>;
  };
  /** Puts the shop's own order back on this page and leaves it. */
  undo(): void;
  /**
   * Ends Reshelf on this page: the shop's own order is back, the worker is gone, nothing is watched, kept or shown any
   * more, the card and the panel included. What the shopper has answered and what is kept stays for the next page;
   * `consent` still takes an answer, and a withdrawal still deletes.
   */
  disable(): void;
  /**
   * How often each kind of trouble was met on this device under the present grant, by the codes of `reshelf:diagnostic`:
   * lists left alone or contested, workers lost. Codes and numbers only; gone with a withdrawal.
   */
  diagnostics(): Readonly<Record<string, number>>;
  /**
   * `'all'`: deletes all behaviour and all that was learned from it; the consent stays. `'proof'`: withdraws, and deletes
   * receipts and log too, after which nobody can show any more what was agreed to.
   * @returns records removed per store
   */
  forget(scope: 'all' | 'proof'): Promise<Readonly<Record<string, number>>>;
  /**
   * Everything that the privacy panel can do, for a page of your own: read what was learned, change and delete it, export it.
   * @throws ReshelfError `consent/withheld` (as a rejection) without a grant, `desk/bad-import`
   */
  data<Request extends DeskRequest>(request: Request): Promise<DeskReply<Request>>;
  /** The shopper's own panel. */
  readonly privacy: {
    /** Opens it at a section; it loads with the first opening. */
    open(section?: PanelSection): Promise<void>;
    close(): void;
    /** What moves products in this shop's lists, most weight first; for your own pages. */
  };
}
