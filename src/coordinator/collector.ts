import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { boundOf, toMeanUpdate } from '../privacy/whole-update.ts';
import type { ContributionTask } from '../wire/contribution-task.ts';
import { readFields } from '../wire/fields.ts';
import type { Signed } from '../wire/released-model.ts';
import { createTables } from './aggregator-tables.ts';
import { decodeCiphertext } from './dap-report.ts';
import type { Database, Sql } from './database.ts';
import { createOpener } from './hpke.ts';
import { askPeer, checkToken, createApp, json, readJson } from './http.ts';
import { addInsights } from './insights/routes.ts';
import { createModelShelf } from './model-shelf.ts';
import { decodeCollectAnswer } from './peer-messages.ts';
import { createPrio, type Prio } from './prio.ts';
import { Problem } from './problem.ts';
import { shareAad, shareInfo } from './release.ts';
import type { CollectorConfig } from './role-config.ts';

export interface CollectorParts {
  readonly config: CollectorConfig;
  readonly database: Database;
  readonly fetch: typeof fetch;
  /** Unix ms. */
  readonly nowMs: () => number;
  readonly onFailure: (error: unknown) => void;
}

/** What came of asking for the next batch of a task. */
export type Collected =
  | { readonly kind: 'released'; readonly batch: number; readonly reports: number }
  | { readonly kind: 'waiting'; readonly reason: string };

export interface Collector {
  readonly app: Hono;
  /** Asks for the next batch of every task that has one; call it now and then. */
  collectAll(): Promise<readonly (Collected & { readonly taskId: string })[]>;
}

const TABLES = `
CREATE TABLE IF NOT EXISTS rounds (
  task_id text NOT NULL,
  batch integer NOT NULL,
  collection_id text NOT NULL,
  state text NOT NULL CHECK (state IN ('asked', 'released')),
  reports integer,
  total text,
  PRIMARY KEY (task_id, batch)
);
ALTER TABLE rounds ADD COLUMN IF NOT EXISTS asked_at bigint NOT NULL DEFAULT 0;
ALTER TABLE rounds ADD COLUMN IF NOT EXISTS released_at bigint NOT NULL DEFAULT 0;
CREATE TABLE IF NOT EXISTS releases (
  task_id text NOT NULL,
  version integer NOT NULL,
  text text NOT NULL,
  signature text NOT NULL,
  PRIMARY KEY (task_id, version)
);
CREATE TABLE IF NOT EXISTS pointers (
  task_id text PRIMARY KEY,
  sequence integer NOT NULL,
  text text NOT NULL,
  signature text NOT NULL
);
`;

/** Opens what the aggregators release, and nothing before: sums with noise are all that it ever sees. */
export async function createCollector({
  config,
  database,
  fetch,
  nowMs,
  onFailure,
}: CollectorParts): Promise<Collector> {
  await createTables(database, TABLES);
  const opener = await createOpener(config.seal);
  const shelf = await createModelShelf(config.signingKey);
  // A verify key is needed only to check reports, of which none come here.
  const tasks = new Map(
    config.tasks.map((task) => [task.id, { task, prio: createPrio(task.content, Buffer.alloc(16)) }]),
  );
  const app = createApp(onFailure);

  function find(taskId: string | undefined): { task: ContributionTask; prio: Prio } {
    const known = taskId === undefined ? undefined : tasks.get(taskId);
    if (known === undefined) throw new Problem('unrecognizedTask', 404, 'there is no such task here');
    return known;
  }

  app.get('/tasks/:taskId/model', async (c) => {
    const { task } = find(c.req.param('taskId'));
    return json(JSON.stringify(await shelf.current(database, task.id)));
  });

  app.get('/tasks/:taskId/rounds', async (c) => {
    const { task } = find(c.req.param('taskId'));
    const rows = await database.query<{ batch: number; reports: number; total: string }>(
      `SELECT batch, reports, total FROM rounds WHERE task_id = $1 AND state = 'released' ORDER BY batch`,
      [task.id],
    );
    const rounds = rows.map(({ batch, reports, total }) => ({
      batch,
      reports,
      total: JSON.parse(total) as number[],
    }));
    return json(JSON.stringify({ taskId: task.id, noise: Math.sqrt(2 * task.variance), rounds }));
  });

  app.post('/tasks/:taskId/rollback', async (c) => {
    checkToken(c, config.operatorToken);
    const { task } = find(c.req.param('taskId'));
    const version = await readJson(c, (value) =>
      readFields(value, 'request').whole('version', 0, 2 ** 31 - 1),
    );
    await database.transaction((sql) => shelf.pointTo(sql, task.id, version));
    return json(JSON.stringify(await shelf.current(database, task.id)));
  });

  app.post('/collect', async (c) => {
    checkToken(c, config.operatorToken);
    return json(JSON.stringify({ tasks: await collectAll() }));
  });

  addInsights(app, { config, database, shelf, nowMs });

  async function collectAll(): Promise<(Collected & { taskId: string })[]> {
    const all = [];
    for (const [taskId, known] of tasks) all.push({ taskId, ...(await collect(known.task, known.prio)) });
    return all;
  }

  async function collect(task: ContributionTask, prio: Prio): Promise<Collected> {
    const round = await nextRound(task.id);
    let answer: unknown;
    try {
      answer = await askPeer(
        fetch,
        new URL(`tasks/${task.id}/collection_jobs/${round.collection_id}`, task.leader),
        config.collectorToken,
        JSON.stringify({ batch: round.batch }),
        'PUT',
      );
    } catch (error) {
      if (error instanceof Problem && error.status !== 409) return { kind: 'waiting', reason: error.message };
      throw error;
    }
    const { reports, leaderShare, helperShare } = decodeCollectAnswer(answer);
    const aad = shareAad(task.id, round.batch, reports);
    const open = (share: Buffer, role: 'leader' | 'helper') =>
      opener.open(decodeCiphertext(share), shareInfo(role), aad);
    const total = prio.total([await open(leaderShare, 'leader'), await open(helperShare, 'helper')]);
    await database.transaction(async (sql) => {
      const [finished] = await sql.query(
        `UPDATE rounds SET state = 'released', reports = $3, total = $4, released_at = $5
         WHERE task_id = $1 AND batch = $2 AND state = 'asked' RETURNING 1 AS one`,
        [task.id, round.batch, reports, JSON.stringify(total.map(Number)), nowMs()],
      );
      if (finished === undefined) return; // another process was faster with the same answer
      await publish(sql, task, total, reports);
    });
    return { kind: 'released', batch: round.batch, reports };
  }

  /** The id under which a batch is asked for is stored first: whoever asks again after a crash is the same collection. */
  function nextRound(taskId: string): Promise<{ batch: number; collection_id: string }> {
    return database.transaction(async (sql) => {
      await sql.query('SELECT pg_advisory_xact_lock(7238, hashtext($1))', [taskId]);
      const [asked] = await sql.query<{ batch: number; collection_id: string }>(
        `SELECT batch, collection_id FROM rounds WHERE task_id = $1 AND state = 'asked'`,
        [taskId],
      );
      if (asked !== undefined) return asked;
      const [made] = await sql.query<{ batch: number; collection_id: string }>(
        `INSERT INTO rounds (task_id, batch, collection_id, state, asked_at)
         SELECT $1, coalesce(max(batch), 0) + 1, $2, 'asked', $3 FROM rounds WHERE task_id = $1
         RETURNING batch, collection_id`,
        [taskId, randomBytes(16).toString('base64url'), nowMs()],
      );
      if (made === undefined) throw new TypeError('expected the new round to be returned');
      return made;
    });
  }

  /** Counts are published as they are; weights become the next release of the model. */
  async function publish(
    sql: Sql,
    task: ContributionTask,
    total: readonly bigint[],
    reports: number,
  ): Promise<void> {
    const { content } = task;
    if (content.kind !== 'weights') return;
    const bound = boundOf(content.bits);
    const mean = toMeanUpdate(total, reports, content.clip, bound);
    const noise = (Math.sqrt(2 * task.variance) * content.clip) / bound / reports;
    await shelf.add(sql, task, content, mean, { reports, noise });
  }

  return { app, collectAll };
}

/** What a client is told of the model in force. */
export interface CurrentModel {
  readonly pointer: Signed | null;
  readonly release: Signed | null;
}
