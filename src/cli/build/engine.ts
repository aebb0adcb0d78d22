import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import { CliError } from '../cli-error.ts';

/** Kept in step with `peerDependencies`; a test compares them. */
export const DUCKDB_VERSION = '1.5.6-r.1';
/** What does not fit goes to the temporary folder. */
const MEMORY_LIMIT = '512MB';
const THREADS = '2';

type Value = string | number | bigint | null | readonly number[];

/** DuckDB over a file in a temporary folder of its own, which `close` deletes. */
export interface Engine {
  run(sql: string): Promise<void>;
  /** The one number that the query gives. */
  count(sql: string): Promise<number>;
  /** Rows as arrays, some at a time. */
  rows(sql: string): AsyncGenerator<Value[][]>;
  append(table: string): Promise<DuckDBAppender>;
  close(): Promise<void>;
}

type DuckDB = typeof import('@duckdb/node-api');

/**
 * @param load for tests of a machine that lacks the optional package
 * @throws CliError that says how to install DuckDB when it is missing
 */
export async function openEngine(
  load: () => Promise<DuckDB> = () => import('@duckdb/node-api'),
): Promise<Engine> {
  const duckdb = await loadDuckDB(load);
  const folder = await mkdtemp(join(tmpdir(), 'reshelf-build-'));
  const instance = await duckdb.DuckDBInstance.create(join(folder, 'build.duckdb'), {
    memory_limit: MEMORY_LIMIT,
    temp_directory: join(folder, 'spill'),
    threads: THREADS,
    preserve_insertion_order: 'false', // rows are ordered by name where it matters; streaming needs less memory so
    autoinstall_known_extensions: 'false', // nothing is downloaded
  });
  const connection = await instance.connect();
  return {
    run: async (sql) => void (await connection.run(sql)),
    async count(sql) {
      const reader = await connection.runAndReadAll(sql);
      return Number(reader.getRowsJS()[0]?.[0] ?? 0);
    },
    rows: (sql) => stream(connection, sql),
    append: (table) => connection.createAppender(table),
    async close() {
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function* stream(connection: DuckDBConnection, sql: string): AsyncGenerator<Value[][]> {
  const result = await connection.stream(sql);
  for await (const rows of result.yieldRowsJs()) yield rows as Value[][]; // our queries select only these types
}

async function loadDuckDB(load: () => Promise<DuckDB>): Promise<DuckDB> {
  try {
    return await load();
  } catch (error) {
    throw new CliError(
      `"reshelf build" counts orders with DuckDB, an optional package that is not installed here; install it with: npm install --save-dev @duckdb/node-api@${DUCKDB_VERSION}`,
      { cause: error },
    );
  }
}
