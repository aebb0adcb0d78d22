import type { PlatformWord } from '../../core/purpose-state.ts';
import type { Purpose } from '../../core/receipt.ts';

/** What a consent platform says at one moment. */
export interface PlatformHeard {
  readonly words: Readonly<Record<Purpose, PlatformWord>>;
  /** Whether the shopper has just answered there; else it was read from an answer before. */
  readonly isAct: boolean;
  /** Name of the notice that the platform showed, for the receipt. */
  readonly noticeId: string;
  /** Whose law the platform applies, e.g. "eea", "us-ca". */
  readonly region?: string;
}

/** A consent platform as Reshelf sees it. Write one for any platform: see the examples in the README. */
export interface ConsentPlatform {
  readonly name: string;
  /** Calls back as soon as the platform is there, and on every change. */
  subscribe(hear: (heard: PlatformHeard) => void): void;
  /** In `bridge` mode: writes an answer given here back to the platform. */
  write?(answers: Readonly<Partial<Record<Purpose, boolean>>>): void;
}

export const every = (word: PlatformWord): Record<Purpose, PlatformWord> => ({
  personalize: word,
  measure: word,
  contribute: word,
});

const LOOK_MS = 100;
const LOOKS = 150;

/**
 * Waits for a platform that loads late: its stub may come after us. After 15 s it is taken for missing; what it would have
 * allowed then stays off.
 */
export function whenThere<Value>(
  find: () => Value | undefined,
  found: (value: Value) => void,
  looks = LOOKS,
): void {
  const value = find();
  if (value !== undefined) found(value);
  else if (looks > 0) setTimeout(whenThere, LOOK_MS, find, found, looks - 1);
}
