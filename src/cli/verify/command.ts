import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.ts';
import { check } from './check.ts';
import { LOG_SCHEMA } from './log-schema.ts';

export const usage = `Usage: reshelf verify <receipt.json> [--json]
       reshelf verify --schema

Checks a file of receipts and log that a shopper saved in the privacy panel: its shape, that every link of both chains follows
from the one before, and that each record says what its receipt says. Exit status 1 and the first broken link if it does not.

  --json     one object instead of a sentence
  --schema   prints the JSON Schema of the file`;

const EXIT_BROKEN = 1;

/** @returns the exit status. @throws CliError when the file cannot be read */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, schema: { type: 'boolean', default: false } },
  });
  if (values.schema) {
    console.log(JSON.stringify(LOG_SCHEMA, null, 2));
    return 0;
  }
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new CliError('expected one file, e.g. receipt.json');
  const verdict = await check(await readJson(path));
  if (values.json) console.log(JSON.stringify(verdict));
  else if (verdict.broken === null)
    console.log(
      `intact: ${verdict.records} receipts, ${verdict.actions} log entries, every link follows from the one before`,
    );
  else console.log(`broken: ${verdict.broken}`);
  return verdict.broken === null ? 0 : EXIT_BROKEN;
}

async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new CliError(`${path} cannot be read`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new CliError(`${path}: expected JSON`);
  }
}
