import { DEFAULT_MODEL } from '../rank/default-model.ts';
import { COLUMN, type FeatureName } from '../rank/feature-specs.ts';
import type { LinearModel } from '../rank/model.ts';
import { readStore } from '../store/read-store.ts';
import { ledgerName } from '../wire/ledger-name.ts';
import type { AdoptedModel } from '../wire/released-model.ts';

/**
 * The model that this device took over from other shoppers: the weights that ship, changed. The contributing worker has
 * checked its signature, its bound and the device's own lists before it was stored.
 * @returns `undefined` where none is in use; never rejects
 */
export async function readAdopted(databaseName: string): Promise<LinearModel | undefined> {
  try {
    const models = await readStore<AdoptedModel>(ledgerName(databaseName), 'models');
    const [newest] = models
      .filter(({ version, features }) => version > 0 && features.every((name) => name in COLUMN))
      .sort((a, b) => b.lookedAt - a.lookedAt);
    if (newest === undefined) return undefined;
    const weights = DEFAULT_MODEL.weights.slice();
    newest.features.forEach((name, at) => {
      const column = COLUMN[name as FeatureName];
      weights[column] = (weights[column] ?? 0) + (newest.changes[at] ?? 0);
    });
    return { ...DEFAULT_MODEL, id: `${DEFAULT_MODEL.id}+${newest.version}`, weights };
  } catch {
    return undefined; // no ledger, or none that can be read: the weights that ship are always right
  }
}
