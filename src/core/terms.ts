import { KEEPABLE, type Keepable } from './minimize.ts';
import { PURPOSES, type Purpose } from './receipt.ts';
import { RETENTION_DAYS } from './retention.ts';

/** What an answer is an answer to. A change of any of it asks again; a change of wording never does. */
export interface Terms {
  readonly purposes: readonly Purpose[];
  readonly data: readonly Keepable[];
  /** Days, by kind of signal. */
  readonly retentionDays: Readonly<Record<string, number>>;
  /** Who gets something of it; nobody by default. */
  readonly recipients: readonly string[];
}

export interface TermsSettings {
  readonly keep?: readonly Keepable[];
  readonly retentionDays?: number;
  readonly recipients?: readonly string[];
}

/** The terms of a configuration; equal ones for configurations that mean the same. */
export function termsOf({
  keep = KEEPABLE,
  retentionDays: cap = 365,
  recipients = [],
}: TermsSettings): Terms {
  return {
    purposes: PURPOSES,
    data: KEEPABLE.filter((name) => keep.includes(name)),
    retentionDays: Object.fromEntries(
      Object.entries(RETENTION_DAYS).map(([kind, days]) => [kind, Math.min(days, cap)]),
    ),
    recipients: [...recipients].sort(),
  };
}
