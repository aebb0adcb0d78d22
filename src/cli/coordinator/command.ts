import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.ts';
import { init } from './init.ts';
import { janusTask } from './janus-task.ts';
import { collectNow, rollback } from './operate.ts';
import { serveAll, serveLocal, serveRole } from './serve.ts';

export const usage = `Usage: reshelf coordinator <what> [options]

Sums what shoppers' devices contribute, without seeing what any one of them sent.

  init <folder>      draw the keys of a deployment: leader.json, helper.json, collector.json (secret), tasks.json (public)
    --leader, --helper, --collector   addresses of the three, ending in a slash; on this machine by default
    --region         which shoppers it is for; "eu" by default
    --min-batch      reports that are released together, 50 or more; 100 by default
    --epsilon        what twelve contributions may cost a shopper; 4 by default, at delta 1e-6
    --features       names of the features learned, with commas; 32 by default
    --counts         <topic>=<bucket>,<bucket>,... for a task of counts as well; may be given again
    --styles         <category>,<category>,... for popular styles: the shop's categories, at most 31
    --lift           percent of shoppers by arm: personalized,holdout,interleaved, e.g. 45,45,10
    --value-step     width of a step of order value for --lift, in the shop's currency; 25 by default
    --health         counts of how the shop fares on devices
    --days           days until the tasks end; 400 by default

  leader|helper|collector   run one role; the leader and the helper belong on machines of two operators
    --config         the role's file
    --data           the role's own folder; DATABASE_URL=postgres://... is used instead when it is set
    --port           4180, 4181, 4182 by default
    --collect-every  seconds between the collector's questions; 60 by default, 0 for never

  all <folder>       all three in one process, for a try: ONE trust domain, whoever runs it could read single reports
    --port           4180 by default; the addresses given to init are then http://localhost:<port>/leader/ and so on

  local              the single server for counts with noise from the device itself (no second aggregator needed)
    --config         a file made by: reshelf coordinator init --local
    --data, --port   as above

The collector shows all of it at /insights, to a browser that gives the operatorToken of collector.json as password.

  collect --config <collector.json>                 ask for the next batch now
  rollback --config <collector.json> --version <n>  put an earlier model in force; 0 is the one that ships
  janus-task --config <leader.json|helper.json>     the same tasks for Divvi Up's Janus 0.7, as YAML

What is kept: reports until their batch is released, then their ids for two weeks; nothing says who sent one.`;

/** @returns the exit status @throws CliError */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      leader: { type: 'string' },
      helper: { type: 'string' },
      collector: { type: 'string' },
      region: { type: 'string', default: 'eu' },
      'min-batch': { type: 'string', default: '100' },
      epsilon: { type: 'string', default: '4' },
      features: { type: 'string' },
      counts: { type: 'string', multiple: true, default: [] },
      styles: { type: 'string' },
      lift: { type: 'string' },
      'value-step': { type: 'string', default: '25' },
      health: { type: 'boolean', default: false },
      days: { type: 'string', default: '400' },
      local: { type: 'boolean', default: false },
      config: { type: 'string' },
      data: { type: 'string' },
      port: { type: 'string' },
      'collect-every': { type: 'string', default: '60' },
      version: { type: 'string' },
      'unsafe-no-noise': { type: 'boolean', default: false },
    },
  });
  const [what, folder, ...more] = positionals;
  const misplaced = more[0] ?? (what === 'init' || what === 'all' ? undefined : folder);
  if (misplaced !== undefined)
    throw new CliError(`expected options only after "${what}", got "${misplaced}"`);
  const needed = (name: 'config' | 'data' | 'version'): string => {
    const value = values[name];
    if (value === undefined) throw new CliError(`coordinator ${what}: expected --${name}`);
    return value;
  };
  const folderGiven = (): string => folder ?? missingFolder(what);
  const port = (standard: number): number => toWhole('port', values.port ?? `${standard}`, 0, 65_535);
  switch (what) {
    case 'init':
      return init({
        folder: folderGiven(),
        leader: values.leader ?? 'http://localhost:4180/',
        helper: values.helper ?? 'http://localhost:4181/',
        collector: values.collector ?? 'http://localhost:4182/',
        region: values.region,
        minBatch: toWhole('min-batch', values['min-batch'], 50, 1_000_000),
        epsilon: toPositive('epsilon', values.epsilon),
        features: values.features?.split(','),
        counts: values.counts,
        styles: toWords(values.styles),
        lift: toShares(values.lift),
        valueStep: toWhole('value-step', values['value-step'], 1, 1_000_000),
        isHealth: values.health,
        days: toWhole('days', values.days, 1, 3650),
        isLocal: values.local,
        isWithoutNoise: values['unsafe-no-noise'],
      });
    case 'leader':
    case 'helper':
    case 'collector':
      return serveRole(what, {
        configFile: needed('config'),
        folder: values.data,
        port: port({ leader: 4180, helper: 4181, collector: 4182 }[what]),
        collectEveryMs: 1000 * toWhole('collect-every', values['collect-every'], 0, 86_400),
        isWithoutNoise: values['unsafe-no-noise'],
      });
    case 'all':
      return serveAll({
        folder: folderGiven(),
        port: port(4180),
        collectEveryMs: 1000 * toWhole('collect-every', values['collect-every'], 0, 86_400),
        isWithoutNoise: values['unsafe-no-noise'],
      });
    case 'local':
      return serveLocal({ configFile: needed('config'), folder: values.data, port: port(4183) });
    case 'collect':
      return collectNow(needed('config'));
    case 'rollback':
      return rollback(needed('config'), toWhole('version', needed('version'), 0, 2 ** 31 - 1));
    case 'janus-task':
      return janusTask(needed('config'));
    default:
      throw new CliError(
        `expected init, leader, helper, collector, all, local, collect, rollback or janus-task, got ${what ?? 'nothing'}; reshelf coordinator --help tells more`,
      );
  }
}

function missingFolder(what: string | undefined): never {
  throw new CliError(`coordinator ${what}: expected a folder`);
}

function toWhole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new CliError(`--${name}: expected a whole number from ${least} to ${most}, got "${text}"`);
  return value;
}

const toWords = (text: string | undefined): string[] =>
  (text ?? '').split(',').flatMap((word) => word.trim() || []);

function toShares(text: string | undefined): number[] {
  if (text === undefined) return [];
  const shares = text.split(',').map(Number);
  const isWhole = shares.length === 3 && shares.every((share) => Number.isInteger(share) && share >= 0);
  const [personalized = 0, holdout = 0] = shares;
  if (!isWhole || shares.reduce((sum, share) => sum + share, 0) !== 100 || personalized * holdout === 0)
    throw new CliError(
      `--lift: expected three whole percents of 100 together, the first two above 0, got "${text}"`,
    );
  return shares;
}

function toPositive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 64))
    throw new CliError(`--${name}: expected a number above 0 and at most 64, got "${text}"`);
  return value;
}
