import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.ts';
import type { Method } from './method.ts';
import { METHODS } from './methods.ts';
import { createProgress } from './progress.ts';
import { replay } from './replay.ts';
import { toJson, toTables } from './report.ts';

export const usage = `Usage: reshelf replay <folder> [options]

Asks every ranking method at every task of recorded sessions, event by event as a browser would, and prints how high
each puts the product that the shopper went for next.

  <folder>             catalog.jsonl, train.jsonl, <split>.jsonl and tasks-<split>.jsonl, each plain or .gz
  --split <name>       which sessions and tasks to replay (default dev)
  --model <file>       weights for Reshelf's own ranker in place of the package's (see reshelf train)
  --methods <a,b>      only these, of ${METHODS.map(({ name }) => name).join(', ')}
  --json               one JSON object instead of tables
  --help               this text

Whatever is learned comes from train alone. Intervals are 95 %, clustered by session; ci95 is the half-width on MRR.
deltaShop and deltaNonPersonal are the method's MRR minus that of the shop's order and of "non-personal", the best
order that is not personal (the highest MRR of ${METHODS.filter(({ isNonPersonal }) => isNonPersonal)
  .map(({ name }) => name)
  .join(', ')}), paired by task.
page-context: only tasks after a search, filter or sort, with the context cut at the last one.
one-event: every context cut to its last event.`;

/**
 * @returns the exit status
 * @throws CliError with file and line for what cannot be read; TypeError of `parseArgs` for an unknown option
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      split: { type: 'string', default: 'dev' },
      model: { type: 'string' },
      methods: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0)
    throw new CliError(`expected one folder, got ${positionals.length}: reshelf replay --help tells more`);
  if (values.model !== undefined && !existsSync(values.model))
    throw new CliError(`expected --model to name a file, "${values.model}" does not exist`);
  const wanted = chosen(values.methods);
  const progress = createProgress(process.stderr);
  const result = await replay(
    {
      path,
      split: values.split,
      modelFile: values.model,
      methods: METHODS.filter(({ name, isNonPersonal }) => isNonPersonal === true || wanted(name)),
    },
    progress.show,
  ).finally(progress.clear);
  if (result.oddTasks > 0)
    console.error(
      `reshelf: note: the target of ${result.oddTasks} tasks is not event k of its session, first at ` +
        `${result.tasksFile}:${result.firstOddLine}`,
    );
  console.log(values.json ? toJson(result, wanted) : toTables(result, wanted));
  return 0;
}

/** The names that are printed; the two that all others are compared with always are. */
function chosen(list: string | undefined): (name: string) => boolean {
  if (list === undefined) return () => true;
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !METHODS.some((method: Method) => method.name === name));
  if (unknown !== undefined)
    throw new CliError(
      `expected --methods to name some of ${METHODS.map(({ name }) => name).join(', ')}; got "${unknown}"`,
    );
  return (name) => names.includes(name) || name === 'shop-order' || name === 'non-personal';
}
