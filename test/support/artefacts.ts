import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { run } from '../../src/cli/build/command.ts';
import { asItemId } from '../../src/core/ids.ts';
import type { ItemArtefacts } from '../../src/rank/shard.ts';
import { type ArtefactLoader, createArtefactLoader } from '../../src/worker/artefact-loader.ts';

/** What one build printed and wrote. */
export interface Built {
  readonly folder: string;
  readonly output: string;
  /** Content by file name. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly manifest: string;
}

/** Runs `body` in a folder of its own, which is deleted afterwards. */
export async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'reshelf-test-'));
  try {
    await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `reshelf build` as the shell would run it. */
export async function build(folder: string, args: readonly string[]): Promise<Built> {
  const said: string[] = [];
  const { log, error } = console;
  console.log = console.error = (...texts: unknown[]) => void said.push(texts.join(' '));
  try {
    await run([...args, '--out', folder]);
  } finally {
    console.log = log;
    console.error = error;
  }
  const names = readdirSync(folder);
  const manifest = names.find((name) => name.startsWith('manifest-')) ?? '';
  const files = new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
  return { folder, output: said.join('\n'), files, manifest };
}

/** The worker's own loader over the files of a build; `asked` fills with the names that it fetched. */
export function loaderOf({ files, manifest }: Built, asked: string[] = []): ArtefactLoader {
  return createArtefactLoader({
    manifestUrl: `https://shop.example/data/${manifest}`,
    onFailure: (failure) => {
      throw failure;
    },
    fetch: async (input) => {
      const name = basename(String(input));
      asked.push(name);
      const bytes = files.get(name);
      return bytes === undefined ? new Response(null, { status: 404 }) : new Response(Uint8Array.from(bytes));
    },
  });
}

/** What the worker gets for one product of a page. */
export async function lookUp(built: Built, category: string, id: string): Promise<ItemArtefacts | undefined> {
  const item = asItemId(id);
  return (await loaderOf(built).load([{ id: item, category }])).get(item);
}
