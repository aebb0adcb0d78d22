import { applyAdjustments } from '../core/adjustments.ts';
import { type RandomBits, randomId } from '../core/ambient.ts';
import { ReshelfError } from '../core/errors.ts';
import { asEpochMs, asSlateId, type EpochMs } from '../core/ids.ts';
import { type Candidate, MAX_CANDIDATES } from '../core/item.ts';
import { type Keep, minimize } from '../core/minimize.ts';
import { hasSignal } from '../core/opt-out.ts';
import { grants } from '../core/receipt.ts';
import type { Signal } from '../core/signal.ts';
import type { Steps } from '../core/steps.ts';
import { NO_WISHES, parseWishes } from '../core/wishes.ts';
import type { LinearModel, Model } from '../rank/model.ts';
import type { RankContext, Ranker } from '../rank/ranker.ts';
import { DEFAULT_POLICY, type SlatePolicy } from '../rank/slate.ts';
import { slateSteps } from '../rank/slate-of.ts';
import { type Connection, createConnection } from '../store/connection.ts';
import { deleteDatabase, erase } from '../store/erase.ts';
import { rememberGrant, sweep } from '../store/grant.ts';
import { readGranted, writeGranted } from '../store/granted.ts';
import { append, boughtSince, lengthenView, readProfile } from '../store/journal.ts';
import { currentPseudonyms } from '../store/pseudonyms.ts';
import { ledgerName } from '../wire/ledger-name.ts';
import type { ExplainedPart, WorkerApi } from '../wire/worker-api.ts';
import type { ArtefactLoader } from './artefact-loader.ts';
import type { Desk } from './desk-parts.ts';
import type { inArm, weightsInArm } from './trial.ts';

/** The same item bought again within this span is a reloaded order page. */
const REORDER_GAP_MS = 30 * 60_000;

/** A list does not wait longer for the shop's tables; the next one has them. */
const ARTEFACT_PATIENCE_MS = 1000;

interface Opened {
  readonly connection: Connection;
  readonly keep: Keep;
  readonly capDays: number | undefined;
  readonly artefacts: ArtefactLoader | undefined;
  readonly policy: SlatePolicy;
  readonly adopted: Promise<LinearModel | undefined> | false;
  /** What makes answers those of the shopper's arm, under a grant to measure. */
  readonly trial: Trial | undefined;
}

interface Trial {
  readonly inArm: typeof inArm;
  readonly weightsInArm: typeof weightsInArm;
}

export interface ServiceParts {
  /** The ranker of the shop's own model, or of the default one. */
  readonly rankBy: (model?: Model) => Ranker;
  /** What is known of the visitor, as weights for the head snippet; nothing while nothing is known. */
  readonly weightsBy: (context: RankContext, adopted?: LinearModel) => string | undefined;
  /** The model learned together with others, where this device took one over; asked for under a grant to contribute. */
  readonly openAdopted: (databaseName: string) => Promise<LinearModel | undefined>;
  /** @returns `undefined` where its file cannot be had: then nothing is compared */
  readonly openTrial: () => Trial | undefined;
  readonly random: RandomBits;
  /** Requests this thread has made so far. */
  readonly countRequests: () => number;
  readonly openArtefacts: (manifestUrl: string) => ArtefactLoader;
  /** What is behind the privacy panel. @throws ReshelfError `worker/unavailable` where its file cannot be had */
  readonly openDesk: () => Desk;
  /** Does the work of one ranking: at once, or in slices. */
  readonly run: <Result>(steps: Steps<Result>) => Result | Promise<Result>;
}

/** Joins store and ranker behind the one API that the page may call. Consent is looked at in every transaction. */
export function createService({
  rankBy,
  weightsBy,
  openAdopted,
  openTrial,
  random,
  countRequests,
  openArtefacts,
  openDesk,
  run,
}: ServiceParts): WorkerApi {
  let opened: Opened | undefined;

  function current(): Opened {
    if (opened === undefined) throw new ReshelfError('consent/withheld', 'not opened with a grant');
    return opened;
  }
  /** Everything a ranker looks at: what is stored, read in one transaction, and the shop's tables for this list. */
  async function contextFor(
    candidates: readonly Candidate[],
    now: EpochMs,
  ): Promise<RankContext & { session: number; ranker: Ranker; adopted: LinearModel | undefined }> {
    const { connection, ...opened } = current();
    const adopted = (await opened.adopted) || undefined;
    const artefacts = candidates.length > 0 ? opened.artefacts : undefined; // without a list nothing is looked up
    const [found, model] =
      (await soonOrNothing(artefacts && Promise.all([artefacts.load(candidates), artefacts.model()]))) ?? [];
    return connection.use((db) =>
      readGranted(db, async (tx) => {
        const pseudonyms = await tx.objectStore('pseudonyms').get('current');
        const profile = await readProfile(tx);
        applyAdjustments(profile, (await tx.objectStore('adjustments').get('current')) ?? {});
        return {
          profile,
          wishes: (await tx.objectStore('wishes').get('current')) ?? NO_WISHES,
          salt: pseudonyms?.salt ?? [0, 0],
          session: pseudonyms?.session ?? 0,
          ranker: rankBy(model ?? adopted),
          adopted,
          now,
          findArtefacts: (id) => found?.get(id),
        };
      }),
    );
  }

  /** Chains what was logged just now; where the desk cannot be had, that happens when the log is next read. */
  async function seal(connection: Connection, now: EpochMs): Promise<void> {
    try {
      await openDesk()({ connection, capDays: undefined, contextFor }, { kind: 'log' }, now);
    } catch {
      // its file is missing, or this page lets no worker start
    }
  }

  return {
    async open({ databaseName, receipt, keep, retentionCapDays, artefactsUrl, maxShift, explore }, now) {
      const connection = opened?.connection ?? createConnection(databaseName); // a newer answer, on the same page
      opened = {
        connection,
        keep: new Set(keep),
        capDays: retentionCapDays,
        adopted: grants(receipt, 'contribute') && openAdopted(databaseName),
        trial: grants(receipt, 'measure') ? openTrial() : undefined,
        artefacts: artefactsUrl === undefined ? undefined : openArtefacts(artefactsUrl),
        policy: {
          ...DEFAULT_POLICY,
          maxShift: maxShift ?? DEFAULT_POLICY.maxShift,
          explore: explore ?? DEFAULT_POLICY.explore,
        },
      };
      // The worker looks for the signal itself: only a yes by somebody who was told of it counts against it.
      const isSignalled = hasSignal() && receipt.basis.personalize?.signal !== true;
      const isLive = (await connection.use((db) => rememberGrant(db, receipt, now))) && !isSignalled;
      if (!isLive) {
        await seal(connection, now); // a pause
        connection.close();
        opened = undefined;
        throw new ReshelfError('consent/withheld', 'a newer answer takes the grant back');
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
          const [{ salt, session }, profile] = await Promise.all([
            currentPseudonyms(tx, now, random),
            readProfile(tx),
          ]);
          for (const observation of seen) {
            const at = asEpochMs(Math.min(observation.at, now)); // a clock set forward must not outlive retention
            const signal = minimize({ ...observation, at }, keep, salt, session);
            const isAgain =
              signal !== null && (await boughtSince(tx, signal, asEpochMs(at - REORDER_GAP_MS)));
            kept.push(isAgain ? null : signal);
          }
          const adding = append(
            tx,
            profile,
            kept.flatMap((signal) => signal ?? []),
          );
          tx.commit(); // at once: the page may be leaving, and its worker with it
          const keys = await adding;
          return kept.map((signal) => (signal === null ? null : (keys.shift() ?? null)));
        }),
      );
    },

    async dwell(key, dwellMs) {
      await current().connection.use((db) => writeGranted(db, (tx) => lengthenView(tx, key, dwellMs)));
    },

    async rank(candidates, now, unseen = []) {
      checkCandidates(candidates);
      const { session, ranker, ...context } = await contextFor(candidates, now);
      const scores = await run(ranker.score(context, candidates));
      const { connection, policy, trial } = current();
      const slate = {
        slateId: asSlateId(randomId(random)),
        rankerId: ranker.id,
        order: await run(slateSteps(context, candidates, scores, session, policy)),
      };
      return trial?.inArm(connection, slate, unseen, random, now) ?? slate;
    },

    async weights(now) {
      const { adopted, ...context } = await contextFor([], now);
      const { connection, trial } = current();
      const weights = weightsBy(context, adopted);
      return trial?.weightsInArm(connection, weights) ?? weights;
    },

    async explain(itemId, candidates, now) {
      checkCandidates(candidates);
      const index = candidates.findIndex(({ id }) => id === itemId);
      if (index < 0) throw new ReshelfError('rank/unknown-item', 'not among the candidates');
      const { session, ranker, ...context } = await contextFor(candidates, now);
      const positions = candidates.map(({ position }) => position).sort((a, b) => a - b);
      const contributions: ExplainedPart[] = [];
      for (const part of ranker.explain(context, candidates, index)) {
        const scores = ranker.scoreWithout(context, candidates, part.feature);
        const order = await run(slateSteps(context, candidates, scores, session, current().policy));
        const place = order.findIndex(({ id }) => id === itemId);
        contributions.push({ ...part, placeWithout: positions[place] ?? 0 }); // pinned places lie between those that can move
      }
      return { score: contributions.reduce((sum, { value }) => sum + value, 0), contributions };
    },

    async wishes() {
      const { connection } = current();
      return connection.use((db) =>
        readGranted(db, async (tx) => (await tx.objectStore('wishes').get('current')) ?? NO_WISHES),
      );
    },

    async setWishes(wishes) {
      const wanted = parseWishes(wishes);
      const { connection } = current();
      await connection.use((db) =>
        writeGranted(db, async (tx) => {
          await tx.objectStore('wishes').put(wanted, 'current');
        }),
      );
    },

    async erase(databaseName, receipt, now) {
      if (typeof indexedDB === 'undefined') return {}; // nothing was ever stored here
      const connection = opened?.connection ?? createConnection(databaseName);
      try {
        const removed = await connection.use((db) => erase(db, receipt, now));
        await seal(connection, now);
        return removed;
      } finally {
        if (receipt !== null || opened === undefined) {
          connection.close();
          opened = undefined;
        }
      }
    },

    async eraseProof(databaseName) {
      opened?.connection.close();
      opened = undefined;
      await deleteDatabase(databaseName);
      await deleteDatabase(ledgerName(databaseName));
    },

    async desk(request, now) {
      const { connection, capDays } = current();
      return openDesk()({ connection, capDays, contextFor }, request, now);
    },

    async rest() {
      opened?.connection.close();
    },

    async requestCount() {
      return countRequests();
    },
  };
}

/** What arrives in time, or nothing. */
async function soonOrNothing<Value>(work: Promise<Value> | undefined): Promise<Value | undefined> {
  if (work === undefined) return undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ARTEFACT_PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function checkCandidates(candidates: readonly Candidate[]): void {
  if (candidates.length > MAX_CANDIDATES)
    throw new ReshelfError(
      'rank/bad-input',
      `expected at most ${MAX_CANDIDATES} candidates, got ${candidates.length}`,
    );
  if (new Set(candidates.map(({ id }) => id)).size !== candidates.length)
    throw new ReshelfError('rank/bad-input', 'got an id twice');
}
