import type { Clock, RandomBits } from '../core/ambient.ts';
import { ReshelfError } from '../core/errors.ts';
import {
  type Answer,
  type AnswerSource,
  type ConsentReceipt,
  grants,
  PURPOSES,
  type Purpose,
} from '../core/receipt.ts';
import { createChoiceRecord, isSource, newestReceipt } from './choice.ts';
import { createConsentGate, type Stop } from './gate.ts';
import { isIntact, writeReceipt } from './receipt.ts';

/** What is answered for one purpose, and whether work for it may run. */
export interface PurposeState {
  readonly state: Answer | 'unknown';
  readonly effective: boolean;
}
export type ConsentState = Readonly<Record<Purpose, PurposeState>>;

export interface AnswerProof {
  /** Who asked: your own banner is `'api'`. */
  readonly source: AnswerSource;
  /** Your name of the notice that the shopper saw, e.g. "banner-2026-11"; it goes into the receipt. */
  readonly noticeId: string;
}

/** Consent without any user interface. */
export interface Consent {
  get(): ConsentState;
  /**
   * Remembers an answer. `true` grants, `false` refuses, or withdraws what was granted. Purposes left out stay as they are.
   * Resolves when the answer is in force: after a grant the worker is ready, after a withdrawal everything is deleted.
   * @throws ReshelfError `consent/no-notice` without a `noticeId`; TypeError on an unknown purpose
   */
  set(answers: Readonly<Partial<Record<Purpose, boolean>>>, proof: AnswerProof): Promise<ConsentReceipt>;
  /** Takes a grant back and deletes all that it allowed. Resolves when that is done. */
  withdraw(purpose?: Purpose | 'all'): Promise<ConsentReceipt>;
  /** Calls back after every change. @returns a function that ends it */
  subscribe(onChange: (state: ConsentState) => void): Stop;
  /** Receipts still held beside the answer, newest first. */
  history(): readonly ConsentReceipt[];
}

export interface ConsentParts {
  readonly storageKey: string;
  readonly clock: Clock;
  readonly random: RandomBits;
  /** Brings the device in line with an answer: opens the worker, or purges. Awaited before `set` resolves. */
  readonly enforce: (receipt: ConsentReceipt) => Promise<void>;
  readonly announce: (purpose: Purpose, from: PurposeState['state'], to: PurposeState['state']) => void;
}

/** The consent core: remembers answers, writes receipts, opens and closes the gate. */
export function createConsent(parts: ConsentParts) {
  const record = createChoiceRecord(parts.storageKey);
  const gate = createConsentGate();
  const newest = () => newestReceipt(record.read());
  const subscribers = new Set<(state: ConsentState) => void>();
  let answering: Promise<unknown> = Promise.resolve();

  const stateOf = (receipt: ConsentReceipt | null): ConsentState =>
    Object.fromEntries(
      PURPOSES.map((purpose) => [
        purpose,
        { state: receipt?.answers[purpose] ?? 'unknown', effective: grants(receipt, purpose) },
      ]),
    ) as Record<Purpose, PurposeState>; // built from every purpose

  let told = stateOf(null);
  /** Brings this page in line with the record, and tells what has changed since the last time. */
  function refresh(): void {
    const receipt = newest();
    const before = told;
    told = stateOf(receipt);
    gate.update(receipt);
    const changed = PURPOSES.filter((purpose) => before[purpose].state !== told[purpose].state);
    if (changed.length === 0) return;
    for (const purpose of changed) parts.announce(purpose, before[purpose].state, told[purpose].state);
    for (const subscriber of subscribers) queueMicrotask(() => subscriber(told)); // what it throws is its own
  }

  async function answer(
    answers: Partial<Record<Purpose, Answer>>,
    proof: AnswerProof,
  ): Promise<ConsentReceipt> {
    const previous = newest();
    const receipt = await writeReceipt({ answers, ...proof }, previous, parts.clock(), parts.random);
    const mustPurge = grants(previous, 'personalize') && !grants(receipt, 'personalize');
    record.add(receipt, mustPurge || record.read().purgePending);
    if (mustPurge) gate.update(receipt); // stop first, then delete
    try {
      await parts.enforce(receipt);
    } finally {
      refresh(); // the answer stands, even where deleting has to be tried again
    }
    return receipt;
  }
  /** One answer after the other, so that receipts chain and a purge is never overtaken by a grant. */
  function queued<Value>(work: () => Promise<Value>): Promise<Value> {
    const next = answering.then(work, work);
    answering = next.catch(() => {}); // its caller is told; the next answer must still run
    return next;
  }

  const api: Consent = {
    get: () => stateOf(newest()),
    set: (answers, proof) =>
      queued(async () => {
        const { source, noticeId } = checkProof(proof);
        const before = newest();
        const given: Partial<Record<Purpose, Answer>> = {};
        for (const [purpose, isAllowed] of Object.entries(checkAnswers(answers)) as [Purpose, boolean][])
          given[purpose] = isAllowed ? 'granted' : grants(before, purpose) ? 'withdrawn' : 'refused';
        return answer(given, { source, noticeId });
      }),
    withdraw: (purpose = 'all') =>
      queued(async () => {
        if (purpose !== 'all') checkAnswers({ [purpose]: false });
        const before = newest();
        const given: Partial<Record<Purpose, Answer>> = {};
        for (const one of purpose === 'all' ? PURPOSES : [purpose])
          if (grants(before, one)) given[one] = 'withdrawn';
        if (Object.keys(given).length === 0) {
          if (before !== null) return before; // nothing is granted: the last answer already says so
          given.personalize = 'refused';
        }
        return answer(given, { source: 'api', noticeId: before?.noticeId ?? 'withdrawal' });
      }),
    subscribe(onChange) {
      subscribers.add(onChange);
      return () => subscribers.delete(onChange);
    },
    history: () => record.read().receipts,
  };
  return {
    api,
    during: gate.during,
    /** The receipt in force and whether a purge is still owed. */
    read: () => {
      const choice = record.read();
      return { receipt: newestReceipt(choice), purgePending: choice.purgePending };
    },
    purged: record.purged,
    refresh,
    /** Drops a remembered answer whose hash shows that it was altered; to be awaited before any other call. */
    verify: () =>
      queued(async () => {
        const receipt = newest();
        if (receipt !== null && !(await isIntact(receipt))) record.clear();
        told = stateOf(newest());
      }),
  };
}

function checkProof(proof: AnswerProof | undefined): AnswerProof {
  if (typeof proof?.noticeId !== 'string' || proof.noticeId.trim() === '')
    throw new ReshelfError(
      'consent/no-notice',
      'consent.set needs a noticeId: your name of the notice that the shopper saw',
    );
  const source = proof.source ?? 'api';
  if (!isSource(source)) throw new TypeError(`source: expected 'api', got ${String(source)}`);
  return { source, noticeId: proof.noticeId };
}

function checkAnswers(
  answers: Readonly<Partial<Record<Purpose, boolean>>>,
): Partial<Record<Purpose, boolean>> {
  for (const [purpose, isAllowed] of Object.entries(answers ?? {})) {
    if (!(PURPOSES as readonly string[]).includes(purpose))
      throw new TypeError(`unknown purpose "${purpose}"; expected one of ${PURPOSES.join(', ')}`);
    if (typeof isAllowed !== 'boolean')
      throw new TypeError(`"${purpose}" must be true or false, got ${typeof isAllowed}`);
  }
  if (Object.keys(answers ?? {}).length === 0)
    throw new TypeError('expected at least one purpose, e.g. { personalize: true }');
  return answers;
}
