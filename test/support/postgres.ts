import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface PostgresServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** A PostgreSQL of this test alone, on a socket in a folder of its own, without the network; never as root. */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = findBin();
  const folder = mkdtempSync(join(tmpdir(), 'reshelf-postgres-'));
  // PostgreSQL refuses to run as root; an id without a name is enough, but initdb wants one.
  const isRoot = process.getuid?.() === 0;
  const ids = isRoot ? idsOf('postgres') : undefined;
  if (ids !== undefined) chownSync(folder, ids.uid, ids.gid);
  const options = { ...(ids ?? {}), cwd: folder };
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', join(folder, 'data'), '-U', 'reshelf', '--auth=trust', '--no-sync', '-E', 'UTF8'],
    { ...options, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  const server = spawn(join(bin, 'postgres'), ['-D', join(folder, 'data'), '-k', folder, '-h', ''], options);
  const ended = new Promise<void>((done) => server.on('close', () => done()));
  let said = '';
  await new Promise<void>((ready, fail) => {
    server.stderr.on('data', (chunk) => {
      said += chunk;
      if (said.includes('ready to accept connections')) ready();
    });
    server.on('close', () => fail(new Error(said)));
  });
  return {
    url: `postgres://reshelf@/postgres?host=${encodeURIComponent(folder)}`,
    async stop() {
      server.kill('SIGINT'); // fast shutdown
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

function idsOf(user: string): { uid: number; gid: number } {
  const ask = (flag: string) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout.trim());
  return { uid: ask('-u'), gid: ask('-g') };
}

function findBin(): string {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const folders = [
    ...versions.map((version) => join('/usr/lib/postgresql', version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ];
  const found = folders.find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
  if (found === undefined)
    throw new Error('expected PostgreSQL: install it, or put its bin folder on the PATH');
  return dirname(join(found, 'initdb'));
}
