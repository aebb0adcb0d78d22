import { join } from 'node:path';
import type { Hono } from 'hono';
import { bestLocalMechanism, estimateCounts } from '../privacy/randomized-response.ts';
import { type LocalAnswer, type LocalTask, parseLocalAnswer, periodOf } from '../wire/local-task.ts';
import { createTables } from './aggregator-tables.ts';
import { type Database, openFolderDatabase, openServerDatabase } from './database.ts';
import { lockFolder } from './folder-lock.ts';
import { createApp, json, readJson } from './http.ts';
import type { LocalConfig } from './local-config.ts';
import { Problem } from './problem.ts';
import type { RoleOptions, RunningRole } from './run-role.ts';

const TABLES = `
CREATE TABLE IF NOT EXISTS answers (
  task_id text NOT NULL,
  period integer NOT NULL,
  answer_id text NOT NULL,
  PRIMARY KEY (task_id, period, answer_id)
);
CREATE TABLE IF NOT EXISTS counts (
  task_id text NOT NULL,
  period integer NOT NULL,
  bucket integer NOT NULL,
  count integer NOT NULL,
  PRIMARY KEY (task_id, period, bucket)
);
`;

/** The single server: what it is told is noise already, so it keeps counts and the ids that count each answer once. */
export async function createLocalServer(
  { tasks }: LocalConfig,
  database: Database,
  nowMs: () => number,
  onFailure: (error: unknown) => void,
): Promise<Hono> {
  await createTables(database, TABLES);
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const app = createApp(onFailure);
  const find = (id: string): LocalTask => {
    const task = byId.get(id);
    if (task === undefined) throw new Problem('unrecognizedTask', 404, 'there is no such task here');
    return task;
  };

  app.post('/tasks/:taskId/answers', async (c) => {
    const task = find(c.req.param('taskId'));
    const answer = await readJson(c, (value) => parseLocalAnswer(value, task.buckets.length));
    check(task, answer);
    await database.transaction(async (sql) => {
      const [isNew] = await sql.query(
        'INSERT INTO answers (task_id, period, answer_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1 AS one',
        [task.id, answer.period, answer.answerId],
      );
      if (isNew === undefined) throw new Problem('reportRejected', 400, 'the answer was given before');
      for (const bucket of answer.reported)
        await sql.query(
          `INSERT INTO counts (task_id, period, bucket, count) VALUES ($1, $2, $3, 1)
           ON CONFLICT (task_id, period, bucket) DO UPDATE SET count = counts.count + 1`,
          [task.id, answer.period, bucket],
        );
    });
    return new Response(null, { status: 201 });
  });

  function check(task: LocalTask, { period, reported }: LocalAnswer): void {
    const current = periodOf(task, nowMs());
    if (nowMs() / 1000 > task.expiresAt) throw new Problem('reportRejected', 400, 'the task has ended');
    if (period > current) throw new Problem('reportTooEarly', 400, 'the answer is from the future');
    if (period < current - 1) throw new Problem('reportRejected', 400, 'the answer is too old');
    const { kind } = bestLocalMechanism(task.buckets.length, task.epsilon);
    if (kind === 'k-rr' && reported.length !== 1)
      throw new Problem('invalidMessage', 400, `expected one bucket, got ${reported.length}`);
  }

  app.get('/tasks/:taskId/counts/:period{[0-9]+}', async (c) => {
    const task = find(c.req.param('taskId'));
    const period = Number(c.req.param('period'));
    if (period > 2 ** 31 - 1) throw new Problem('batchInvalid', 400, 'there is no such period');
    const [row] = await database.query<{ answers: number }>(
      'SELECT count(*)::integer AS answers FROM answers WHERE task_id = $1 AND period = $2',
      [task.id, period],
    );
    const answers = row?.answers ?? 0;
    if (answers < task.minBatch)
      throw new Problem('invalidBatchSize', 400, `expected ${task.minBatch} answers, got ${answers}`);
    const rows = await database.query<{ bucket: number; count: number }>(
      'SELECT bucket, count FROM counts WHERE task_id = $1 AND period = $2',
      [task.id, period],
    );
    const mechanism = bestLocalMechanism(task.buckets.length, task.epsilon);
    const counts = task.buckets.map((_, bucket) => rows.find((one) => one.bucket === bucket)?.count ?? 0);
    const estimates = estimateCounts(mechanism, counts, answers);
    const deviation = Math.sqrt(answers * mechanism.variance);
    return json(
      JSON.stringify({ taskId: task.id, period, answers, mechanism: mechanism.kind, deviation, estimates }),
    );
  });
  return app;
}

export async function runLocal(
  config: LocalConfig,
  { folder, databaseUrl, onFailure }: Pick<RoleOptions, 'folder' | 'databaseUrl' | 'onFailure'>,
): Promise<RunningRole> {
  const lock = databaseUrl === undefined ? lockFolder(folder) : undefined;
  const database =
    databaseUrl === undefined
      ? await openFolderDatabase(join(folder, 'data'), 'reshelf_local')
      : await openServerDatabase(databaseUrl, 'reshelf_local');
  return {
    app: await createLocalServer(config, database, Date.now, onFailure),
    async close() {
      await database.close();
      lock?.release();
    },
  };
}
