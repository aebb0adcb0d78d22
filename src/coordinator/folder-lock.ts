import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FolderLock {
  release(): void;
}

/**
 * Takes a folder for this process alone; a process that was killed leaves a lock that the next one takes over at once.
 * @throws Error naming the process that has it
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'lock');
  const own = `${process.pid} ${startOf(process.pid)}`;
  const draft = `${path}-${process.pid}`;
  writeFileSync(draft, own);
  try {
    for (;;) {
      try {
        linkSync(draft, path); // fails when there is one: made whole, or not at all
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = read(path);
      if (holder === undefined) continue; // released just now
      if (isAlive(holder))
        throw new Error(`${folder} is in use by process ${holder.split(' ')[0]}; stop it first`);
      const stale = `${path}-stale-${process.pid}`;
      renameSync(path, stale);
      const taken = read(stale);
      if (taken !== holder && taken !== undefined && isAlive(taken))
        renameSync(stale, path); // another was faster
      else rmSync(stale, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    release() {
      if (read(path) === own) rmSync(path, { force: true });
    },
  };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // it went away, which is an answer
  }
}

function isAlive(holder: string): boolean {
  const [pid = '', start = ''] = holder.split(' ');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return startOf(Number(pid)) === start;
}

/** When the process started, in the kernel's ticks, because numbers are used again; empty where there is no /proc. */
function startOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
