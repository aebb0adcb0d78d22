import { createReadStream, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { CliError, errorAt } from '../cli-error.ts';

/** One line of a file with its 1-based number, for messages. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** The path of `<name>.jsonl.gz` or, where that is missing, `<name>.jsonl`; undefined where the folder has neither. */
export const findJsonlIfAny = (folder: string, name: string): string | undefined =>
  [`${name}.jsonl.gz`, `${name}.jsonl`].map((file) => join(folder, file)).find((path) => existsSync(path));

/** The same. @throws CliError when the folder has neither */
export function findJsonl(folder: string, name: string): string {
  const found = findJsonlIfAny(folder, name);
  if (found === undefined)
    throw new CliError(`expected ${name}.jsonl.gz or ${name}.jsonl in ${folder}, found neither`);
  return found;
}

/** The lines of a text file, unpacked when its name ends in `.gz`, holding one chunk at a time. Blank lines are skipped. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const file = createReadStream(path, { highWaterMark: 1 << 16 });
  const bytes = path.endsWith('.gz') ? file.pipe(createGunzip({ chunkSize: 1 << 16 })) : file;
  file.on('error', (error) => bytes.destroy(error));
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let number = 0;
  try {
    for await (const chunk of bytes) {
      const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) {
        number += 1;
        if (text.trim() !== '') yield { number, text };
      }
    }
  } catch (error) {
    if (error instanceof CliError || !isReadFailure(error)) throw error;
    throw errorAt(
      path,
      number + 1,
      `${basename(path)} cannot be read on from here (${error.message}); is it complete?`,
    );
  } finally {
    file.destroy();
  }
  rest += decoder.end();
  if (rest.trim() !== '') yield { number: number + 1, text: rest };
}

/** Errors of the file system and of zlib carry a code such as ENOENT or Z_BUF_ERROR. */
function isReadFailure(error: unknown): error is Error {
  return error instanceof Error && 'code' in error;
}
