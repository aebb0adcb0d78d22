import { FEATURES, type Feature } from './features.ts';

/** Set by hand for the first release; the ranking work replaces them by trained ones. Unitless. */
const WEIGHTS: Readonly<Record<Feature, number>> = {
  position: 0.25,
  category: 4,
  brand: 2.5,
  colour: 1.5,
  size: 1.5,
  title: 6,
  price: 0.6,
  viewed: 0.8,
  carted: 0.8,
  bought: 1.2,
  skipped: 0.15,
  similar: 1.2,
};

export const DEFAULT_RANKER_ID = 'linear@1';
export const DEFAULT_WEIGHTS: Float64Array = Float64Array.from(FEATURES, (feature) => WEIGHTS[feature]);
