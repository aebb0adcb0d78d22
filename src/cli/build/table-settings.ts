/** How pairs of products are counted and compared with chance. */
export interface TableSettings {
  /** Products further apart than this in one order are no pair: a wholesaler's invoice must not outvote the rest. */
  readonly window: number;
  /** Count at which a pair's lift is believed by half. */
  readonly shrink: number;
  /** What chance gives: from how many orders there are, or from how many pairs, which discounts long visits. */
  readonly chance: 'baskets' | 'pairs';
  /** Pseudo-count that pulls the rate at which two categories meet to chance; `undefined`: categories do not matter. */
  readonly blockShrink: number | undefined;
  /** A neighbour's claim to a place in the row: |lift| x count to this power. */
  readonly countPower: number;
}

/*
 * From the ranking study of issue 3: the first was found on orders (onlineretail), the second on clicks (eshop2008),
 * where people walk down the page and that walk must not pass for taste. One dataset each.
 */
export const ORDER_TABLES: TableSettings = {
  window: 60,
  shrink: 1,
  chance: 'baskets',
  blockShrink: undefined,
  countPower: 0.25,
};
export const CLICK_TABLES: TableSettings = {
  window: 60,
  shrink: 4,
  chance: 'pairs',
  blockShrink: 50,
  countPower: 1,
};
