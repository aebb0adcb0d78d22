/** How the lists of a split look, without their targets: so that lists made from `train` can look alike. */
export interface ListStyle {
  /** The products stand in the order of the catalogue file. */
  readonly isCatalogueOrder: boolean;
  readonly longest: number;
}

/** Where a folder has no lists to look at: a page of a hundred, most sold first. */
export const USUAL_STYLE: ListStyle = { isCatalogueOrder: false, longest: 100 };

/** Share of neighbours in the lists that must stand in the catalogue's order for the lists to count as ordered by it. */
const ORDERED_SHARE = 0.98;

/** Watches lists go by and says what they have in common. */
export interface StyleWatch {
  /** @param items indexes of products, as listed */
  see(items: readonly number[]): void;
  found(): ListStyle;
}

export function createStyleWatch(): StyleWatch {
  let ascending = 0;
  let pairs = 0;
  let longest = 0;
  return {
    see(items) {
      longest = Math.max(longest, items.length);
      for (let at = 1; at < items.length; at++) {
        pairs += 1;
        if ((items[at] ?? 0) > (items[at - 1] ?? 0)) ascending += 1;
      }
    },
    found: () => ({ isCatalogueOrder: pairs > 0 && ascending >= ORDERED_SHARE * pairs, longest }),
  };
}
