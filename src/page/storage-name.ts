/** A path of the shop's origin; a ledger has its shop's name with "-ledger" behind it, so that no shop may be called so. */
const SHOP = /^(\/[\w.~-]+)+(?<!-ledger)$/;

/**
 * What everything of one shop on a device is named by: its database, its ledger and its records in `localStorage`, so
 * that shops that share an origin by path share nothing else. The head snippet puts it together the same way.
 * @param shop the setting of that name, e.g. "/shop-a"; none where the origin is one shop
 * @throws TypeError with what was expected and what came
 */
export function storageName(shop: string | undefined): string {
  if (shop !== undefined && !SHOP.test(shop))
    throw new TypeError(`data-reshelf-shop: expected a path such as "/shop-a", got "${shop}"`);
  return `reshelf${shop ?? ''}`;
}
