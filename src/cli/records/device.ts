import { defined } from '../../core/defined.ts';
import { asEpochMs, asItemId, type EpochMs } from '../../core/ids.ts';
import type { Candidate } from '../../core/item.ts';
import { KEEPABLE, minimize } from '../../core/minimize.ts';
import { emptyProfile, fold, type Profile } from '../../core/profile.ts';
import { retentionMs } from '../../core/retention.ts';
import type { Signal } from '../../core/signal.ts';
import type { Salt } from '../../core/tokens.ts';
import type { Catalogue, Product, ShopEvent, ShopList } from './shop-data.ts';

/** Any salt will do: hashes are only compared with one another. */
export const SALT: Salt = [0x5e1f, 0x0b57];
const KEEP = new Set(KEEPABLE);

/** One shopper's device: the journal and the profile as the worker keeps them, with the retention that ships. */
export interface Device {
  /** Live: read it, do not keep it. */
  readonly profile: Profile;
  /** Events in time order. */
  observe(event: ShopEvent): void;
  /** The worker's sweep: what is past its time goes, and the profile is folded again from the rest. */
  forgetExpired(now: EpochMs): void;
}

/** How long and how much a device keeps. */
export interface DeviceLimits {
  /** The merchant's own limit for every kind of signal. */
  readonly capDays?: number;
  /** The newest signals only, judged when a signal comes. */
  readonly capSignals?: number;
}

export function createDevice(catalogue: Catalogue, { capDays, capSignals }: DeviceLimits = {}): Device {
  let profile = emptyProfile();
  let journal: Signal[] = [];
  let oldestAt = Number.POSITIVE_INFINITY;

  function refold(kept: Signal[]): void {
    journal = kept;
    oldestAt = kept.reduce((oldest, { at }) => Math.min(oldest, at), Number.POSITIVE_INFINITY);
    profile = emptyProfile();
    for (const signal of kept) fold(profile, signal);
  }
  function forgetExpired(now: EpochMs): void {
    if (now - oldestAt < retentionMs('impression', capDays)) return; // nothing can be that old
    const kept = journal.filter(({ kind, at }) => now - at < retentionMs(kind, capDays));
    if (kept.length < journal.length) refold(kept);
    else oldestAt = kept.reduce((oldest, { at }) => Math.min(oldest, at), Number.POSITIVE_INFINITY);
  }
  return {
    get profile() {
      return profile;
    },
    forgetExpired,
    observe(event) {
      const product = catalogue.products[event.item];
      const at = asEpochMs(event.atMs);
      const seen = defined({
        kind: event.kind,
        at,
        itemId: product === undefined ? undefined : asItemId(product.id),
        facts:
          product === undefined
            ? undefined
            : { ...factsOf(product), ...defined({ price: shownPrice(event) ?? product.price }) },
        query: event.query,
        dwellMs: 0,
      });
      const signal = minimize(seen, KEEP, SALT, event.session);
      if (signal === null) return;
      forgetExpired(at);
      journal.push(signal);
      oldestAt = Math.min(oldestAt, at);
      if (capSignals !== undefined && journal.length > capSignals) refold(journal.slice(-capSignals));
      else fold(profile, signal);
    },
  };
}

/** The device of each shopper; one without a name is a new one each time. */
export function createDevices(catalogue: Catalogue): (user: string | undefined) => Device {
  const devices = new Map<string, Device>();
  return (user) => {
    const known = user === undefined ? undefined : devices.get(user);
    if (known !== undefined) return known;
    const device = createDevice(catalogue);
    if (user !== undefined) devices.set(user, device);
    return device;
  };
}

/** The products of a list as the page would name them. */
export function candidatesOf(catalogue: Catalogue, { items, prices }: ShopList): Candidate[] {
  return items.flatMap((item, position): Candidate[] => {
    const product = catalogue.products[item];
    if (product === undefined) return [];
    const price = prices?.[position] ?? product.price;
    return [{ ...factsOf(product), ...defined({ price }), id: asItemId(product.id), position }];
  });
}

/** The price on the list where the event happened, where the log has it. */
function shownPrice({ item, list, prices }: ShopEvent): number | undefined {
  return prices?.[list?.indexOf(item) ?? -1];
}

function factsOf({ title, price, brand, category, colour }: Product) {
  return defined({ title, price, brand, category, colour });
}
