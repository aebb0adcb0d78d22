import { ReshelfError } from './core/errors.ts';
import { inSlices } from './page/slices.ts';
import { makeBootWeights } from './rank/boot-snapshot.ts';
import { DEFAULT_MODEL } from './rank/default-model.ts';
import { createModelRanker } from './rank/model-ranker.ts';
import type { WorkerApi } from './wire/worker-api.ts';
import { readAdopted } from './worker/adopted.ts';
import { createService } from './worker/service.ts';
import { inArm, weightsInArm } from './worker/trial.ts';

/**
 * The worker's own service on the page's thread, for pages whose policy lets no worker start. Lists are
 * ranked in slices, between which the page may paint and answer; the shop's own tables are not read here.
 */
export function createInPageWorker(): WorkerApi {
  return createService({
    openDesk() {
      throw new ReshelfError(
        'worker/unavailable',
        'this page lets no worker start; what is kept can be deleted whole',
      );
    },
    rankBy: (model = DEFAULT_MODEL) => createModelRanker(model),
    weightsBy: makeBootWeights,
    openAdopted: readAdopted,
    openTrial: () => ({ inArm, weightsInArm }),
    random: (into) => void crypto.getRandomValues(into),
    countRequests: () => 0, // it makes none, and here they could not be told from the page's
    run: inSlices,
    openArtefacts: () => ({ load: async () => new Map(), model: async () => undefined }),
  });
}
