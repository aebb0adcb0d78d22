import { expose } from 'comlink';
import { atOnce } from '../core/steps.ts';
import { DEFAULT_MODEL } from '../rank/default-model.ts';
import { createModelRanker } from '../rank/model-ranker.ts';
import { replying } from '../wire/reply.ts';
import { openDesk } from './desk-file.ts';
import { createService } from './service.ts';
import { openTables } from './tables-file.ts';
import { openWeights } from './weights-file.ts';

expose(
  replying(
    createService({
      rankBy: (model = DEFAULT_MODEL) => createModelRanker(model),
      weightsBy: (context, model) => openWeights()?.makeBootWeights(context, model),
      openAdopted: async (databaseName) => openWeights()?.readAdopted(databaseName),
      openTrial: openWeights,
      random: (into) => crypto.getRandomValues(into),
      // our own lazy files are no requests of behaviour's: their names are always the same
      countRequests: () =>
        performance.getEntriesByType('resource').filter(({ name }) => !/reshelf\.\w+\.js/.test(name)).length,
      openDesk,
      run: atOnce,
      openArtefacts: (manifestUrl) =>
        openTables({
          manifestUrl,
          onFailure: (error) => console.warn(`Reshelf: ${error.message}`),
        }),
    }),
  ),
);
