import { DAY_MS, type EpochMs } from './ids.ts';
import { ANSWER_DAYS, type Answer, type Basis, isOutdated, PURPOSES, type Purpose } from './receipt.ts';

/** Where one purpose stands. Only `granted` lets work run. */
export type PurposeName =
  | 'unknown' // nobody has looked yet, or the consent platform has not spoken
  | 'default-off' // nobody has answered, or the answer is too old to stand
  | 'granted'
  | 'refused'
  | 'deferred' // "later", on this page
  | 'paused' // data kept, nothing done
  | 'withdrawn'
  | 'expired' // a yes older than 180 days
  | 'stale' // a yes to other terms than today's
  | 'blocked'; // merchant, platform or signal say no

/** What decided. */
export type Reason = 'merchant' | 'platform' | 'signal' | 'answer' | 'age' | 'terms' | 'purpose' | 'none';

/** What the shop's consent platform says of a purpose. `allowed` is a default without a click, and no answer. */
export type PlatformWord = 'granted' | 'allowed' | 'denied' | 'pending' | 'silent';

/** Everything that one purpose's state follows from. */
export interface PurposeFacts {
  readonly purpose: Purpose;
  readonly answer: Answer | undefined;
  readonly basis: Basis | undefined;
  /** Hash of today's terms; `undefined` until it is known. */
  readonly terms: string | undefined;
  readonly now: EpochMs;
  /** Merchant's switch, private page, known child. */
  readonly isOff: boolean;
  readonly platform: PlatformWord;
  /** Global Privacy Control. */
  readonly signal: boolean;
  readonly isDeferred: boolean;
}

export interface PurposeState {
  readonly state: PurposeName;
  /** Whether work for the purpose may run. */
  readonly effective: boolean;
  readonly reason: Reason;
}

/** Data of an expired or stale yes goes after this long, in days. */
export const GRACE_DAYS = 30;

/** A pure function of the facts: deny wins, and nothing is on but a live grant with every gate open. */
export function stateOf(facts: PurposeFacts): PurposeState {
  const { purpose, answer, basis, terms, now, isOff, platform, signal, isDeferred } = facts;
  const off = (state: PurposeName, reason: Reason): PurposeState => ({ state, effective: false, reason });
  if (isOff) return off('blocked', 'merchant');
  if (platform === 'denied') return off('blocked', 'platform');
  if (signal && purpose !== 'personalize') return off('blocked', 'signal');
  if (platform === 'pending' || terms === undefined) return off('unknown', 'none');
  if (answer === undefined || basis === undefined)
    return off(isDeferred ? 'deferred' : 'default-off', 'none');
  if (answer === 'expired') return off('expired', 'age');
  if (answer === 'granted' || answer === 'paused') {
    if (basis.terms !== terms) return off('stale', 'terms');
    if (isOutdated(basis.at, now)) return off('expired', 'age');
    if (answer === 'paused') return off('paused', 'answer');
    return signal && !basis.signal
      ? off('blocked', 'signal')
      : { state: 'granted', effective: true, reason: 'answer' };
  }
  // A no stands as long as a yes would: then, or under other terms, one may ask again.
  if (basis.terms !== terms || isOutdated(basis.at, now))
    return off(isDeferred ? 'deferred' : 'default-off', 'age');
  return off(answer, 'answer');
}

/** When the data of a yes that ended by itself must be gone; `undefined` while there is nothing to purge. */
export function purgeAt(
  { state }: PurposeState,
  basis: Basis | undefined,
  staleSince: EpochMs | undefined,
): number | undefined {
  if (basis === undefined) return undefined;
  if (state === 'expired') return basis.at + (ANSWER_DAYS + GRACE_DAYS) * DAY_MS;
  return state === 'stale' && staleSince !== undefined ? staleSince + GRACE_DAYS * DAY_MS : undefined;
}

/** All purposes at once: `contribute` means nothing without `personalize`. */
export function statesOf(
  factsOf: (purpose: Purpose) => PurposeFacts,
): Readonly<Record<Purpose, PurposeState>> {
  const [personalize, measure, contribute] = PURPOSES.map((purpose) => stateOf(factsOf(purpose))) as [
    PurposeState,
    PurposeState,
    PurposeState,
  ]; // one per purpose
  const isAlone = contribute.effective && !personalize.effective;
  return {
    personalize,
    measure,
    contribute: isAlone ? { state: 'blocked', effective: false, reason: 'purpose' } : contribute,
  };
}

export type Act = 'grant' | 'refuse' | 'pause' | 'resume' | 'withdraw';

/**
 * The answer after an act; the same one where the act makes no sense (a pause of what is not granted).
 * A "no" to a yes is a withdrawal, and so is a "no" to a pause: both have data to purge.
 */
export function answerAfter(before: Answer | undefined, act: Act): Answer | undefined {
  const isLive = before === 'granted' || before === 'paused';
  switch (act) {
    case 'grant':
      return 'granted';
    case 'pause':
      return before === 'granted' ? 'paused' : before;
    case 'resume':
      return before === 'paused' ? 'granted' : before;
    case 'refuse':
    case 'withdraw':
      return isLive || before === 'withdrawn' ? 'withdrawn' : 'refused';
  }
}
