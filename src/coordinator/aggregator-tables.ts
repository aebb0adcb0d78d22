import type { Database, Sql } from './database.ts';

/** The tables of a leader or a helper; the same SQL on PGlite and on PostgreSQL. Nothing in them says who sent a report. */
const TABLES = `
CREATE TABLE IF NOT EXISTS batches (
  task_id text NOT NULL,
  number integer NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'closing', 'released')),
  collection_id text,
  reports integer,
  checksum bytea,
  own_share bytea,
  helper_share bytea,
  PRIMARY KEY (task_id, number)
);
CREATE TABLE IF NOT EXISTS reports (
  task_id text NOT NULL,
  report_id bytea NOT NULL,
  time bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'accepted', 'rejected')),
  reason text,
  batch integer,
  leased_until bigint NOT NULL DEFAULT 0,
  public_share bytea,
  own_input bytea,
  helper_input bytea,
  answer bytea,
  output_share bytea,
  PRIMARY KEY (task_id, report_id)
);
CREATE INDEX IF NOT EXISTS reports_by_batch ON reports (task_id, batch, state);
CREATE INDEX IF NOT EXISTS reports_pending ON reports (task_id) WHERE state = 'pending';
`;

export async function createAggregatorTables(database: Database): Promise<void> {
  await createTables(database, TABLES);
}

/** One statement at a time, because a prepared query takes one; several processes may do it at once. */
export async function createTables(database: Database, tables: string): Promise<void> {
  await database.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock(7237)');
    for (const statement of tables.split(';')) if (statement.trim() !== '') await sql.query(statement);
  });
}

/** The open batch's number, locked against closing until the transaction ends; made when there is none. */
export async function lockOpenBatch(sql: Sql, taskId: string): Promise<number> {
  await sql.query('SELECT pg_advisory_xact_lock(7238, hashtext($1))', [taskId]);
  const [open] = await sql.query<{ number: number }>(
    `SELECT number FROM batches WHERE task_id = $1 AND state = 'open' ORDER BY number DESC LIMIT 1`,
    [taskId],
  );
  if (open !== undefined) return open.number;
  const [next] = await sql.query<{ number: number }>(
    `INSERT INTO batches (task_id, number, state)
     SELECT $1, coalesce(max(number), 0) + 1, 'open' FROM batches WHERE task_id = $1 RETURNING number`,
    [taskId],
  );
  if (next === undefined) throw new TypeError('expected the new batch to be returned');
  return next.number;
}

/** A batch's row, locked until the transaction ends. */
export async function lockBatch(sql: Sql, taskId: string, number: number): Promise<BatchRow | undefined> {
  await sql.query('SELECT pg_advisory_xact_lock(7238, hashtext($1))', [taskId]);
  const [row] = await sql.query<BatchRow>(
    `SELECT number, state, collection_id, reports, checksum, own_share, helper_share
     FROM batches WHERE task_id = $1 AND number = $2 FOR UPDATE`,
    [taskId, number],
  );
  return row;
}

export interface BatchRow {
  readonly number: number;
  readonly state: 'open' | 'closing' | 'released';
  readonly collection_id: string | null;
  readonly reports: number | null;
  readonly checksum: Uint8Array | null;
  readonly own_share: Uint8Array | null;
  readonly helper_share: Uint8Array | null;
}
