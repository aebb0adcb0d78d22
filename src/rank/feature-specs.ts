/**
 * The ranker's features by what they are about, in the order of its weights; shape [d]. All but `order` and `popular`
 * are 0 without history. "last" is the item touched last, "visit" the current visit, "long" all (decayed) time, "fresh"
 * a list that does not show the item touched last. "short" fades in lists of more than 25 products: in a short one
 * shoppers come back to what they touched, in a long one they walk on.
 */
const FEATURES_OF = {
  order: [
    'order.log.fresh',
    'order.log.known',
    'order.log.unsure',
    'order.first',
    'order.linear',
    'order.linear.known',
  ],
  viewed: [
    'viewed.last.short',
    'viewed.open.short',
    'viewed.keeps.short',
    'viewed.before',
    'viewed.fresh',
    'viewed.recency.fresh',
    'clicked.before',
    'clicked.visit',
    'clicked.recency',
    'clicked.count',
    'carted',
  ],
  bought: [
    'bought.visit',
    'bought.before',
    'bought.count',
    'bought.rate',
    'bought.recency',
    'bought.lastVisit',
  ],
  similar: [
    'title.last',
    'title.max5',
    'title.maxVisit',
    'title.attention',
    'title.maxEarlier',
    'words.long',
    'words.visit',
    'words.visits',
    'alike.last',
    'alike.max',
    'alike.attention',
  ],
  category: ['category.long', 'category.visit', 'category.last'],
  brand: ['brand.long', 'brand.visit', 'brand.last'],
  colour: ['colour.long', 'colour.visit', 'colour.last'],
  price: ['price.long', 'price.visit', 'price.last'],
  search: ['search.words'],
  together: [
    'together.last',
    'together.max3',
    'together.attention',
    'together.visit',
    'together.mix',
    'together.mixVisit',
    'together.mixAll',
    'together.earlier',
    'next.last',
    'next.attention',
    'next.mix',
  ],
  popular: ['popular.all', 'popular.recent', 'popular.all.fresh', 'popular.unknown'],
  size: ['size.share'],
  passed: ['passed.times'],
} as const;

/** What a feature is about, as the shopper is told. */
export type FeatureGroup = keyof typeof FEATURES_OF;
export type FeatureName = (typeof FEATURES_OF)[FeatureGroup][number];

export const FEATURE_GROUPS = Object.keys(FEATURES_OF) as FeatureGroup[];
export const FEATURES: readonly FeatureName[] = Object.values(FEATURES_OF).flat();
export const FEATURE_COUNT = FEATURES.length;
/** Column of each feature in a row. */
export const COLUMN = Object.fromEntries(FEATURES.map((name, column) => [name, column])) as Record<
  FeatureName,
  number
>;

/** Columns of a group; none for a name that is no group. */
export const columnsOf = (group: string): number[] =>
  (FEATURES_OF[group as FeatureGroup] ?? []).map((name) => COLUMN[name]);
