import { ReshelfError } from '../core/errors.ts';
import type { Purpose } from '../core/receipt.ts';
import { BUDGET, PERIOD_MS, whyLocalUnaffordable, whyUnaffordable } from '../privacy/budget.ts';
import type { ContributeApi, LedgerView, Step } from '../wire/contribute-api.ts';
import {
  type ContributionTask,
  everyMs,
  hashTask,
  parseTask,
  rhoOf,
  topicOf,
} from '../wire/contribution-task.ts';
import { readFields } from '../wire/fields.ts';
import { type LocalTask, parseLocalTask } from '../wire/local-task.ts';
import { type Adoption, createAdoption } from './adoption.ts';
import { type Device, measure } from './kinds.ts';
import type { Ledger, LedgerRow, Queued } from './ledger.ts';
import { viewLedger } from './ledger-view.ts';
import { makeLocalAnswer, type Report } from './local-answers.ts';

export interface ContributorParts {
  readonly ledger: Ledger;
  readonly device: Device;
  readonly region: string;
  readonly tasks: readonly (ContributionTask | LocalTask)[];
  /** Id of the receipt that a purpose was granted by, looked at before every step; `null` without a live grant. */
  readonly grantOf: (purpose: Purpose) => Promise<string | null>;
  /** The encoded report of a measurement, sealed to both aggregators. */
  readonly seal: (
    task: ContributionTask,
    value: readonly number[] | number,
    now: number,
  ) => Promise<Uint8Array>;
  readonly fetch: typeof fetch;
  readonly random: (into: Uint32Array<ArrayBuffer>) => void;
  /** Judges a released model on the device's own lists. */
  readonly adoption?: Parameters<typeof createAdoption>[0]['judge'];
}

export type Contributor = Pick<ContributeApi, 'step'> & { ledger(now: number): Promise<LedgerView> };

/** A report that could not be sent for this long is of another time, and dropped. */
const STALE_MS = 7 * 86_400_000;
const FIRST_RETRY_MS = 5 * 60_000;
const LAST_RETRY_MS = 6 * 3_600_000;
const TIMEOUT_MS = 20_000;

/** @param value the content of tasks.json @throws ReshelfError `contribute/bad-task` */
export function parseTasks(value: unknown): (ContributionTask | LocalTask)[] {
  try {
    if (!Array.isArray(value) || value.length > 64)
      throw new TypeError('tasks: expected a list of at most 64');
    return value.map((one: unknown, at) => {
      const fields = readFields(one, `tasks[${at}]`);
      const format = fields.oneOf('format', ['reshelf-task@1', 'reshelf-local-task@1']);
      return format === 'reshelf-task@1' ? parseTask(fields) : parseLocalTask(fields);
    });
  } catch (cause) {
    throw new ReshelfError('contribute/bad-task', (cause as Error).message, { cause });
  }
}

/** Those for shoppers of a region: "us-ca" is in "us". */
export const tasksOf = <Task extends { readonly region: string }>(
  tasks: readonly Task[],
  region: string,
): Task[] => tasks.filter((task) => `${region}-`.startsWith(`${task.region}-`));

/**
 * Contributes, one thing at a time: what waits is sent first, then what is due is made, then a newer model is looked at.
 * Consent is looked at before each; without it, what waits is dropped.
 */
export function createContributor(parts: ContributorParts): Contributor {
  const { ledger, device, grantOf } = parts;
  const mine = tasksOf(parts.tasks, parts.region);
  const request: typeof fetch = (input, init) =>
    parts.fetch(input, {
      ...init,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  const adoption: Adoption | undefined =
    parts.adoption === undefined
      ? undefined
      : createAdoption({ ledger, fetch: request, judge: parts.adoption });
  const purposeOf = (task: ContributionTask | LocalTask): Purpose =>
    isLocal(task) || task.content.kind !== 'weights' ? 'measure' : 'contribute';
  const nameOf = (task: ContributionTask | LocalTask): string =>
    isLocal(task) ? task.topic : topicOf(task.content);

  async function send(queued: Queued, now: number): Promise<Step> {
    if (now > queued.staleAt) return drop();
    if (now < queued.notBefore) return { kind: 'postponed', until: queued.notBefore };
    const { url, method, type, body } = queued;
    let reply: Response;
    try {
      reply = await request(url, { method, headers: { 'content-type': type }, body: new Uint8Array(body) });
    } catch {
      return postpone(queued, now); // offline, or the server is away
    }
    if (reply.ok) {
      await ledger.settle('sent');
      return { kind: 'sent' };
    }
    if (reply.status >= 500 || reply.status === 429) return postpone(queued, now);
    const text = await reply.text().catch(() => '');
    if (!text.includes('before')) return drop(); // refused for good
    await ledger.settle('sent'); // an earlier try had arrived, its answer had not
    return { kind: 'sent' };
  }
  async function drop(): Promise<Step> {
    await ledger.settle('dropped');
    return { kind: 'dropped' };
  }
  async function postpone(queued: Queued, now: number): Promise<Step> {
    const until = now + Math.min(FIRST_RETRY_MS * 2 ** queued.tries, LAST_RETRY_MS);
    await ledger.postpone({ ...queued, tries: queued.tries + 1, notBefore: until });
    return { kind: 'postponed', until };
  }

  /** The first task that is granted, due and affordable; or why the first that is due is not. */
  async function contribute(now: number): Promise<Step> {
    const rows = await ledger.rows();
    const bornAt = await ledger.bornAt(now);
    let refused: Step | undefined;
    for (const task of mine) {
      const consentId = await grantOf(purposeOf(task));
      if (consentId === null || now / 1000 > task.expiresAt || !isDue(task, rows, now)) continue;
      const why = isLocal(task)
        ? whyLocalUnaffordable(rows, bornAt, task, now)
        : (whyUnaffordable(rows, bornAt, rhoOf(task), now) ?? whyTooMany(task, rows, now));
      const refusal = why ?? (await whyChanged(task, consentId));
      if (refusal !== undefined) {
        refused ??= { kind: 'refused', why: refusal };
        continue;
      }
      const made = isLocal(task)
        ? await makeLocalAnswer(task, device, consentId, now, parts.random)
        : await makeReport(task, consentId, now);
      if (made === undefined) continue;
      if ((await grantOf(purposeOf(task))) !== consentId) return { kind: 'withheld' }; // taken back while it was made
      await ledger.enqueue(made.row, { ...made.report, purpose: purposeOf(task), consentId });
      return { kind: 'made' };
    }
    return refused ?? { kind: 'nothing-due' };
  }

  function isDue(task: ContributionTask | LocalTask, rows: readonly LedgerRow[], now: number): boolean {
    const last = rows.reduce(
      (at, row) => (row.taskId === task.id ? Math.max(at, row.at) : at),
      Number.NEGATIVE_INFINITY,
    );
    if (isLocal(task))
      return Math.floor(last / (task.periodDays * DAY_MS)) !== Math.floor(now / (task.periodDays * DAY_MS));
    return now - last >= everyMs(task.content);
  }

  function whyTooMany(task: ContributionTask, rows: readonly LedgerRow[], now: number): string | undefined {
    const recent = rows.filter(({ kind, at }) => kind === 'weights' && at > now - PERIOD_MS).length;
    return task.content.kind === 'weights' && recent >= BUDGET.contributions ? 'period-spent' : undefined;
  }

  /** A grant is for one task: the first that was used under it. */
  async function whyChanged(
    task: ContributionTask | LocalTask,
    consentId: string,
  ): Promise<string | undefined> {
    const name = nameOf(task);
    const hash = await hashTask(task);
    const pin = await ledger.pin(name);
    if (pin !== undefined && pin.hash !== hash && pin.consentId === consentId) return 'changed-task';
    if (pin?.hash !== hash || pin.consentId !== consentId) await ledger.setPin(name, { hash, consentId });
    return undefined;
  }

  async function makeReport(task: ContributionTask, consentId: string, now: number) {
    const measurement = await measure(task.content, device, now);
    if (measurement === undefined) return undefined;
    const bytes = await parts.seal(task, measurement.value, now);
    const row: LedgerRow = {
      at: now,
      rho: rhoOf(task),
      pure: 0,
      taskId: task.id,
      kind: task.content.kind,
      words: measurement.words,
      numbers: measurement.numbers,
      bytes,
      mechanism: 'discrete Gaussian noise on the sum, by each of two aggregators',
      noise: Math.sqrt(task.variance),
      to: [task.leader, task.helper],
      consentId,
      state: 'queued',
    };
    const report: Report = {
      url: new URL(`tasks/${task.id}/reports`, task.leader).href,
      method: 'PUT',
      type: 'application/dap-report',
      body: bytes,
      tries: 0,
      notBefore: 0,
      staleAt: now + STALE_MS,
    };
    return { row, report };
  }

  return {
    async step(now) {
      const isGranted = (await grantOf('contribute')) ?? (await grantOf('measure'));
      if (isGranted === null) {
        await ledger.settle('dropped');
        return { kind: 'withheld' };
      }
      const queued = await ledger.queued();
      if (queued !== undefined)
        return (await grantOf(queued.purpose)) === queued.consentId ? send(queued, now) : drop();
      const made = await contribute(now);
      if (made.kind === 'made' || adoption === undefined || (await grantOf('contribute')) === null)
        return made;
      for (const task of mine)
        if (!isLocal(task) && task.content.kind === 'weights') {
          const adopted = await adoption.look(task, task.content, now);
          if (adopted !== undefined) return adopted;
        }
      return made;
    },

    ledger: (now) => viewLedger(ledger, now),
  };
}

const DAY_MS = 86_400_000;
const isLocal = (task: ContributionTask | LocalTask): task is LocalTask =>
  task.format === 'reshelf-local-task@1';
