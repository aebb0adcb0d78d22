import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { runLocal } from '../../coordinator/local.ts';
import { parseLocalConfig } from '../../coordinator/local-config.ts';
import type { RoleConfig } from '../../coordinator/role-config.ts';
import { type RunningRole, runRole } from '../../coordinator/run-role.ts';
import { CliError } from '../cli-error.ts';
import { readRoleConfig } from './operate.ts';

interface ServeOptions {
  readonly port: number;
  readonly collectEveryMs: number;
  readonly isWithoutNoise: boolean;
}

export async function serveRole(
  role: RoleConfig['role'],
  options: ServeOptions & { readonly configFile: string; readonly folder: string | undefined },
): Promise<number> {
  const config = readRoleConfig(options.configFile);
  if (config.role !== role)
    throw new CliError(`${options.configFile}: expected the ${role}’s file, got the ${config.role}’s`);
  checkNoise(config, options.isWithoutNoise);
  const databaseUrl = process.env.DATABASE_URL;
  if (databaseUrl === undefined && options.folder === undefined)
    throw new CliError(`coordinator ${role}: expected --data, or DATABASE_URL`);
  const { collectEveryMs } = options;
  const running = await start(() =>
    runRole(config, { folder: options.folder ?? '', databaseUrl, collectEveryMs, onFailure: logFailure }),
  );
  return listen(running.app.fetch, options.port, `${role}`, [running]);
}

export async function serveAll(options: ServeOptions & { readonly folder: string }): Promise<number> {
  console.warn(`ONE TRUST DOMAIN: leader, helper and collector run in this one process. Whoever runs it could put the two
halves of a report together and read it. This is for trying things out; give the helper to another operator.`);
  const app = new Hono();
  const running: RunningRole[] = [];
  for (const role of ['helper', 'leader', 'collector'] as const) {
    const config = readRoleConfig(join(options.folder, `${role}.json`));
    checkNoise(config, options.isWithoutNoise);
    const folder = join(options.folder, role);
    const { collectEveryMs } = options;
    const one = await start(() =>
      runRole(config, {
        folder,
        databaseUrl: process.env.DATABASE_URL,
        collectEveryMs,
        onFailure: logFailure,
      }),
    );
    running.push(one);
    app.mount(`/${role}`, one.app.fetch);
  }
  return listen(app.fetch, options.port, 'all three roles', running);
}

export async function serveLocal(options: {
  readonly configFile: string;
  readonly folder: string | undefined;
  readonly port: number;
}): Promise<number> {
  let config: ReturnType<typeof parseLocalConfig>;
  try {
    config = parseLocalConfig(JSON.parse(readFileSync(options.configFile, 'utf8')));
  } catch (error) {
    throw new CliError(`${options.configFile}: ${(error as Error).message}`);
  }
  const databaseUrl = process.env.DATABASE_URL;
  if (databaseUrl === undefined && options.folder === undefined)
    throw new CliError('coordinator local: expected --data, or DATABASE_URL');
  const running = await start(() =>
    runLocal(config, { folder: options.folder ?? '', databaseUrl, onFailure: logFailure }),
  );
  return listen(running.app.fetch, options.port, 'the single server', [running]);
}

/** Failures to start are the operator's to mend. */
async function start(run: () => Promise<RunningRole>): Promise<RunningRole> {
  try {
    return await run();
  } catch (error) {
    throw new CliError((error as Error).message);
  }
}

function checkNoise(config: RoleConfig, isWithoutNoise: boolean): void {
  const tasks = config.role === 'collector' ? config.tasks : config.tasks.map(({ task }) => task);
  if (tasks.some(({ variance }) => variance === 0) && !isWithoutNoise)
    throw new CliError('a task has no noise; that is for tests alone, and --unsafe-no-noise says so');
  if (isWithoutNoise)
    console.warn('NO NOISE: what is released is exact and protects nobody. For tests alone.');
}

const logFailure = (error: unknown): void => console.error(new Date().toISOString(), error);

/**
 * Longer than a proxy or a client keeps an idle connection: with Node's five seconds a request on a slow machine can meet
 * a connection that is just being closed, and is reset.
 */
const KEEP_ALIVE_MS = 65_000;

/** Serves until it is told to stop. */
function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  port: number,
  name: string,
  running: readonly RunningRole[],
): Promise<number> {
  return new Promise((done, fail) => {
    const serverOptions = { keepAliveTimeout: KEEP_ALIVE_MS };
    const server = serve({ fetch, port, serverOptions }, (info) =>
      console.log(`reshelf coordinator: ${name} on port ${info.port}`),
    );
    server.on('error', (error: NodeJS.ErrnoException) =>
      fail(
        error.code === 'EADDRINUSE'
          ? new CliError(`port ${port} is taken; choose another with --port`)
          : error,
      ),
    );
    const stop = () => {
      server.close(() => {
        Promise.all(running.map((one) => one.close())).then(() => done(0), fail);
      });
      if ('closeAllConnections' in server) server.closeAllConnections();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}
