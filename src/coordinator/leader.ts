import type { Hono } from 'hono';
import { createAggregatorTables, lockBatch } from './aggregator-tables.ts';
import { type DapReport, decodeReport, REPORT_TYPE } from './dap-report.ts';
import type { Sql } from './database.ts';
import { type AggregatorParts, findTask, knownTasks, openShare, serveConfigList } from './helper.ts';
import { createOpener } from './hpke.ts';
import { askPeer, checkToken, createApp, json, readJson, readReport } from './http.ts';
import { createPreparer } from './leader-preparer.ts';
import {
  COLLECTION_ID,
  type CollectAnswer,
  decodeCollectRequest,
  decodeShare,
  encodeCollectAnswer,
  encodeReleaseRequest,
} from './peer-messages.ts';
import { Problem } from './problem.ts';
import { readBatch, releaseBatch } from './release.ts';
import { checkTime } from './report-times.ts';

export interface LeaderParts extends AggregatorParts {
  readonly fetch: typeof fetch;
  /** No other process works on this database: what it claimed before it ended is free again. */
  readonly isAlone: boolean;
}

export interface Leader {
  readonly app: Hono;
  /** Goes on with reports that were taken but not yet counted; call it now and then. Never rejects. */
  prepareWaiting(): Promise<void>;
}

/** Of X25519. */
const KEY_BYTES = 32;
/** An upload waits this long for the helper's word; after that it is taken, and counted when the helper is back. */
const PATIENCE_MS = 5_000;

/** The first aggregator: takes reports, has them checked with the helper, and closes batches. */
export async function createLeader(parts: LeaderParts): Promise<Leader> {
  const { config, database, random, now, onFailure, fetch, isAlone } = parts;
  await createAggregatorTables(database);
  if (isAlone) await database.query(`UPDATE reports SET leased_until = 0 WHERE state = 'pending'`);
  const opener = await createOpener(config.seal);
  const tasks = knownTasks(config);
  const preparer = createPreparer({ ...parts, tasks });
  const app = createApp(onFailure);
  serveConfigList(app, config, tasks);

  app.put('/tasks/:taskId/reports', async (c) => {
    const { task, prio } = findTask(tasks, c.req.param('taskId'));
    const bytes = await readReport(c, REPORT_TYPE);
    const report = decode(bytes);
    checkTime(task, report.time, now());
    const ciphertext = report.leader;
    const share = await openShare(opener, 'leader', task.id, { ...report, ciphertext }).catch(
      (error: unknown) => {
        throw error instanceof Problem
          ? error
          : new Problem('reportRejected', 400, 'the leader’s share cannot be opened');
      },
    );
    try {
      prio.checkLeaderShare(share);
    } catch (error) {
      throw new Problem('reportRejected', 400, (error as Error).message);
    }
    await keep(task.id, report, share);
    const reason = await preparer.outcome(task.id, report.id, PATIENCE_MS);
    if (reason !== undefined) throw new Problem('reportRejected', 400, reason);
    return new Response(null, { status: 201 });
  });

  app.put('/tasks/:taskId/collection_jobs/:collectionId', async (c) => {
    checkToken(c, config.collectorToken);
    const taskId = c.req.param('taskId');
    const collectionId = c.req.param('collectionId');
    if (!COLLECTION_ID.test(collectionId))
      throw new Problem('invalidMessage', 400, 'expected an id of 16 bytes');
    findTask(tasks, taskId);
    const { batch } = await readJson(c, decodeCollectRequest);
    return json(encodeCollectAnswer(await collect(taskId, batch, collectionId)));
  });

  function decode(bytes: Uint8Array): DapReport {
    try {
      return decodeReport(bytes);
    } catch (error) {
      throw new Problem('invalidMessage', 400, (error as Error).message);
    }
  }

  /** @throws Problem for an id that is known already, whatever came of it */
  async function keep(
    taskId: string,
    { id, time, publicShare, helper }: DapReport,
    share: Buffer,
  ): Promise<void> {
    if (helper.encapsulated.length !== KEY_BYTES)
      throw new Problem('invalidMessage', 400, `expected an encapsulated key of ${KEY_BYTES} bytes`);
    const helperInput = Buffer.concat([
      Buffer.of(helper.configId, helper.encapsulated.length),
      helper.encapsulated,
      helper.payload,
    ]);
    const [kept] = await database.query(
      `INSERT INTO reports (task_id, report_id, time, state, public_share, own_input, helper_input)
       VALUES ($1, $2, $3, 'pending', $4, $5, $6) ON CONFLICT DO NOTHING RETURNING 1 AS one`,
      [taskId, id, time, publicShare, share, helperInput],
    );
    if (kept === undefined) throw new Problem('reportRejected', 400, 'the report was uploaded before');
  }

  async function collect(taskId: string, batch: number, collectionId: string): Promise<CollectAnswer> {
    const known = findTask(tasks, taskId);
    await preparer.prepareWaiting();
    const held = await database.transaction((sql) =>
      close(sql, taskId, batch, collectionId, known.task.minBatch),
    );
    if (held.answer !== undefined) return held.answer;
    const { reports, checksum } = held.sum;
    const helperShare = decodeShare(
      await askPeer(
        fetch,
        new URL('release', known.task.helper),
        config.peerToken,
        encodeReleaseRequest({ taskId, batch, collectionId, reports, checksum }),
      ),
    );
    return database.transaction(async (sql) => {
      const row = await lockBatch(sql, taskId, batch);
      if (row?.state === 'released' && row.own_share !== null && row.helper_share !== null)
        return answerOf(row.reports, row.own_share, row.helper_share); // the same collection, asked twice at once
      const { variance } = known.task;
      const { collectorSeal: collector } = config;
      const release = { role: 'leader', taskId, prio: known.prio, variance, random, collector } as const;
      const share = await releaseBatch(sql, release, batch, held.sum, collectionId);
      await sql.query('UPDATE batches SET helper_share = $3 WHERE task_id = $1 AND number = $2', [
        taskId,
        batch,
        helperShare,
      ]);
      return answerOf(reports, share, helperShare);
    });
  }

  /** Ends the taking of reports into a batch, for this collection and no other. */
  async function close(sql: Sql, taskId: string, batch: number, collectionId: string, minBatch: number) {
    const row = await lockBatch(sql, taskId, batch);
    if (row === undefined) throw new Problem('batchInvalid', 400, `there is no batch ${batch} yet`);
    if (row.state !== 'open' && row.collection_id !== collectionId)
      throw new Problem('batchQueriedTooManyTimes', 409, `batch ${batch} went to another collection`);
    if (row.state === 'released' && row.own_share !== null && row.helper_share !== null)
      return { answer: answerOf(row.reports, row.own_share, row.helper_share) };
    const [waiting] = await sql.query(
      `SELECT 1 AS one FROM reports WHERE task_id = $1 AND batch = $2 AND state = 'pending' LIMIT 1`,
      [taskId, batch],
    );
    if (waiting !== undefined)
      throw new Problem('batchNotReady', 503, `reports of batch ${batch} wait for the helper`);
    const sum = await readBatch(sql, taskId, batch);
    if (sum.reports < minBatch)
      throw new Problem('invalidBatchSize', 400, `expected ${minBatch} reports, got ${sum.reports}`);
    await sql.query(
      `UPDATE batches SET state = 'closing', collection_id = $3 WHERE task_id = $1 AND number = $2`,
      [taskId, batch, collectionId],
    );
    return { sum };
  }

  return { app, prepareWaiting: () => preparer.prepareWaiting().catch(onFailure) };
}

const answerOf = (
  reports: number | null,
  leaderShare: Uint8Array,
  helperShare: Uint8Array,
): CollectAnswer => ({
  reports: reports ?? 0,
  leaderShare: Buffer.from(leaderShare),
  helperShare: Buffer.from(helperShare),
});
