/**
 * How a device learns from its own lists, and how far a round moves the weights: used by devices, by the coordinator's
 * `init` and by the simulation that the README prints, so that all three are the same thing.
 */
export const FEDERATED = {
  /** Gradient steps of one contribution. */
  steps: 4,
  /** Their size, in scaled weight. */
  learningRate: 0.3,
  /** Longest update of one device, in scaled weight. */
  clip: 0.3,
  /** What the mean update is multiplied with. */
  rate: 2,
  bits: 8,
} as const;
