import type { TrainingList } from '../../learn/training-list.ts';
import type { FeaturePrior } from '../../rank/feature-priors.ts';

/** Where the lists come from. The command knows nothing else of a folder of records. */
export interface TrainingSource {
  /** Short name for the model's provenance, e.g. "onlineretail". */
  readonly name: string;
  /** Names of the columns of every list, shape [d]. */
  readonly features: readonly string[];
  /** Shape [d]. */
  readonly priors: readonly FeaturePrior[];
  /** See `TrainSettings.servedConstant`. */
  readonly servedConstant?: Readonly<Record<string, number>>;
  /**
   * Every list of the split that may be learned from, once; the lists of one session need not follow each other.
   * @throws CliError on a record that cannot be read
   */
  lists(): AsyncIterable<TrainingList>;
}

/** @throws CliError when the folder holds no records */
export type OpenTrainingSource = (folder: string) => Promise<TrainingSource>;
