import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { CliError, errorAt } from '../cli-error.ts';

const CHUNK_BYTES = 1 << 17;

/**
 * A text file piece by piece, never whole in memory. Unpacks gzip and reads UTF-16 with a mark, as Excel writes it.
 * The first piece is given even where the file is empty.
 * @throws CliError when the file cannot be read, or is no text in UTF-8
 */
export async function* readText(path: string): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let line = 1;
  try {
    for await (const chunk of await openBytes(path)) {
      const bytes = chunk as Buffer; // a byte stream without an encoding gives buffers
      decoder ??= new TextDecoder(isUtf16(bytes) ? 'utf-16le' : 'utf-8', { fatal: true });
      const text = decoder.decode(bytes, { stream: true });
      yield text;
      line += countLines(text);
    }
    yield decoder?.decode() ?? '';
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw failureOf(path, line, error);
  }
}

/** The first piece, and the whole text again from its start. */
export async function peekText(path: string): Promise<[start: string, text: AsyncGenerator<string>]> {
  const pieces = readText(path);
  const first = await pieces.next();
  const start = first.done === true ? '' : first.value;
  async function* whole(): AsyncGenerator<string> {
    yield start;
    yield* pieces;
  }
  return [start, whole()];
}

async function openBytes(path: string): Promise<AsyncIterable<unknown>> {
  const head = createReadStream(path, { end: 1 });
  let start = Buffer.alloc(0);
  for await (const chunk of head) start = Buffer.concat([start, chunk as Buffer]);
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  if (start[0] !== 0x1f || start[1] !== 0x8b) return file;
  return pipeline(file, createGunzip({ chunkSize: CHUNK_BYTES }), () => {}); // the reader of the last stream is told
}

const isUtf16 = (bytes: Buffer): boolean => bytes[0] === 0xff && bytes[1] === 0xfe;

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function failureOf(path: string, line: number, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return new CliError(`expected the file ${path}, found none`);
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return errorAt(path, line, 'expected text in UTF-8 from about this line on; save the file as UTF-8');
  if (code === '') return error;
  const reason = error instanceof Error ? error.message : code;
  return errorAt(path, line, `cannot be read on from about this line (${reason}); is the file complete?`);
}
