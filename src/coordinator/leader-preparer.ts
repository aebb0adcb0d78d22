import type { ContributionTask } from '../wire/contribution-task.ts';
import { lockOpenBatch } from './aggregator-tables.ts';
import { askPeer } from './http.ts';
import type { LeaderParts } from './leader.ts';
import {
  decodePrepareAnswers,
  encodePrepareRequest,
  MAX_REPORTS_A_JOB,
  type PrepareAnswer,
  type PrepareReport,
} from './peer-messages.ts';
import type { Prepared, Prio } from './prio.ts';

interface PreparerParts extends LeaderParts {
  readonly tasks: ReadonlyMap<string, { readonly task: ContributionTask; readonly prio: Prio }>;
}

export interface Preparer {
  /** Prepares every report that waits, with the helper. Rejects when the helper does not answer. */
  prepareWaiting(): Promise<void>;
  /** Why a report is not counted; `undefined` when it is, or when the helper took too long to say. */
  outcome(taskId: string, reportId: Buffer, patienceMs: number): Promise<string | undefined>;
}

interface Claimed extends PrepareReport {
  readonly prepared: Prepared | undefined;
  readonly reason: string;
}

/** A report that a process claimed and did not finish is claimed again after this. */
const LEASE_SECONDS = 45;
/** Uploads that come together are prepared together. */
const GATHER_MS = 15;

/**
 * Takes waiting reports in jobs of up to 64, gives each its batch (once, for good), and asks the helper. A job that a
 * crash ended is done again: the batch is stored, preparation gives the same, and the helper repeats its answer.
 */
export function createPreparer({ database, config, tasks, fetch, now }: PreparerParts): Preparer {
  const waiting = new Map<string, (reason: string | undefined) => void>();
  let turn: Promise<void> = Promise.resolve();
  let isGathering = false;
  const keyOf = (taskId: string, id: Uint8Array): string => `${taskId} ${Buffer.from(id).toString('hex')}`;

  /** One run at a time in this process; other processes skip what is leased. */
  function prepareWaiting(): Promise<void> {
    const run = turn.then(async () => {
      for (const [taskId, known] of tasks) while (await prepareJob(taskId, known.prio, known.task)) {}
    });
    turn = run.catch(() => {}); // the caller hears of it
    return run;
  }

  async function prepareJob(taskId: string, prio: Prio, task: ContributionTask): Promise<boolean> {
    const jobs = new Map<number, Claimed[]>();
    for (const row of await claim(taskId)) {
      const report = await look(prio, row);
      jobs.set(row.batch, [...(jobs.get(row.batch) ?? []), report]);
    }
    for (const [batch, reports] of jobs) {
      try {
        await prepareTogether(taskId, task, batch, reports);
      } catch (error) {
        await giveBack(taskId, reports);
        throw error;
      }
    }
    return jobs.size > 0;
  }

  async function prepareTogether(
    taskId: string,
    task: ContributionTask,
    batch: number,
    reports: readonly Claimed[],
  ): Promise<void> {
    const sound = reports.filter(({ prepared }) => prepared !== undefined);
    const answers =
      sound.length === 0
        ? []
        : decodePrepareAnswers(
            await askPeer(
              fetch,
              new URL('prepare', task.helper),
              config.peerToken,
              encodePrepareRequest({ taskId, batch, reports: sound }),
            ),
            sound.length,
          );
    const outcomes = reports.map((report) => judge(report, answers[sound.indexOf(report)]));
    await database.transaction(async (sql) => {
      for (const [at, { id }] of reports.entries()) {
        const { reason, output } = outcomes[at] ?? {};
        await sql.query(
          `UPDATE reports SET state = $3, reason = $4, output_share = $5, public_share = NULL, own_input = NULL, helper_input = NULL
           WHERE task_id = $1 AND report_id = $2 AND state = 'pending'`,
          [taskId, id, reason === undefined ? 'accepted' : 'rejected', reason ?? null, output ?? null],
        );
      }
    });
    for (const [at, { id }] of reports.entries()) {
      const key = keyOf(taskId, id);
      waiting.get(key)?.(outcomes[at]?.reason);
      waiting.delete(key);
    }
  }

  /** Leases waiting reports and stores their batch; the lock keeps the batch open until both are stored. */
  async function claim(taskId: string): Promise<PendingRow[]> {
    return database.transaction(async (sql) => {
      const open = await lockOpenBatch(sql, taskId);
      return sql.query<PendingRow>(
        `UPDATE reports SET batch = coalesce(batch, $2), leased_until = $4
         WHERE task_id = $1 AND report_id IN (
           SELECT report_id FROM reports
           WHERE task_id = $1 AND state = 'pending' AND leased_until < $3
           LIMIT ${MAX_REPORTS_A_JOB} FOR UPDATE SKIP LOCKED)
         RETURNING report_id, time::float8 AS time, batch, public_share, own_input, helper_input`,
        [taskId, open, Math.floor(now()), Math.floor(now()) + LEASE_SECONDS],
      );
    });
  }

  async function giveBack(taskId: string, reports: readonly Claimed[]): Promise<void> {
    await database.query(
      `UPDATE reports SET leased_until = 0 WHERE task_id = $1 AND report_id = ANY($2::bytea[]) AND state = 'pending'`,
      [taskId, reports.map(({ id }) => id)],
    );
  }

  return {
    prepareWaiting,
    async outcome(taskId, reportId, patienceMs) {
      const known = new Promise<string | undefined>((resolve) => {
        const key = keyOf(taskId, reportId);
        const timer = setTimeout(() => {
          waiting.delete(key);
          resolve(undefined);
        }, patienceMs);
        waiting.set(key, (reason) => {
          clearTimeout(timer);
          resolve(reason);
        });
      });
      if (!isGathering) {
        isGathering = true;
        setTimeout(() => {
          isGathering = false;
          prepareWaiting().catch(() => {}); // the helper is away: the report is kept and counted later
        }, GATHER_MS);
      }
      return known;
    },
  };
}

interface PendingRow {
  readonly report_id: Uint8Array;
  readonly time: number;
  readonly batch: number;
  readonly public_share: Uint8Array;
  readonly own_input: Uint8Array;
  readonly helper_input: Uint8Array;
}

async function look(prio: Prio, row: PendingRow): Promise<Claimed> {
  const id = Buffer.from(row.report_id);
  const publicShare = Buffer.from(row.public_share);
  const input = Buffer.from(row.helper_input);
  const keyEnd = 2 + input.readUInt8(1);
  const ciphertext = {
    configId: input.readUInt8(0),
    encapsulated: input.subarray(2, keyEnd),
    payload: input.subarray(keyEnd),
  };
  const report = { id, time: row.time, publicShare, ciphertext };
  try {
    const prepared = await prio.prepare('leader', id, publicShare, Buffer.from(row.own_input));
    return { ...report, leaderShare: prepared.share, prepared, reason: '' };
  } catch {
    return {
      ...report,
      leaderShare: Buffer.alloc(0),
      prepared: undefined,
      reason: 'the leader’s share is not what it claims',
    };
  }
}

interface Outcome {
  readonly reason?: string;
  readonly output?: Buffer;
}

function judge({ prepared, reason }: Claimed, answer: PrepareAnswer | undefined): Outcome {
  if (prepared === undefined || answer === undefined) return { reason };
  if ('reason' in answer) return { reason: answer.reason };
  try {
    return { output: prepared.finish(answer.message) };
  } catch {
    return { reason: 'the report’s randomness is not what it claims' };
  }
}
