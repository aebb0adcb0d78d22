import type { Clock, RandomBits } from '../core/ambient.ts';
import { canonicalJson, hashOf } from '../core/canonical.ts';
import { ReshelfError } from '../core/errors.ts';
import { asEpochMs, DAY_MS } from '../core/ids.ts';
import { isSource } from '../core/parse-receipt.ts';
import {
  type Act,
  answerAfter,
  type PlatformWord,
  type PurposeName,
  type PurposeState,
  purgeAt,
  statesOf,
} from '../core/purpose-state.ts';
import {
  ANSWER_DAYS,
  type Answer,
  type AnswerSource,
  type Basis,
  type ConsentReceipt,
  isLive,
  type Notice,
  PURPOSES,
  type Purpose,
} from '../core/receipt.ts';
import type { Terms } from '../core/terms.ts';
import { type Choice, createChoiceRecord, newestReceipt } from './choice.ts';
import { createConsentGate, type Stop } from './gate.ts';
import { isIntact, writeReceipt } from './receipt.ts';

export type ConsentState = Readonly<Record<Purpose, PurposeState>>;

export interface AnswerProof {
  /** Who asked: your own banner is `'api'`. */
  readonly source: AnswerSource;
  /** Your name of the notice that the shopper saw, e.g. "banner-2026-11"; it goes into the receipt. */
  readonly noticeId: string;
  /** The text that was really shown; its SHA-256 goes into the receipt, the text does not. */
  readonly text?: string;
  /** BCP 47; the page's language by default. */
  readonly language?: string;
  /** Which form of your notice, e.g. "bottom-bar". */
  readonly variant?: string;
  /** `true` if the shopper was told that their browser sends Global Privacy Control, and answered all the same. */
  readonly knowsSignal?: boolean;
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
  withdraw(purpose?: Purpose | 'all', source?: AnswerSource): Promise<ConsentReceipt>;
  /** Keeps the data and does nothing with it, until `resume`; the answer does not live longer for it. */
  pause(source?: AnswerSource): Promise<ConsentReceipt | null>;
  resume(source?: AnswerSource): Promise<ConsentReceipt | null>;
  /** "Later": no question any more on this page. Nothing is remembered. */
  defer(): void;
  /** Whether a question is due: nobody has answered, or the answer is 180 days old, or its terms have changed. */
  isDue(): boolean;
  /** Whether this browser sends Global Privacy Control; what it switches off says `signal` as its reason. */
  hasSignal(): boolean;
  /** Whose law is assumed, e.g. "eea"; empty when unknown, and then the strictest. */
  region(): string;
  /** Calls back after every change. @returns a function that ends it */
  subscribe(onChange: (state: ConsentState) => void): Stop;
  /** Receipts still held beside the answer, newest first. */
  history(): readonly ConsentReceipt[];
  /** Whether the answer in force was given on this page: where several tabs hear it, one of them is to act on it. */
  isOwn(): boolean;
}

export interface ConsentParts {
  readonly storageKey: string;
  readonly clock: Clock;
  readonly random: RandomBits;
  readonly terms: Terms;
  readonly region: () => string;
  /** The merchant's no: a private page, a known child. */
  readonly isOff: () => boolean;
  readonly signal: () => boolean;
  readonly platform: (purpose: Purpose) => PlatformWord;
  /** Resolves when the page has had a turn; every call waits until then, at the start and after `verify`. */
  readonly turn: () => Promise<unknown>;
  /** Brings the device in line with an answer: opens the worker, rests it, or purges. Awaited before `set` resolves. */
  readonly enforce: (receipt: ConsentReceipt) => Promise<void>;
  /** Another tab has answered, or has deleted something. */
  readonly onOtherTab: (hasForgotten: boolean) => void;
  readonly announce: (purpose: Purpose, from: PurposeName, to: PurposeName) => void;
}

/** The consent core: remembers answers, writes receipts, opens and closes the gate. */
export function createConsent(parts: ConsentParts) {
  const record = createChoiceRecord(parts.storageKey);
  const gate = createConsentGate();
  const newest = () => newestReceipt(record.read());
  const subscribers = new Set<(state: ConsentState) => void>();
  let answering = parts.turn();
  let termsHash: string | undefined; // unknown until `verify`: then nothing is on yet
  let isDeferred = false;
  let ownId = '';

  function get(): ConsentState {
    const { receipts, contributeOffUntil = 0 } = record.read();
    const now = parts.clock();
    const isOff = parts.isOff(); // looks through the page: once for all purposes
    return statesOf((purpose) => ({
      purpose,
      answer: receipts[0]?.answers[purpose],
      basis: receipts[0]?.basis[purpose],
      terms: termsHash,
      now,
      isOff: isOff || (purpose === 'contribute' && now < contributeOffUntil),
      platform: parts.platform(purpose),
      signal: parts.signal(),
      isDeferred,
    }));
  }
  let told = get();
  /**
   * Brings this page in line with the record, and tells what has changed since the last time.
   * @returns how it stood before
   */
  function refresh(): ConsentState {
    const before = told;
    told = get();
    gate.update((purpose) => told[purpose].effective);
    const changed = PURPOSES.filter((purpose) => before[purpose].state !== told[purpose].state);
    if (changed.length === 0) return before;
    for (const purpose of changed) parts.announce(purpose, before[purpose].state, told[purpose].state);
    for (const subscriber of subscribers) queueMicrotask(() => subscriber(told)); // what it throws is its own
    return before;
  }
  /**
   * Hears what other tabs answer and delete, and what they did while this page lay in the back-forward cache. Nothing but
   * the remembered answer is looked at, so it needs no yes.
   */
  function listen(): void {
    let seen = record.read();
    const hear = ({ key, persisted }: { key?: string | null; persisted?: boolean }) => {
      if (persisted === false || (key && key !== parts.storageKey)) return;
      const hasForgotten = record.read().forgottenAt !== seen.forgottenAt;
      seen = record.read();
      parts.onOtherTab(hasForgotten);
    };
    for (const name of ['storage', 'pageshow'] as const)
      window.addEventListener(name, hear as (event: Event) => void);
  }

  async function answer(
    acts: Partial<Record<Purpose, Act>>,
    source: AnswerSource,
    notice: Notice,
    knowsSignal: boolean,
  ): Promise<ConsentReceipt> {
    const previous = newest();
    const at = parts.clock();
    const answers: Partial<Record<Purpose, Answer>> = {};
    const basis: Partial<Record<Purpose, Basis>> = {};
    for (const [purpose, act] of Object.entries(acts) as [Purpose, Act][]) {
      answers[purpose] = answerAfter(previous?.answers[purpose], act) ?? 'refused';
      if (act !== 'pause' && act !== 'resume')
        basis[purpose] = { at, terms: termsHash ?? '', signal: knowsSignal && parts.signal() };
    }
    return put({ answers, basis, source, notice }, previous);
  }
  async function put(
    given: Omit<Parameters<typeof writeReceipt>[0], 'region'>,
    previous: ConsentReceipt | null,
  ): Promise<ConsentReceipt> {
    const receipt = await writeReceipt(
      { ...given, region: parts.region() },
      previous,
      parts.clock(),
      parts.random,
    );
    ownId = receipt.id;
    const mustPurge = isLive(previous?.answers.personalize) && !isLive(receipt.answers.personalize);
    record.add(receipt, parts.terms, termsHash ?? '', mustPurge || record.read().purgePending);
    if (receipt.answers.personalize !== 'granted') gate.update((purpose) => get()[purpose].effective); // stop first
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
  /** The notice under which the last answer was given: taking it back needs no new one. */
  const lastNotice = (): Notice =>
    newest()?.notice ?? { id: 'withdrawal', textHash: '', language: pageLanguage(), variant: 'api' };
  const rest = (act: 'pause' | 'resume', source: AnswerSource) =>
    queued(async () => {
      const known = newest();
      const before = known?.answers.personalize;
      return known === null || answerAfter(before, act) === before
        ? known
        : answer({ personalize: act }, source, lastNotice(), false);
    });

  const api: Consent = {
    get,
    set: (answers, proof) =>
      queued(async () => {
        const acts: Partial<Record<Purpose, Act>> = {};
        for (const [purpose, isAllowed] of Object.entries(checkAnswers(answers)) as [Purpose, boolean][])
          acts[purpose] = isAllowed ? 'grant' : 'refuse';
        const source = checkProof(proof);
        const { noticeId, text, language = pageLanguage(), variant = source, knowsSignal = false } = proof;
        const textHash = text === undefined ? '' : await hashOf(text);
        return answer(acts, source, { id: noticeId, textHash, language, variant }, knowsSignal);
      }),
    withdraw: (purpose = 'all', source = 'api') =>
      queued(async () => {
        if (purpose !== 'all') checkAnswers({ [purpose]: false });
        const before = newest();
        const live = (purpose === 'all' ? PURPOSES : [purpose]).filter((one) => isLive(before?.answers[one]));
        if (live.length === 0 && before !== null) return before; // nothing is granted: the last answer already says so
        const named = live.length === 0 ? (['personalize'] as const) : live;
        return answer(Object.fromEntries(named.map((one) => [one, 'withdraw'])), source, lastNotice(), false);
      }),
    pause: (source = 'api') => rest('pause', source),
    resume: (source = 'api') => rest('resume', source),
    defer() {
      isDeferred = true;
      refresh();
    },
    isDue: () => /default-off|expired|stale/.test(get().personalize.state),
    hasSignal: parts.signal,
    region: parts.region,
    subscribe(onChange) {
      subscribers.add(onChange);
      return () => subscribers.delete(onChange);
    },
    history: () => record.read().receipts,
    isOwn: () => newest()?.id === ownId,
  };
  return {
    api,
    during: gate.during,
    /** The receipt in force and whether a purge is still owed. */
    read: (): Choice => record.read(),
    note: record.note,
    refresh,
    /** Resolves when every answer given so far is in force, or has failed. */
    settled: (): Promise<unknown> => answering,
    /**
     * Drops a remembered answer whose hash shows that it was altered, and learns what today's terms are; to be awaited
     * before any other call.
     */
    verify: () =>
      queued(async () => {
        const receipt = newest();
        if (receipt !== null && !(await isIntact(receipt))) record.clear();
        termsHash = (await hashOf(parts.terms)) || canonicalJson(parts.terms);
        told = get();
        listen();
        return parts.turn();
      }),
    /** Ends a yes that has ended by itself 30 days ago: its data goes now. Notes the day on which terms changed. */
    expire: () =>
      queued(async () => {
        const { staleSince } = record.read();
        const receipt = newest();
        const { personalize } = get();
        if (personalize.state === 'stale' && staleSince === undefined)
          record.note({ staleSince: parts.clock() });
        const due = purgeAt(personalize, receipt?.basis.personalize, staleSince);
        if (
          receipt === null ||
          receipt.answers.personalize === 'expired' ||
          !(parts.clock() >= (due ?? Infinity))
        )
          return;
        await put(
          { answers: { personalize: 'expired' }, basis: {}, source: 'expiry', notice: lastNotice() },
          receipt,
        );
      }),
    /** Forgets the answer and its proof, after the database has. Contributing stays off where it has ever been on. */
    forgetProof(): void {
      const hasContributed = record.read().receipts.some(({ answers }) => answers.contribute !== undefined);
      record.clear();
      if (hasContributed)
        record.note({ contributeOffUntil: asEpochMs(parts.clock() + ANSWER_DAYS * DAY_MS) });
      refresh();
    },
  };
}

const pageLanguage = (): string => document.documentElement.lang || 'en';

function checkProof(proof: AnswerProof | undefined): AnswerSource {
  if (typeof proof?.noticeId !== 'string' || proof.noticeId.trim() === '')
    throw new ReshelfError(
      'consent/no-notice',
      'expected a noticeId: your name of the notice that the shopper saw',
    );
  const source = proof.source ?? 'api';
  if (!isSource(source)) throw new TypeError(`unknown source: ${String(source)}`);
  return source;
}

function checkAnswers(
  answers: Readonly<Partial<Record<Purpose, boolean>>>,
): Partial<Record<Purpose, boolean>> {
  const given = Object.entries(answers ?? {});
  const areKnown = given.every(
    ([purpose, isAllowed]) => PURPOSES.includes(purpose as Purpose) && typeof isAllowed === 'boolean',
  );
  if (given.length === 0 || !areKnown)
    throw new TypeError(
      `expected true or false for one of ${PURPOSES.join(', ')}; got ${JSON.stringify(answers)}`,
    );
  return answers;
}
