import { MAX_BUCKETS, MIN_BATCH_FLOOR } from './contribution-task.ts';
import { type Fields, readFields } from './fields.ts';

/** A count with noise from the device itself, taken by one server that needs no second one. Public. */
export interface LocalTask {
  readonly format: 'reshelf-local-task@1';
  readonly id: string;
  readonly region: string;
  /** The one address that answers go to. */
  readonly server: string;
  readonly topic: string;
  readonly buckets: readonly string[];
  /** What one answer gives away at most, whoever reads it; one answer a period, the same however often it is asked for. */
  readonly epsilon: number;
  readonly periodDays: number;
  readonly minBatch: number;
  /** Unix seconds. */
  readonly expiresAt: number;
}

/** More than this a single answer may not give away. */
const MAX_LOCAL_EPSILON = 2;

/** One device's answer in one period. The id is random and new for each; it is there so that a retry counts once. */
export interface LocalAnswer {
  readonly answerId: string;
  readonly period: number;
  /** Rising, each below the number of buckets. */
  readonly reported: readonly number[];
}

/** @throws TypeError naming the first field that is not as expected */
export function parseLocalTask(task: Fields): LocalTask {
  return {
    format: task.oneOf('format', ['reshelf-local-task@1']),
    id: task.text('id', /^[A-Za-z0-9_-]{43}$/),
    region: task.text('region', /^[a-z]{2,8}$/),
    server: task.address('server'),
    topic: task.text('topic', /^[a-z][a-z-]{0,31}$/),
    buckets: task.texts('buckets', /^[^\p{C}]{1,80}$/u, MAX_BUCKETS),
    epsilon: task.number('epsilon', 0.01, MAX_LOCAL_EPSILON),
    periodDays: task.whole('periodDays', 1, 366),
    minBatch: task.whole('minBatch', MIN_BATCH_FLOOR, 1_000_000),
    expiresAt: task.whole('expiresAt', 0, 2 ** 32),
  };
}

/** @throws TypeError */
export function parseLocalAnswer(value: unknown, buckets: number): LocalAnswer {
  const answer = readFields(value, 'answer');
  const count = answer.whole('count', 0, buckets);
  const reported = answer.numbers('reported', 0, buckets - 1, count);
  if (reported.some((bucket, at) => !Number.isInteger(bucket) || bucket <= (reported[at - 1] ?? -1)))
    throw new TypeError('answer.reported: expected rising numbers of buckets');
  return {
    answerId: answer.text('answerId', /^[A-Za-z0-9_-]{22}$/),
    period: answer.whole('period', 0, 2 ** 31 - 1),
    reported,
  };
}

export const encodeLocalAnswer = ({ answerId, period, reported }: LocalAnswer): string =>
  JSON.stringify({ answerId, period, count: reported.length, reported });

const DAY_MS = 86_400_000;
/** Number of the period that a time (Unix ms) is in. */
export const periodOf = ({ periodDays }: LocalTask, now: number): number =>
  Math.floor(now / (periodDays * DAY_MS));
