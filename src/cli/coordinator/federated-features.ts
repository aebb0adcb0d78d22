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
 * How far a feature varies within a list, as far as anybody can say before any data: public, so that it tells nothing of
 * a shopper. One unit of update is one unit of weight divided by this.
 */
export const scaleOf = (feature: string): number => SCALES[feature] ?? 0.2;

const SCALES: Readonly<Record<string, number>> = {};
