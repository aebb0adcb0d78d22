import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { provisionLocal } from '../../coordinator/local-config.ts';
import type { TaskPlan } from '../../coordinator/provision.ts';
import { provision } from '../../coordinator/provision.ts';
import { FEDERATED } from '../../learn/federated-settings.ts';
import { BUDGET, rhoOfSlot, SLOT_MS } from '../../privacy/budget.ts';
import {
  type Content,
  type CountsContent,
  everyMs,
  MAX_BUCKETS,
  MAX_WEIGHTS,
  sensitivitySquared,
  type TalliesContent,
  topicOf,
  vectorOf,
  type WeightsContent,
} from '../../wire/contribution-task.ts';
import { styleBuckets } from '../../wire/styles.ts';
import { CliError } from '../cli-error.ts';
import { FEDERATED_FEATURES, scaleOf } from './federated-features.ts';

export interface InitOptions {
  readonly folder: string;
  readonly leader: string;
  readonly helper: string;
  readonly collector: string;
  readonly region: string;
  readonly minBatch: number;
  readonly epsilon: number;
  readonly features: readonly string[] | undefined;
  readonly counts: readonly string[];
  /** Categories of popular styles. */
  readonly styles: readonly string[];
  /** Percent of shoppers by arm, in the order of `ARMS`; none: no lift is measured. */
  readonly lift: readonly number[];
  readonly valueStep: number;
  readonly isHealth: boolean;
  readonly days: number;
  readonly isLocal: boolean;
  readonly isWithoutNoise: boolean;
}

const DAY_MS = 86_400_000;
const HOUR_SECONDS = 3600;
/** Of a slot's budget; 1 for counts of the shop's own. */
const PARTS: Readonly<Record<string, number>> = { weights: 6, lift: 5, 'popular-styles': 2, health: 1 };

/** Writes the files of a new deployment; an existing one is never overwritten. */
export async function init(options: InitOptions): Promise<number> {
  const { folder, isLocal } = options;
  for (const name of ['leader', 'helper', 'collector', 'tasks', 'local'])
    if (existsSync(join(folder, `${name}.json`)))
      throw new CliError(
        `${join(folder, `${name}.json`)} exists; choose another folder, keys are not overwritten`,
      );
  mkdirSync(folder, { recursive: true });
  const write = (name: string, value: unknown, mode: number) =>
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`, { mode });
  if (isLocal) {
    const { config, tasks } = provisionLocal(
      [...countsOf(options.counts), ...stylesOf(options.styles)],
      options,
    );
    write('local', config, 0o600);
    write('tasks', tasks, 0o644);
    console.log(`Wrote ${folder}/local.json (secret) and tasks.json (public).`);
    return 0;
  }
  const { tasks, ...roles } = await provision(plansOf(options));
  for (const [name, config] of Object.entries(roles)) write(name, config, 0o600);
  write('tasks', tasks, 0o644);
  console.log(`Wrote ${folder}/leader.json, helper.json, collector.json (secret) and tasks.json (public).
Give leader.json and helper.json to two operators who do not work together: one who has both can read single reports.`);
  return 0;
}

function plansOf(options: InitOptions): TaskPlan[] {
  const { leader, helper, collector, region, minBatch } = options;
  if (options.epsilon > BUDGET.epsilon)
    throw new CliError(
      `--epsilon: devices refuse to spend more than ${BUDGET.epsilon}, got ${options.epsilon}`,
    );
  const measured = measuredOf(options);
  const slot = rhoOfSlot(options.epsilon);
  const features = options.features ?? FEDERATED_FEATURES;
  if (features.length > MAX_WEIGHTS)
    throw new CliError(`--features: expected at most ${MAX_WEIGHTS}, got ${features.length}`);
  const weights: WeightsContent = {
    kind: 'weights',
    features,
    scales: features.map(scaleOf),
    clip: FEDERATED.clip,
    rate: FEDERATED.rate,
    bits: FEDERATED.bits,
    chunkLength: chunkFor(features.length * FEDERATED.bits),
  };
  // A slot is shared by what has most to tell apart: one device never spends more in it, whatever it sends.
  const partOf = (content: Content): number => PARTS[topicOf(content)] ?? 1;
  const parts = [...measured, weights].reduce((sum, content) => sum + partOf(content), 0);
  const rhoFor = (content: Content): number =>
    (slot * partOf(content)) / parts / Math.ceil(SLOT_MS / everyMs(content));
  return [weights, ...measured].map((content) => ({
    region,
    leader,
    helper,
    collector,
    timePrecisionSeconds: HOUR_SECONDS,
    minBatch,
    expiresAt: Math.floor((Date.now() + options.days * DAY_MS) / 1000),
    variance: options.isWithoutNoise ? 0 : Math.ceil(sensitivitySquared(content) / (2 * rhoFor(content))),
    content,
  }));
}

function countsOf(texts: readonly string[]): CountsContent[] {
  return texts.map((text) => {
    const [topic = '', list = ''] = text.split('=', 2);
    const buckets = list.split(',').map((bucket) => bucket.trim());
    if (!/^[a-z][a-z-]{0,31}$/.test(topic) || buckets.length < 2 || buckets.length > MAX_BUCKETS)
      throw new CliError(
        `--counts: expected <topic>=<bucket>,... with 2 to ${MAX_BUCKETS} buckets, got "${text.slice(0, 60)}"`,
      );
    return { kind: 'counts', topic, buckets, chunkLength: chunkFor(buckets.length) };
  });
}

function measuredOf({ counts, styles, lift, valueStep, isHealth }: InitOptions): Content[] {
  const tallies = (
    topic: TalliesContent['topic'],
    shares: readonly number[],
    step: number,
  ): TalliesContent => {
    const content = { kind: 'tallies', topic, shares, valueStep: step, chunkLength: 1 } as const;
    const { length, bits } = vectorOf(content);
    return { ...content, chunkLength: chunkFor(length * bits) };
  };
  return [
    ...countsOf(counts),
    ...stylesOf(styles),
    ...(lift.length === 0 ? [] : [tallies('lift', lift, valueStep)]),
    ...(isHealth ? [tallies('health', [0, 0, 0], 0)] : []),
  ];
}

function stylesOf(categories: readonly string[]): CountsContent[] {
  if (categories.length === 0) return [];
  try {
    const buckets = styleBuckets(categories);
    return [{ kind: 'counts', topic: 'popular-styles', buckets, chunkLength: chunkFor(buckets.length) }];
  } catch (error) {
    throw new CliError(`--styles: ${(error as Error).message}`);
  }
}

/** About the square root of the proof's length is cheapest (VDAF-08, section 7.4.3). */
const chunkFor = (length: number): number => Math.max(1, Math.round(Math.sqrt(length)));
