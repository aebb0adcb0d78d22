import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CATEGORIES } from './catalogue.ts';

const CLI = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
/** Keys and data of the aggregators beside a shop; `rm -r .demo` to start over. @param firstPort of three in a row */
export const demoFolder = (firstPort: number): string =>
  fileURLToPath(new URL(`../.demo/${firstPort}`, import.meta.url));
const ROLES = ['leader', 'helper', 'collector'] as const;
const MIN_BATCH = 50;
/** A shop in earnest would give more shoppers the personal order. */
const LIFT_SHARES = '40,40,20';

export interface Aggregators {
  readonly addresses: Readonly<Record<(typeof ROLES)[number], string>>;
  /** What the collector's insights are shown for. */
  readonly operatorToken: string;
  /** What they collect: the public file that the shop serves. */
  readonly tasks: string;
  stop(): void;
}

/**
 * The demo's leader, helper and collector, each a process of its own. In earnest the helper is another operator's.
 * @param firstPort of three in a row
 * @returns `undefined`, with the reason told, when one of them does not start
 */
export async function startAggregators(
  firstPort: number,
  folder = demoFolder(firstPort),
): Promise<Aggregators | undefined> {
  const addressOf = (role: (typeof ROLES)[number]) => `http://localhost:${firstPort + ROLES.indexOf(role)}/`;
  const addresses = {
    leader: addressOf('leader'),
    helper: addressOf('helper'),
    collector: addressOf('collector'),
  };
  if (!existsSync(join(folder, 'tasks.json'))) {
    const given = ROLES.flatMap((role) => [`--${role}`, addresses[role]]);
    const made = spawnSync(process.execPath, [
      CLI,
      'coordinator',
      'init',
      folder,
      ...given,
      '--min-batch',
      `${MIN_BATCH}`,
      '--styles',
      CATEGORIES.map(({ slug }) => slug).join(','),
      '--lift',
      LIFT_SHARES,
      '--health',
    ]);
    if (made.status !== 0) return refused(`${made.stderr}`);
  }
  const running: ChildProcess[] = [];
  const stop = () => {
    for (const child of running) child.kill('SIGTERM');
  };
  for (const [at, role] of ROLES.entries()) {
    const own = [
      '--config',
      join(folder, `${role}.json`),
      '--data',
      join(folder, role),
      '--port',
      `${firstPort + at}`,
    ];
    const child = spawn(process.execPath, [CLI, 'coordinator', role, ...own, '--collect-every', '0']);
    running.push(child);
    const problem = await untilReady(child);
    if (problem !== undefined) {
      stop();
      return refused(problem);
    }
  }
  const { operatorToken } = JSON.parse(readFileSync(join(folder, 'collector.json'), 'utf8')) as {
    operatorToken: string;
  };
  return { addresses, operatorToken, tasks: readFileSync(join(folder, 'tasks.json'), 'utf8'), stop };
}

/** @returns what the process said when it ended instead */
function untilReady(child: ChildProcess): Promise<string | undefined> {
  let said = '';
  return new Promise((done) => {
    child.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    child.stdout?.on('data', (chunk) => {
      if (`${chunk}`.includes('on port')) done(undefined);
    });
    child.on('close', () => done(said.trim() || 'it ended without a word'));
    child.on('error', (error) => done(error.message));
  });
}

function refused(reason: string): undefined {
  console.warn(`The two aggregators did not start, the shop goes on without them: ${reason.trim()}`);
}
