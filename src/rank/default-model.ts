import { FEATURES, type FeatureName } from './feature-specs.ts';
import type { LinearModel } from './model.ts';

/** Trained weights by feature; features left out weigh nothing. Unitless. */
const WEIGHTS: Readonly<Partial<Record<FeatureName, number>>> = {
  'order.log.fresh': 0.5225,
  'order.log.known': 0.2158,
  'order.log.unsure': 0.3372,
  'order.first': 0.0241,
  'order.linear': 1.9483,
  'order.linear.known': 0.6659,
  'viewed.last.short': 2.5,
  'viewed.open.short': 0.6,
  'viewed.keeps.short': 0.7,
  'viewed.recency.fresh': 1.0343,
  'clicked.before': 0.019,
  carted: 0.5,
  'bought.visit': -3,
  'bought.before': 0.8567,
  'bought.count': 0.2669,
  'bought.rate': 1.4734,
  'bought.recency': 0.9096,
  'bought.lastVisit': -0.1188,
  'title.last': 3.3027,
  'title.max5': 0.2189,
  'title.maxVisit': 0.7271,
  'title.attention': 1.4226,
  'words.long': 0.3619,
  'alike.last': 0.6908,
  'alike.max': 0.5504,
  'alike.attention': 0.5473,
  'category.long': 0.5,
  'category.visit': 0.2,
  'category.last': 0,
  'brand.long': 0.5,
  'brand.visit': 0.5,
  'brand.last': 0.2,
  'colour.long': 0.1168,
  'colour.visit': 0.0296,
  'colour.last': 0.048,
  'price.visit': 0.017,
  'price.last': 0.1614,
  'search.words': 0.5,
  'size.share': 1,
  'passed.times': -0.05,
};

/** The one model for every shop until it trains its own: linear, no tables needed. */
export const DEFAULT_MODEL: LinearModel = {
  kind: 'linear',
  id: 'linear@2',
  features: FEATURES,
  weights: Float64Array.from(FEATURES, (name) => WEIGHTS[name] ?? 0),
};
