import { defined } from '../../../core/defined.ts';
import { asEpochMs, asItemId, type EpochMs } from '../../../core/ids.ts';
import type { Candidate } from '../../../core/item.ts';
import { KEEPABLE, minimize } from '../../../core/minimize.ts';
import { emptyProfile, fold, type Profile } from '../../../core/profile.ts';
import { retentionMs } from '../../../core/retention.ts';
import type { Signal } from '../../../core/signal.ts';
import type { Salt } from '../../../core/tokens.ts';
import { NO_WISHES } from '../../../core/wishes.ts';
import type { FindArtefacts } from '../../../rank/candidate.ts';
import { DEFAULT_MODEL } from '../../../rank/default-model.ts';
import { createModelRanker } from '../../../rank/model-ranker.ts';
import type { Ranker } from '../../../rank/ranker.ts';
import type { Fitted, Method, ShopList, Shopper } from '../method.ts';
import type { Catalogue, Product, ShopEvent } from '../shop-data.ts';

/** Any salt will do: hashes are only compared with one another. */
const SALT: Salt = [0x5e1f, 0x0b57];
const KEEP = new Set(KEEPABLE);

/** One shopper's device: the journal and the profile as the worker keeps them, with the retention that ships. */
class Device implements Shopper {
  private profile: Profile = emptyProfile();
  private journal: Signal[] = [];
  private oldestAt = Number.POSITIVE_INFINITY;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly ranker: Ranker,
    private readonly findArtefacts: FindArtefacts,
    private readonly capDays: number | undefined,
  ) {}

  observe(event: ShopEvent): void {
    const product = this.catalogue.products[event.item];
    const at = asEpochMs(event.atMs);
    const seen = defined({
      kind: event.kind,
      at,
      itemId: product === undefined ? undefined : asItemId(product.id),
      facts: product === undefined ? undefined : factsOf(product),
      query: event.query,
      dwellMs: 0,
    });
    const signal = minimize(seen, KEEP, SALT, event.session);
    if (signal === null) return;
    this.forgetExpired(at);
    this.journal.push(signal);
    this.oldestAt = Math.min(this.oldestAt, at);
    fold(this.profile, signal);
  }

  score({ items, prices }: ShopList, nowMs: number): Float64Array {
    const now = asEpochMs(nowMs);
    this.forgetExpired(now);
    const candidates = items.flatMap((item, position): Candidate[] => {
      const product = this.catalogue.products[item];
      if (product === undefined) return [];
      const price = prices?.[position] ?? product.price;
      return [{ ...factsOf(product), ...defined({ price }), id: asItemId(product.id), position }];
    });
    const { findArtefacts, profile } = this;
    return this.ranker.score({ profile, wishes: NO_WISHES, salt: SALT, now, findArtefacts }, candidates);
  }

  /** The worker's daily sweep: what is past its time goes, and the profile is folded again from the rest. */
  private forgetExpired(now: EpochMs): void {
    if (now - this.oldestAt < retentionMs('impression', this.capDays)) return; // nothing can be that old
    const kept = this.journal.filter(({ kind, at }) => now - at < retentionMs(kind, this.capDays));
    this.oldestAt = kept.reduce((oldest, { at }) => Math.min(oldest, at), Number.POSITIVE_INFINITY);
    if (kept.length === this.journal.length) return;
    this.journal = kept;
    this.profile = emptyProfile();
    for (const signal of kept) fold(this.profile, signal);
  }
}

function factsOf({ title, price, brand, category, colour }: Product) {
  return defined({ title, price, brand, category, colour });
}

export function fittedReshelf(
  catalogue: Catalogue,
  ranker: Ranker,
  findArtefacts: FindArtefacts,
  capDays?: number,
): Fitted {
  return { open: () => new Device(catalogue, ranker, findArtefacts, capDays) };
}

/** The package as it ships: default weights, no tables, no popularity; the code that runs in the worker. */
export const reshelfCold: Method = {
  name: 'reshelf-cold',
  fit: async ({ catalogue }) => fittedReshelf(catalogue, createModelRanker(DEFAULT_MODEL), () => undefined),
};
