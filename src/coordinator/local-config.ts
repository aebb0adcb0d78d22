import { randomBytes } from 'node:crypto';
import type { CountsContent } from '../wire/contribution-task.ts';
import { readFields } from '../wire/fields.ts';
import { type LocalTask, parseLocalTask } from '../wire/local-task.ts';

export interface LocalConfig {
  readonly role: 'local';
  readonly tasks: readonly LocalTask[];
}

/** Fewer devices than this cannot teach weights under noise of their own: it drowns them. */
const LEAST_FOR_WEIGHTS = 1000;

/** @throws TypeError naming the first field that is not as expected; for weights, why they are refused */
export function parseLocalConfig(value: unknown): LocalConfig {
  const config = readFields(value, 'config');
  config.oneOf('role', ['local']);
  return {
    role: 'local',
    tasks: config.list('tasks', 64).map((task) => {
      if (task.has('features') || task.has('content'))
        throw new TypeError(
          `the single server takes counts only: weights under each device’s own noise are lost below ${LEAST_FOR_WEIGHTS} devices; run two aggregators`,
        );
      return parseLocalTask(task);
    }),
  };
}

interface LocalPlan {
  readonly collector: string;
  readonly region: string;
  readonly epsilon: number;
  readonly minBatch: number;
  readonly days: number;
}

/** A quarter: at epsilon 1 an answer each quarter stays within what devices let pass. */
const PERIOD_DAYS = 92;
const DAY_MS = 86_400_000;

export function provisionLocal(
  contents: readonly CountsContent[],
  { collector, region, epsilon, minBatch, days }: LocalPlan,
): { readonly config: LocalConfig; readonly tasks: readonly LocalTask[] } {
  const tasks = contents.map(
    ({ topic, buckets }): LocalTask => ({
      format: 'reshelf-local-task@1',
      id: randomBytes(32).toString('base64url'),
      region,
      server: collector,
      topic,
      buckets,
      epsilon: Math.min(epsilon, 1),
      periodDays: PERIOD_DAYS,
      minBatch,
      expiresAt: Math.floor((Date.now() + days * DAY_MS) / 1000),
    }),
  );
  return { config: { role: 'local', tasks }, tasks };
}
