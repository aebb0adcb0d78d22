/** What a feature is about, as the shopper is told. */
export type FeatureGroup =
  | 'order'
  | 'viewed'
  | 'bought'
  | 'passed'
  | 'similar'
  | 'category'
  | 'brand'
  | 'colour'
  | 'size'
  | 'price'
  | 'search'
  | 'together'
  | 'popular';

interface FeatureSpec {
  readonly name: string;
  readonly group: FeatureGroup;
  /** The sign its weight must keep, so that explanations stay true and nothing just seen is demoted; 0 leaves it free. */
  readonly sign: -1 | 0 | 1;
  /** Weight to start from and to be pulled to: what we would believe before any data. */
  readonly prior: number;
  /** Never learned, because no data at hand can show it: the prior is what ships. */
  readonly isFixed: boolean;
}

function spec<Name extends string>(
  name: Name,
  group: FeatureGroup,
  sign: -1 | 0 | 1,
  prior: number,
  isFixed = false,
) {
  return { name, group, sign, prior, isFixed } satisfies FeatureSpec;
}

/**
 * The ranker's features, in the order of its weights; shape [d]. All but `order` and `popular` are 0 without history.
 * "last" is the item touched last, "visit" the current visit, "long" all (decayed) time, "fresh" a list that does not
 * show the item touched last.
 */
export const FEATURES = [
  spec('order.log.fresh', 'order', 1, 0.5),
  spec('order.log.known', 'order', 1, 0.3),
  spec('order.log.unsure', 'order', 1, 0.2),
  spec('order.first', 'order', 1, 0.2),
  spec('order.linear', 'order', 1, 0.2),
  spec('order.linear.known', 'order', 1, 0),
  spec('viewed.visit', 'viewed', 1, 0.3),
  spec('viewed.before', 'viewed', 1, 0.3),
  spec('viewed.recency', 'viewed', 1, 0.5),
  spec('viewed.last', 'viewed', 1, 0.5),
  spec('viewed.last.keeps', 'viewed', 1, 1),
  spec('viewed.recency.returns', 'viewed', 1, 0.5),
  spec('viewed.open.returns', 'viewed', 1, 0.5),
  spec('viewed.count', 'viewed', 1, 0.2),
  spec('viewed.open', 'viewed', 1, 0.5),
  spec('viewed.share', 'viewed', 1, 0.2),
  spec('viewed.fresh', 'viewed', 1, 0),
  spec('viewed.recency.fresh', 'viewed', 1, 0),
  spec('clicked.visit', 'viewed', 1, 0.2),
  spec('clicked.recency', 'viewed', 1, 0.2),
  spec('clicked.before', 'viewed', 1, 0.2),
  spec('clicked.count', 'viewed', 1, 0.1),
  spec('carted', 'viewed', 1, 0.5),
  spec('bought.visit', 'bought', -1, -3, true),
  spec('bought.before', 'bought', 1, 0.8),
  spec('bought.count', 'bought', 1, 0.5),
  spec('bought.rate', 'bought', 1, 1),
  spec('bought.recency', 'bought', 1, 0.2),
  spec('bought.lastVisit', 'bought', 0, 0),
  spec('title.last', 'similar', 1, 0.8),
  spec('title.max5', 'similar', 1, 0.8),
  spec('title.maxVisit', 'similar', 1, 0.5),
  spec('title.attention', 'similar', 1, 0.8),
  spec('title.maxEarlier', 'similar', 1, 0.5),
  spec('words.long', 'similar', 1, 0.3),
  spec('words.visit', 'similar', 1, 0.5),
  spec('words.visits', 'similar', 1, 0.8),
  spec('alike.last', 'similar', 1, 0.2),
  spec('alike.max', 'similar', 1, 0.3),
  spec('alike.attention', 'similar', 1, 0.3),
  spec('category.long', 'category', 1, 0.5),
  spec('category.visit', 'category', 1, 0.5),
  spec('category.last', 'category', 1, 0.2),
  spec('brand.long', 'brand', 1, 0.5),
  spec('brand.visit', 'brand', 1, 0.5),
  spec('brand.last', 'brand', 1, 0.2),
  spec('colour.long', 'colour', 1, 0.2),
  spec('colour.visit', 'colour', 1, 0.2),
  spec('colour.last', 'colour', 1, 0.1),
  spec('price.long', 'price', 1, 0.1),
  spec('price.visit', 'price', 1, 0.1),
  spec('price.last', 'price', 1, 0.1),
  spec('search.words', 'search', 1, 0.5),
  spec('together.last', 'together', 1, 0.3),
  spec('together.max3', 'together', 1, 0.3),
  spec('together.attention', 'together', 1, 0.3),
  spec('together.visit', 'together', 1, 0.3),
  spec('together.visitMax', 'together', 1, 0.2),
  spec('together.earlier', 'together', 1, 0.2),
  spec('together.earlierMax', 'together', 1, 0.1),
  spec('together.mix', 'together', 1, 0.3),
  spec('together.mixVisit', 'together', 1, 0),
  spec('together.mixAll', 'together', 1, 0),
  spec('next.mix', 'together', 1, 0.2),
  spec('next.last', 'together', 1, 0.3),
  spec('next.attention', 'together', 1, 0.2),
  spec('next.max', 'together', 1, 0.2),
  spec('together.category', 'together', 1, 0),
  spec('next.category', 'together', 1, 0),
  spec('popular.all', 'popular', 1, 0.2),
  spec('popular.recent', 'popular', 1, 0.2),
  spec('popular.all.fresh', 'popular', 0, 0),
  spec('popular.recent.fresh', 'popular', 0, 0),
  spec('together.last.fresh', 'together', 1, 0),
  spec('together.visit.fresh', 'together', 1, 0),
  spec('next.last.fresh', 'together', 1, 0),
  spec('next.attention.fresh', 'together', 1, 0),
  spec('popular.now', 'popular', 1, 0.1),
  spec('popular.trend', 'popular', 0, 0),
  spec('popular.unknown', 'popular', 0, 0),
  spec('size.share', 'size', 1, 1, true),
  spec('passed.times', 'passed', -1, -0.05, true),
] as const;

export type FeatureName = (typeof FEATURES)[number]['name'];
export const FEATURE_COUNT = FEATURES.length;
/** Column of each feature in a row. */
export const COLUMN = Object.fromEntries(FEATURES.map(({ name }, column) => [name, column])) as Record<
  FeatureName,
  number
>;
