import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.ts';
import { openFolder } from './folder.ts';
import type { Method } from './method.ts';
import { METHODS } from './methods.ts';
import { createProgress } from './progress.ts';
import { toTable } from './report.ts';
import { createScoreCard } from './score-card.ts';
import { survey } from './survey.ts';
import { walk } from './walk.ts';

export const usage = `Usage: reshelf replay <folder> [--split dev] [--methods a,b] [--json]

Asks every ranking method at every task of recorded sessions, and prints how high it puts what was really chosen.

  <folder>    catalog.jsonl, train.jsonl, <split>.jsonl and tasks-<split>.jsonl, plain or .gz
  --split     which sessions and tasks; dev by default
  --methods   only these, of ${METHODS.map(({ name }) => name).join(', ')}; the shop's order is always among them
  --json      one object instead of tables

Intervals are 95 %, clustered by session; ci95 is the half-width on MRR.`;

/** @returns the exit status. @throws CliError with file and line for what cannot be read */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      split: { type: 'string', default: 'dev' },
      methods: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0)
    throw new CliError(
      `expected one folder, got ${positionals.length === 0 ? 'none' : positionals.join(' ')}`,
    );
  const methods = chosen(values.methods);
  const progress = createProgress();
  const folder = await openFolder(path, values.split);
  progress.show('reading the split');
  const found = await survey(folder);
  if (found.tasks === 0)
    throw new CliError(`${folder.tasksFile}: expected at least one task, the file has none`);

  let sessionCount = 0;
  for await (const session of folder.train()) sessionCount = session.index + 1;
  const train = {
    catalogue: folder.catalogue,
    sessionCount,
    listStyle: found.listStyle,
    modelFile: undefined,
    sessions: () => folder.train(),
  };
  const fitted = [];
  for (const method of methods) {
    progress.show(`fitting ${method.name}`);
    fitted.push(await method.fit(train));
  }
  const names = methods.map(({ name }) => name);
  const nonPersonal = methods.filter((method) => method.isNonPersonal).map(({ name }) => name);
  const card = createScoreCard(names, METHODS[0].name, nonPersonal);
  await walk(folder, found, fitted, card, (asked) => progress.show(`task ${asked} of ${found.tasks}`));
  progress.clear();
  const result = { dataset: folder.name, split: values.split, ...card.result() };
  if (values.json) console.log(JSON.stringify({ ...result, methods: Object.fromEntries(result.methods) }));
  else console.log(toTable(result));
  return 0;
}

function chosen(names: string | undefined): readonly Method[] {
  if (names === undefined) return METHODS;
  const wanted = names.split(',');
  for (const name of wanted)
    if (!METHODS.some((method) => method.name === name))
      throw new CliError(
        `--methods: expected names of ${METHODS.map((method) => method.name).join(', ')}; got "${name}"`,
      );
  return METHODS.filter((method) => method === METHODS[0] || wanted.includes(method.name));
}
