import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Task } from '@divviup/dap';
import type { AggregatorConfig, CollectorConfig } from '../../src/coordinator/role-config.ts';
import { type ContributionTask, vectorOf } from '../../src/wire/contribution-task.ts';

const CLI = 'dist/cli/main.js';
export type RoleName = 'leader' | 'helper' | 'collector';

export interface Deployment {
  readonly folder: string;
  readonly tasks: readonly ContributionTask[];
  readonly leader: AggregatorConfig;
  readonly helper: AggregatorConfig;
  readonly collector: CollectorConfig;
  readonly ports: Readonly<Record<RoleName, number>>;
  start(role: RoleName, env?: Readonly<Record<string, string>>): Promise<RoleProcess>;
  remove(): void;
}

export interface RoleProcess {
  readonly process: ChildProcess;
  /** What it wrote to its standard error so far. */
  readonly errors: () => string;
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new TypeError('expected a port');
  return address.port;
}

/** Runs the built command to its end. */
export async function runCli(
  args: readonly string[],
): Promise<{ status: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [CLI, ...args]);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const status = await new Promise<number | null>((done) => child.on('close', done));
  return { status, out, err };
}

/** Keys and files of a deployment whose three roles run as processes of their own, on ports of this machine. */
export async function deploy(options: readonly string[] = []): Promise<Deployment> {
  const folder = mkdtempSync(join(tmpdir(), 'reshelf-coordinator-'));
  const ports = { leader: await freePort(), helper: await freePort(), collector: await freePort() };
  const address = (role: RoleName) => `http://127.0.0.1:${ports[role]}/`;
  const addresses = (['leader', 'helper', 'collector'] as const).flatMap((role) => [
    `--${role}`,
    address(role),
  ]);
  const made = await runCli(['coordinator', 'init', folder, ...addresses, '--min-batch', '50', ...options]);
  if (made.status !== 0) throw new Error(made.err);
  const read = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  return {
    folder,
    ports,
    tasks: read('tasks'),
    leader: read('leader'),
    helper: read('helper'),
    collector: read('collector'),
    async start(role, env = {}) {
      const noise = options.includes('--unsafe-no-noise') ? ['--unsafe-no-noise'] : [];
      const child = spawn(
        process.execPath,
        [
          CLI,
          'coordinator',
          role,
          '--config',
          join(folder, `${role}.json`),
          '--data',
          join(folder, role),
          '--port',
          `${ports[role]}`,
          '--collect-every',
          '0',
          ...noise,
        ],
        { env: { ...process.env, ...env } },
      );
      let errors = '';
      child.stderr.on('data', (chunk) => {
        errors += chunk;
      });
      const ended = new Promise<void>((done) => child.on('close', () => done()));
      await new Promise<void>((ready, fail) => {
        child.stdout.on('data', (chunk) => {
          if (`${chunk}`.includes('on port')) ready();
        });
        child.on('close', (code) => fail(new Error(`${role} ended with ${code}: ${errors}`)));
      });
      return {
        process: child,
        errors: () => errors,
        async kill(signal) {
          child.kill(signal);
          await ended;
        },
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }), // a role that was killed may still write
  };
}

/** A library client of a task, unmodified. */
export function clientOf({
  id,
  leader,
  helper,
  timePrecisionSeconds,
  content,
}: ContributionTask): Task<never, never> {
  const { chunkLength } = content;
  const spec =
    content.kind === 'counts'
      ? ({ type: 'histogram', length: content.buckets.length, chunkLength } as const)
      : ({ type: 'sumVec', ...vectorOf(content), chunkLength } as const);
  return new Task({ ...spec, id, leader, helper, timePrecisionSeconds }) as unknown as Task<never, never>; // either kind
}

/** The bytes of a report. */
export async function reportOf(
  client: Task<never, never>,
  measurement: readonly number[] | number,
): Promise<Buffer> {
  const report = await client.generateReport(measurement as never);
  return report.encode();
}

export const upload = (
  task: ContributionTask,
  body: Uint8Array,
  type = 'application/dap-report',
): Promise<Response> =>
  fetch(new URL(`tasks/${task.id}/reports`, task.leader), {
    method: 'PUT',
    headers: { 'content-type': type },
    body: new Uint8Array(body),
  });

export async function collect({
  collector,
  tasks,
}: Deployment): Promise<{ tasks: { kind: string; reason?: string; reports?: number; batch?: number }[] }> {
  const address = tasks[0]?.collector ?? '';
  const reply = await fetch(new URL('collect', address), {
    method: 'POST',
    headers: { authorization: `Bearer ${collector.operatorToken}` },
  });
  if (!reply.ok) throw new Error(await reply.text());
  return (await reply.json()) as never; // the collector's own answer, looked at by the caller
}

export async function rounds(
  task: ContributionTask,
): Promise<{ batch: number; reports: number; total: number[] }[]> {
  const reply = await fetch(new URL(`tasks/${task.id}/rounds`, task.collector));
  return ((await reply.json()) as { rounds: { batch: number; reports: number; total: number[] }[] }).rounds;
}
