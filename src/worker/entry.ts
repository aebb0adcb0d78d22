import { expose } from 'comlink';
import { DEFAULT_RANKER_ID, DEFAULT_WEIGHTS } from '../rank/default-weights.ts';
import { createLinearRanker } from '../rank/linear.ts';
import { replying } from '../wire/reply.ts';
import { createService } from './service.ts';

expose(
  replying(
    createService({
      ranker: createLinearRanker(DEFAULT_RANKER_ID, DEFAULT_WEIGHTS),
      random: (into) => crypto.getRandomValues(into),
      countRequests: () => performance.getEntriesByType('resource').length,
    }),
  ),
);
