/**
 * A price as one of eight steps per doubling (about 9 % each): enough to compare, too coarse to name a basket.
 * @param price in major units
 * @returns an integer, or `undefined` when the price says nothing (zero, negative, not a number)
 */
export function toPriceLevel(price: unknown): number | undefined {
  if (typeof price !== 'number' || !Number.isFinite(price) || price <= 0) return undefined;
  return Math.round(8 * Math.log2(price));
}
