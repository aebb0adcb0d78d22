import { join } from 'node:path';
import type { Hono } from 'hono';
import { createRandomIntegers } from '../privacy/random-integers.ts';
import { createCollector } from './collector.ts';
import { type Database, openFolderDatabase, openServerDatabase } from './database.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import { createHelper } from './helper.ts';
import { createLeader } from './leader.ts';
import type { RoleConfig } from './role-config.ts';

export interface RoleOptions {
  /** Where the role's data is; used when there is no `databaseUrl`. One folder a role, one process a folder. */
  readonly folder: string;
  readonly databaseUrl: string | undefined;
  /** How often the collector asks for the next batch, in ms; 0: only when it is told to. */
  readonly collectEveryMs: number;
  readonly onFailure: (error: unknown) => void;
  readonly fetch?: typeof fetch;
}

export interface RunningRole {
  readonly app: Hono;
  close(): Promise<void>;
}

/** What waits for the helper is tried again this often. */
const PREPARE_EVERY_MS = 2_000;

/** One role at work, without its HTTP server: database, timers, application. */
export async function runRole(config: RoleConfig, options: RoleOptions): Promise<RunningRole> {
  const { folder, databaseUrl, collectEveryMs, onFailure } = options;
  const schema = `reshelf_${config.role}` as const;
  let lock: FolderLock | undefined;
  let database: Database;
  if (databaseUrl === undefined) {
    lock = lockFolder(folder);
    database = await openFolderDatabase(join(folder, 'data'), schema);
  } else database = await openServerDatabase(databaseUrl, schema);

  const fetchNow: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init));
  const shared = { database, onFailure, fetch: fetchNow };
  const random = createRandomIntegers((into) => crypto.getRandomValues(into));
  const now = () => Date.now() / 1000;
  let app: Hono;
  let work: (() => Promise<unknown>) | undefined;
  let everyMs = 0;
  if (config.role === 'collector') {
    const collector = await createCollector({ config, nowMs: Date.now, ...shared });
    app = collector.app;
    work = () => collector.collectAll().catch(onFailure);
    everyMs = collectEveryMs;
  } else if (config.role === 'leader') {
    const leader = await createLeader({ config, random, now, isAlone: databaseUrl === undefined, ...shared });
    app = leader.app;
    work = leader.prepareWaiting;
    everyMs = PREPARE_EVERY_MS;
  } else app = await createHelper({ config, random, now, ...shared });
  let atWork: Promise<unknown> = Promise.resolve();
  const timer =
    work === undefined || everyMs === 0
      ? undefined
      : setInterval(() => {
          atWork = atWork.then(work);
        }, everyMs);
  return {
    app,
    async close() {
      clearInterval(timer);
      await atWork;
      await database.close();
      lock?.release();
    },
  };
}
