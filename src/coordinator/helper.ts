import type { Hono } from 'hono';
import type { RandomIntegers } from '../privacy/random-integers.ts';
import { createAggregatorTables, lockBatch } from './aggregator-tables.ts';
import { readBytes } from './bytes.ts';
import { CONFIG_LIST_TYPE, decodePlaintextShare, inputShareAad, inputShareInfo } from './dap-report.ts';
import type { Database, Sql } from './database.ts';
import { createOpener, encodeConfigList, type Opener } from './hpke.ts';
import { checkToken, createApp, json, readJson } from './http.ts';
import {
  decodePrepareRequest,
  decodeReleaseRequest,
  encodePrepareAnswers,
  encodeShare,
  type PrepareAnswer,
  type PrepareReport,
  type PrepareRequest,
  type ReleaseRequest,
} from './peer-messages.ts';
import { createPrio, type Prio } from './prio.ts';
import { Problem } from './problem.ts';
import { readBatch, releaseBatch } from './release.ts';
import { checkTime } from './report-times.ts';
import type { AggregatorConfig, AggregatorTask } from './role-config.ts';

export interface AggregatorParts {
  readonly config: AggregatorConfig;
  readonly database: Database;
  readonly random: RandomIntegers;
  /** Unix seconds. */
  readonly now: () => number;
  /** Told of failures that are not the sender's; the answer is a problem document all the same. */
  readonly onFailure: (error: unknown) => void;
}

interface Known extends AggregatorTask {
  readonly prio: Prio;
}

/** The second aggregator: holds the other half of every report, and counts none that the leader does not name. */
export async function createHelper({
  config,
  database,
  random,
  now,
  onFailure,
}: AggregatorParts): Promise<Hono> {
  await createAggregatorTables(database);
  const opener = await createOpener(config.seal);
  const tasks = knownTasks(config);
  const app = createApp(onFailure);
  serveConfigList(app, config, tasks);

  app.post('/prepare', async (c) => {
    checkToken(c, config.peerToken);
    const request = await readJson(c, decodePrepareRequest);
    const known = findTask(tasks, request.taskId);
    return json(encodePrepareAnswers(await prepareAll(request, known)));
  });

  app.post('/release', async (c) => {
    checkToken(c, config.peerToken);
    const request = await readJson(c, decodeReleaseRequest);
    const known = findTask(tasks, request.taskId);
    return json(encodeShare(await database.transaction((sql) => release(sql, request, known))));
  });

  /** Answers are kept with the reports, so that a leader that was killed hears the same again. */
  async function prepareAll(
    { taskId, batch, reports }: PrepareRequest,
    known: Known,
  ): Promise<PrepareAnswer[]> {
    const ids = reports.map(({ id }) => id);
    const before = await database.query<{
      report_id: Uint8Array;
      batch: number;
      answer: Uint8Array | null;
      reason: string | null;
    }>(
      `SELECT report_id, batch, answer, reason FROM reports WHERE task_id = $1 AND report_id = ANY($2::bytea[])`,
      [taskId, ids],
    );
    const seen = new Map(before.map((row) => [Buffer.from(row.report_id).toString('hex'), row]));
    const prepared: Judged[] = [];
    for (const report of reports) {
      const old = seen.get(report.id.toString('hex'));
      if (old === undefined) prepared.push(await prepare(known, opener, report, now()));
      else if (old.batch === batch && old.answer !== null)
        prepared.push({ answer: { message: Buffer.from(old.answer) } });
      else prepared.push({ answer: { reason: old.reason ?? 'the report was counted in another batch' } });
    }
    await database.transaction(async (sql) => {
      await sql.query(
        `INSERT INTO batches (task_id, number, state) VALUES ($1, $2, 'open') ON CONFLICT DO NOTHING`,
        [taskId, batch],
      );
      const row = await lockBatch(sql, taskId, batch);
      if (row?.state !== 'open')
        throw new Problem('batchQueriedTooManyTimes', 409, `batch ${batch} was released`);
      for (const [at, report] of reports.entries()) {
        const { answer, output } = prepared[at] as Judged; // one a report
        if (seen.has(report.id.toString('hex'))) continue;
        const [stored] = await sql.query(
          `INSERT INTO reports (task_id, report_id, time, state, reason, batch, answer, output_share)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING 1 AS one`,
          'message' in answer
            ? [taskId, report.id, report.time, 'accepted', null, batch, answer.message, output]
            : [taskId, report.id, report.time, 'rejected', answer.reason, batch, null, null],
        );
        if (stored === undefined)
          throw new Problem('unavailable', 503, 'the same reports are being prepared; ask again');
      }
    });
    return prepared.map(({ answer }) => answer);
  }

  async function release(sql: Sql, request: ReleaseRequest, { task, prio }: Known): Promise<Buffer> {
    const { taskId, batch, collectionId } = request;
    const row = await lockBatch(sql, taskId, batch);
    if (row === undefined) throw new Problem('batchInvalid', 400, `there is no batch ${batch}`);
    if (row.state === 'released') {
      if (row.collection_id === collectionId && row.own_share !== null) return Buffer.from(row.own_share);
      throw new Problem('batchQueriedTooManyTimes', 409, `batch ${batch} was released to another collection`);
    }
    const held = await readBatch(sql, taskId, batch);
    if (held.reports !== request.reports || !held.checksum.equals(request.checksum))
      throw new Problem(
        'batchMismatch',
        409,
        `the leader holds ${request.reports} reports of batch ${batch}, the helper ${held.reports}, or others`,
      );
    if (held.reports < task.minBatch)
      throw new Problem('invalidBatchSize', 400, `expected ${task.minBatch} reports, got ${held.reports}`);
    const { collectorSeal: collector } = config;
    const parts = { role: 'helper', taskId, prio, variance: task.variance, random, collector } as const;
    return releaseBatch(sql, parts, batch, held, collectionId);
  }
  return app;
}

interface Judged {
  readonly answer: PrepareAnswer;
  readonly output?: Buffer;
}

async function prepare(
  { task, prio }: Known,
  opener: Opener,
  report: PrepareReport,
  now: number,
): Promise<Judged> {
  try {
    checkTime(task, report.time, now);
    const plain = await openShare(opener, 'helper', task.id, report);
    const own = await prio.prepare('helper', report.id, report.publicShare, plain);
    const message = await prio.combine([report.leaderShare, own.share]);
    return { answer: { message }, output: own.finish(message) };
  } catch (error) {
    const known = error instanceof Problem ? error.message : 'the helper’s share is not what it claims';
    return { answer: { reason: known } };
  }
}

/** @throws Problem, or an error of what cannot be opened */
export async function openShare(
  opener: Opener,
  role: 'leader' | 'helper',
  taskId: string,
  report: Pick<PrepareReport, 'id' | 'time' | 'publicShare' | 'ciphertext'>,
): Promise<Buffer> {
  const { ciphertext } = report;
  if (ciphertext.configId !== opener.configId)
    throw new Problem('outdatedConfig', 400, `the ${role} has no key ${ciphertext.configId}`);
  const aad = inputShareAad(Buffer.from(taskId, 'base64url'), report);
  return decodePlaintextShare(await opener.open(ciphertext, inputShareInfo(role), aad));
}

export function knownTasks({ tasks }: AggregatorConfig): ReadonlyMap<string, Known> {
  return new Map(
    tasks.map((known) => [
      known.task.id,
      { ...known, prio: createPrio(known.task.content, Buffer.from(known.verifyKey, 'base64url')) },
    ]),
  );
}

/** @throws Problem */
export function findTask<Task>(tasks: ReadonlyMap<string, Task>, id: string | undefined): Task {
  const known = id === undefined ? undefined : tasks.get(id);
  if (known === undefined) throw new Problem('unrecognizedTask', 404, 'there is no such task here');
  return known;
}

/** DAP-09, section 4.4.1: the key to seal to. */
export function serveConfigList(
  app: Hono,
  { seal }: AggregatorConfig,
  tasks: ReadonlyMap<string, unknown>,
): void {
  const list = encodeConfigList(seal);
  readBytes(list).opaque16(); // a list that our own reader cannot read is not sent
  app.get('/hpke_config', (c) => {
    findTask(tasks, c.req.query('task_id'));
    return new Response(new Uint8Array(list), {
      headers: { 'content-type': CONFIG_LIST_TYPE, 'cache-control': 'max-age=86400' },
    });
  });
}
