import { epsilonSpent, PERIOD_MS } from '../../privacy/budget.ts';
import { type ContributionTask, everyMs, rhoOf, topicOf } from '../../wire/contribution-task.ts';
import { TALLY_ENTRIES } from '../../wire/tallies.ts';
import type { Sql } from '../database.ts';
import type { ModelShelf, ShelvedVersion } from '../model-shelf.ts';
import {
  type Estimate,
  liftsOf,
  type MetricLift,
  preferenceOf,
  type Released,
  shareOf,
} from './estimates.ts';

/** What one task has come to: sums of released rounds, and nothing else. */
export interface TaskInsights {
  readonly id: string;
  readonly topic: string;
  readonly region: string;
  readonly rounds: number;
  /** Reports in released rounds. */
  readonly reports: number;
  /** Unix ms of the last release; 0 before the first. */
  readonly releasedAt: number;
  readonly minBatch: number;
  /** Standard deviation of the noise in each total of one round. */
  readonly noise: number;
  /** What one report costs a shopper, and all that fit into a year. */
  readonly epsilon: number;
  readonly epsilonYear: number;
  /** Concentrated loss (rho) of that year: what several kinds of report cost together adds up in it. */
  readonly rhoYear: number;
  readonly delta: number;
  readonly shown: Shown;
}

/** Missing parts: there is no released round yet. */
export type Shown =
  | {
      readonly kind: 'lift';
      readonly metrics: readonly MetricLift[];
      readonly preference: Estimate | undefined;
      /** After each round, all rounds up to it together: lift of clicks. */
      readonly history: readonly { readonly reports: number; readonly lift: Estimate | undefined }[];
    }
  | {
      readonly kind: 'shares';
      readonly shares: readonly { readonly label: string; readonly share: Estimate }[];
    }
  | { readonly kind: 'model'; readonly inForce: number; readonly versions: readonly ShelvedVersion[] };

interface Round {
  readonly reports: number;
  readonly totals: readonly number[];
  readonly askedAt: number;
  readonly releasedAt: number;
}

const DELTA = 1e-6;

/** Everything that `/insights` tells; only of rounds that were released with the minimum batch or more. */
export async function readInsights(
  sql: Sql,
  tasks: readonly ContributionTask[],
  shelf: ModelShelf,
): Promise<TaskInsights[]> {
  const all: TaskInsights[] = [];
  for (const task of tasks) {
    const rounds = await readRounds(sql, task);
    const rho = rhoOf(task);
    const perYear = PERIOD_MS / everyMs(task.content);
    all.push({
      id: task.id,
      topic: topicOf(task.content),
      region: task.region,
      rounds: rounds.length,
      reports: rounds.reduce((sum, { reports }) => sum + reports, 0),
      releasedAt: rounds.at(-1)?.releasedAt ?? 0,
      minBatch: task.minBatch,
      noise: Math.sqrt(2 * task.variance),
      epsilon: epsilonSpent([{ rho, pure: 0 }]),
      epsilonYear: epsilonSpent([{ rho: rho * perYear, pure: 0 }]),
      rhoYear: rho * perYear,
      delta: DELTA,
      shown:
        task.content.kind === 'weights'
          ? { kind: 'model', ...(await shelf.list(sql, task.id)) }
          : showSums(task, rounds),
    });
  }
  return all;
}

async function readRounds(sql: Sql, task: ContributionTask): Promise<Round[]> {
  const rows = await sql.query<{ reports: number; total: string; asked_at: number; released_at: number }>(
    `SELECT reports, total, asked_at::float8 AS asked_at, released_at::float8 AS released_at FROM rounds
     WHERE task_id = $1 AND state = 'released' AND reports >= $2 ORDER BY batch`,
    [task.id, task.minBatch],
  );
  return rows.map(({ reports, total, asked_at, released_at }) => ({
    reports,
    totals: JSON.parse(total) as number[],
    askedAt: asked_at,
    releasedAt: released_at,
  }));
}

/** Rounds added up. */
export function together(task: ContributionTask, rounds: readonly Round[]): Released {
  const [first] = rounds;
  const last = rounds.at(-1);
  const span = (last?.releasedAt ?? 0) - (first?.askedAt ?? 0);
  return {
    totals: (first?.totals ?? []).map((_, at) =>
      rounds.reduce((sum, { totals }) => sum + (totals[at] ?? 0), 0),
    ),
    reports: rounds.reduce((sum, { reports }) => sum + reports, 0),
    noiseVariance: 2 * task.variance * rounds.length,
    repeats: 1 + Math.floor(span / everyMs(task.content)),
  };
}

/** What sums say, with their uncertainty. */
export function showSums(task: ContributionTask, rounds: readonly Round[]): Shown {
  const { content } = task;
  const released = together(task, rounds);
  const hasAny = rounds.length > 0;
  if (content.kind === 'tallies' && content.topic === 'lift')
    return {
      kind: 'lift',
      metrics: hasAny ? liftsOf(released, content.shares) : [],
      preference: hasAny && (content.shares[2] ?? 0) > 0 ? preferenceOf(released, content.shares) : undefined,
      history: rounds.map((_, at) => {
        const upTo = together(task, rounds.slice(0, at + 1));
        return {
          reports: upTo.reports,
          lift: liftsOf(upTo, content.shares).find(({ name }) => name === 'clicks')?.lift,
        };
      }),
    };
  const labels =
    content.kind === 'counts'
      ? content.buckets
      : content.kind === 'tallies'
        ? TALLY_ENTRIES[content.topic]
        : [];
  const shares = hasAny ? labels.map((label, bucket) => ({ label, share: shareOf(released, bucket) })) : [];
  return {
    kind: 'shares',
    shares: content.kind === 'counts' ? shares.sort((a, b) => b.share.value - a.share.value) : shares,
  };
}
