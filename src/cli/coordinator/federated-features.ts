/**
 * The 32 weights that shoppers teach one another by default: those of what every shop's pages show, without the shop's
 * own tables. 32 entries of 8 bits make a report of less than 6,000 bytes.
 */
export const FEDERATED_FEATURES: readonly string[] = [
  'order.log.fresh',
  'order.log.known',
  'order.log.unsure',
  'order.first',
  'order.linear',
  'order.linear.known',
  'viewed.before',
  'viewed.fresh',
  'viewed.recency.fresh',
  'clicked.before',
  'clicked.visit',
  'clicked.recency',
  'carted',
  'bought.before',
  'bought.count',
  'bought.rate',
  'bought.recency',
  'bought.lastVisit',
  'title.last',
  'title.max5',
  'title.maxVisit',
  'title.attention',
  'title.maxEarlier',
  'words.long',
  'words.visit',
  'words.visits',
  'category.long',
  'category.visit',
  'brand.long',
  'brand.visit',
  'price.long',
  'price.visit',
];

/**
 * How far a feature varies within a list, roughly: constants of the package, set after a look at three shops' records, so
 * that they tell nothing of any shopper. One unit of update is one unit of weight divided by this.
 */
export const scaleOf = (feature: string): number =>
  SCALES.find(([start]) => feature.startsWith(start))?.[1] ?? 0.2;

/** By the beginning of the name; the first that fits. */
const SCALES: readonly (readonly [start: string, scale: number])[] = [
  ['order.log', 0.35],
  ['order.', 0.25],
  ['viewed.', 0.1],
  ['clicked.', 0.1],
  ['carted', 0.1],
  ['bought.', 0.15],
  ['title.', 0.13],
  ['words.long', 0.6],
  ['words.', 0.2],
  ['category.', 0.1],
  ['brand.', 0.1],
  ['price.', 0.7],
];
