/** One way to ask either database; rows are plain objects, bytes are Uint8Array. */
export interface Sql {
  query<Row>(text: string, params?: readonly unknown[]): Promise<Row[]>;
}
export interface Database extends Sql {
  /** Everything in `work` or nothing. */
  transaction<Value>(work: (sql: Sql) => Promise<Value>): Promise<Value>;
  close(): Promise<void>;
}

/** The names of the roles' schemas: two roles may share a server, never a table. */
export type SchemaName = 'reshelf_leader' | 'reshelf_helper' | 'reshelf_collector' | 'reshelf_local';

/**
 * PGlite, PostgreSQL inside the process, in a folder of its own. It does not lock the folder: see `lockFolder`.
 * @throws Error with advice when the package is not installed
 */
export async function openFolderDatabase(folder: string, schema: SchemaName): Promise<Database> {
  const { PGlite } = await import('@electric-sql/pglite').catch((cause: unknown) => {
    throw new Error(
      'the coordinator keeps its data with @electric-sql/pglite: npm install @electric-sql/pglite',
      {
        cause,
      },
    );
  });
  const db = await PGlite.create(folder);
  await db.exec(`CREATE SCHEMA IF NOT EXISTS ${schema}; SET search_path TO ${schema}`);
  return {
    query: async <Row>(text: string, params: readonly unknown[] = []) =>
      (await db.query<Row>(text, [...params])).rows,
    transaction: (work) =>
      db.transaction((tx) =>
        work({
          query: async <Row>(text: string, params: readonly unknown[] = []) =>
            (await tx.query<Row>(text, [...params])).rows,
        }),
      ),
    close: () => db.close(),
  };
}

/**
 * PostgreSQL 13 or later; any number of processes may share it.
 * @param url e.g. postgres://user:password@host/database
 * @throws Error with advice when the package is not installed
 */
export async function openServerDatabase(url: string, schema: SchemaName): Promise<Database> {
  const { default: pg } = await import('pg').catch((cause: unknown) => {
    throw new Error('DATABASE_URL is set, and PostgreSQL is reached with pg: npm install pg', { cause });
  });
  const pool = new pg.Pool({ connectionString: url, options: `-c search_path=${schema}`, max: 8 });
  pool.on('error', () => {}); // an idle connection was lost; the next query opens another, and tells if it cannot
  await pool.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`).catch((error: { code?: string }) => {
    if (error.code !== '23505') throw error; // two processes made it at once
  });
  return {
    query: async <Row>(text: string, params: readonly unknown[] = []) =>
      (await pool.query(text, [...params])).rows as Row[],
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const value = await work({
          query: async <Row>(text: string, params: readonly unknown[] = []) =>
            (await client.query(text, [...params])).rows as Row[],
        });
        await client.query('COMMIT');
        client.release();
        return value;
      } catch (error) {
        client.release(
          await client.query('ROLLBACK').then(
            () => false,
            () => true,
          ),
        );
        throw error;
      }
    },
    close: () => pool.end(),
  };
}
