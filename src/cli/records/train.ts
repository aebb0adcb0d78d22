import type { Records } from './folder.ts';
import type { ListStyle } from './list-style.ts';
import { indexSessions, type SessionIndex } from './session-index.ts';
import type { Catalogue, TrainSession } from './shop-data.ts';

/** All that anything may be learned from: `train`, and of the split no more than how its lists look. */
export interface Train {
  readonly catalogue: Catalogue;
  readonly sessionCount: number;
  readonly listStyle: ListStyle;
  /** The sessions in time order, read anew at each call: take as many passes as you need. */
  sessions(): AsyncIterable<TrainSession>;
  /** Which session had which products; made once, at the first call. */
  index(): Promise<SessionIndex>;
}

/** @throws CliError for a wrong line of `train` */
export async function openTrain(records: Records, listStyle: ListStyle): Promise<Train> {
  let sessionCount = 0;
  for await (const _ of records.train()) sessionCount += 1;
  let index: Promise<SessionIndex> | undefined;
  return {
    catalogue: records.catalogue,
    sessionCount,
    listStyle,
    sessions: () => records.train(),
    index() {
      index ??= indexSessions(() => records.train(), sessionCount, records.catalogue.products.length);
      return index;
    },
  };
}
