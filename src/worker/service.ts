import { type RandomBits, randomId } from '../core/ambient.ts';
import { ReshelfError } from '../core/errors.ts';
import { asEpochMs, asSlateId, type EpochMs } from '../core/ids.ts';
import { type Candidate, MAX_CANDIDATES } from '../core/item.ts';
import { type Keep, minimize } from '../core/minimize.ts';
import type { Signal } from '../core/signal.ts';
import { orderByScore, type RankContext, type Ranker } from '../rank/ranker.ts';
import { type Connection, createConnection } from '../store/connection.ts';
import { erase } from '../store/erase.ts';
import { rememberGrant, sweep } from '../store/grant.ts';
import { readGranted, writeGranted } from '../store/granted.ts';
import { append, boughtSince, lengthenView, readProfile } from '../store/journal.ts';
import { currentPseudonyms } from '../store/pseudonyms.ts';
import type { WorkerApi } from '../wire/worker-api.ts';

/** The same item bought again within this span is a reloaded order page. */
const REORDER_GAP_MS = 30 * 60_000;

interface Opened {
  readonly connection: Connection;
  readonly keep: Keep;
  readonly capDays: number | undefined;
}

export interface ServiceParts {
  readonly ranker: Ranker;
  readonly random: RandomBits;
  /** Requests this thread has made so far. */
  readonly countRequests: () => number;
}

/** Joins store and ranker behind the one API that the page may call. Consent is looked at in every transaction. */
export function createService({ ranker, random, countRequests }: ServiceParts): WorkerApi {
  let opened: Opened | undefined;

  function current(): Opened {
    if (opened === undefined)
      throw new ReshelfError('consent/withheld', 'the worker was not opened with a grant; call open first');
    return opened;
  }
  /** Everything a ranker looks at, read in one transaction. */
  async function contextAt(now: EpochMs): Promise<RankContext> {
    return current().connection.use((db) =>
      readGranted(db, async (tx) => ({
        profile: await readProfile(tx),
        salt: (await tx.objectStore('pseudonyms').get('current'))?.salt ?? [0, 0],
        now,
      })),
    );
  }

  return {
    async open({ databaseName, receipt, keep, retentionCapDays }, now) {
      opened?.connection.close();
      const connection = createConnection(databaseName);
      opened = { connection, keep: new Set(keep), capDays: retentionCapDays };
      const isLive = await connection.use((db) => rememberGrant(db, receipt, now));
      if (!isLive) {
        connection.close();
        opened = undefined;
        throw new ReshelfError('consent/withheld', 'a newer answer on this device takes the grant back');
      }
      await connection.use((db) => writeGranted(db, (tx) => sweep(tx, now, retentionCapDays, true)));
    },

    async record(seen, now) {
      const { connection, keep, capDays } = current();
      return connection.use((db) =>
        writeGranted(db, async (tx) => {
          const kept: (Signal | null)[] = [];
          if (seen.length === 0) {
            await sweep(tx, now, capDays, false);
            return kept as null[];
          }
          const { salt, session } = await currentPseudonyms(tx, now, random);
          for (const observation of seen) {
            const at = asEpochMs(Math.min(observation.at, now)); // a clock set forward must not outlive retention
            const signal = minimize({ ...observation, at }, keep, salt, session);
            const isAgain =
              signal !== null && (await boughtSince(tx, signal, asEpochMs(at - REORDER_GAP_MS)));
            kept.push(isAgain ? null : signal);
          }
          const keys = await append(
            tx,
            kept.flatMap((signal) => signal ?? []),
          );
          await sweep(tx, now, capDays, false);
          return kept.map((signal) => (signal === null ? null : (keys.shift() ?? null)));
        }),
      );
    },

    async dwell(key, dwellMs) {
      await current().connection.use((db) => writeGranted(db, (tx) => lengthenView(tx, key, dwellMs)));
    },

    async rank(candidates, now) {
      checkCandidates(candidates);
      const scores = ranker.score(await contextAt(now), candidates);
      return {
        slateId: asSlateId(randomId(random)),
        rankerId: ranker.id,
        order: orderByScore(candidates, scores),
      };
    },

    async explain(itemId, candidates, now) {
      checkCandidates(candidates);
      const index = candidates.findIndex(({ id }) => id === itemId);
      if (index < 0) throw new ReshelfError('rank/unknown-item', 'the item is not among the candidates');
      const contributions = ranker.explain(await contextAt(now), candidates, index);
      return { score: contributions.reduce((sum, { value }) => sum + value, 0), contributions };
    },

    async erase(databaseName, receipt, now) {
      if (typeof indexedDB === 'undefined') return {}; // nothing was ever stored here
      const connection = opened?.connection ?? createConnection(databaseName);
      try {
        return await connection.use((db) => erase(db, receipt, now));
      } finally {
        if (receipt !== null || opened === undefined) {
          connection.close();
          opened = undefined;
        }
      }
    },

    async requestCount() {
      return countRequests();
    },
  };
}

function checkCandidates(candidates: readonly Candidate[]): void {
  if (candidates.length > MAX_CANDIDATES)
    throw new ReshelfError(
      'rank/bad-input',
      `expected at most ${MAX_CANDIDATES} candidates, got ${candidates.length}`,
    );
  if (new Set(candidates.map(({ id }) => id)).size !== candidates.length)
    throw new ReshelfError(
      'rank/bad-input',
      'expected each candidate once, got an id twice; leave doubles out',
    );
}
