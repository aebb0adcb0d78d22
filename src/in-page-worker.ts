import { ReshelfError } from './core/errors.ts';
import type { Candidate } from './core/item.ts';
import { makeBootWeights } from './rank/boot-snapshot.ts';
import { DEFAULT_MODEL } from './rank/default-model.ts';
import { createModelRanker } from './rank/model-ranker.ts';
import type { WorkerApi } from './wire/worker-api.ts';
import { readAdopted } from './worker/adopted.ts';
import { createService } from './worker/service.ts';
import { inArm, weightsInArm } from './worker/trial.ts';

/** Most candidates ranked in one go on the page's thread: far below 8 ms of work, on a slow phone too. */
const MAX_CANDIDATES_IN_PAGE = 200;

/**
 * The worker's own service on the page's thread, for pages whose policy lets no worker start. Of longer lists only the
 * head is ranked, so that no slice of work lasts; the shop's own tables are not read here.
 */
export function createInPageWorker(): WorkerApi {
  const service = createService({
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
    openArtefacts: () => ({ load: async () => new Map(), model: async () => undefined }),
  });
  return {
    ...service,
    async rank(candidates, now, unseen) {
      const head = candidates.slice(0, MAX_CANDIDATES_IN_PAGE);
      const slate = await service.rank(head, now, unseen);
      const lowest = Math.min(0, ...slate.order.map(({ score }) => score));
      const rest = candidates.slice(MAX_CANDIDATES_IN_PAGE).map(({ id, position }: Candidate, place) => ({
        id,
        position,
        score: lowest - 1 - place,
        propensity: 1,
      }));
      return { ...slate, order: [...slate.order, ...rest] };
    },
  };
}
