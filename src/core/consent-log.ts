import type { LogEntry } from './audit.ts';
import {
  ANSWER_DAYS,
  type Answer,
  type ConsentReceipt,
  PURPOSES,
  type Purpose,
  validUntil,
} from './receipt.ts';
import type { Terms } from './terms.ts';

export interface Controller {
  readonly name: string;
  readonly contact?: string;
  readonly address?: string;
}

/**
 * One receipt in the shape of ISO/IEC TS 27560:2023, as the W3C's guide to it names its fields
 * (https://w3c.github.io/dpv/guides/consent-27560; the ISO text is not public). All of it follows from `proof`.
 */
export interface ConsentRecord {
  readonly schema_version: 'reshelf-receipt/2 (ISO/IEC TS 27560:2023)';
  readonly record_id: string;
  readonly receipt_id: string;
  /** No id of a person exists: the person is whoever holds this device, at this origin. */
  readonly pii_principal_id: string;
  readonly processing: readonly {
    readonly purpose: Purpose;
    readonly lawful_basis: 'consent';
    readonly privacy_notice: { readonly id: string; readonly text_sha256: string; readonly variant: string };
    readonly language: string;
    readonly pii_information: readonly { readonly pii_type: string; readonly optional: boolean }[];
    readonly pii_controllers: readonly (Controller & { readonly type: 'controller' })[];
    readonly storage_locations: readonly string[];
    readonly retention_period: string;
    readonly jurisdiction: string;
    readonly recipient_third_parties: readonly string[];
    readonly withdrawal_method: string;
    readonly signals: { readonly global_privacy_control: boolean };
  }[];
  readonly events: readonly {
    readonly purpose: Purpose;
    readonly event_time: string;
    readonly validity_duration: string;
    readonly valid_until: string;
    readonly entity_id: string;
    readonly event_type: 'explicit' | 'expiry';
    readonly event_state: Answer;
  }[];
  /** What the hashes are over: the receipt itself, and the terms that it names. */
  readonly proof: { readonly receipt: ConsentReceipt; readonly terms: Readonly<Record<string, Terms>> };
}

/** The file that the panel saves and `npx reshelf verify` checks. */
export interface ConsentLog {
  readonly schema: 'reshelf-log/1';
  readonly origin: string;
  readonly controller: Controller;
  /** Newest first. */
  readonly records: readonly ConsentRecord[];
  /** What was done to the data, oldest first. */
  readonly actions: readonly LogEntry[];
}

export interface LogParts {
  /** Newest first. */
  readonly receipts: readonly ConsentReceipt[];
  readonly entries: readonly LogEntry[];
  readonly terms: Readonly<Record<string, Terms>>;
  readonly controller: Controller;
  readonly origin: string;
}

export function toConsentLog({ receipts, entries, terms, controller, origin }: LogParts): ConsentLog {
  const records = receipts.map((receipt) => toConsentRecord(receipt, terms, controller, origin));
  return { schema: 'reshelf-log/1', origin, controller, records, actions: entries };
}

/** @param terms by hash; those that the receipt does not name are left out */
export function toConsentRecord(
  receipt: ConsentReceipt,
  terms: Readonly<Record<string, Terms>>,
  controller: Controller,
  origin: string,
): ConsentRecord {
  const answered = PURPOSES.filter((purpose) => receipt.answers[purpose] !== undefined);
  const named = Object.entries(terms).filter(([hash]) =>
    answered.some((purpose) => receipt.basis[purpose]?.terms === hash),
  );
  const principal = `local:${origin}`;
  return {
    schema_version: 'reshelf-receipt/2 (ISO/IEC TS 27560:2023)',
    record_id: receipt.id,
    receipt_id: receipt.id,
    pii_principal_id: principal,
    processing: answered.map((purpose) => {
      const basis = receipt.basis[purpose];
      const known = terms[basis?.terms ?? ''];
      return {
        purpose,
        lawful_basis: 'consent',
        privacy_notice: {
          id: receipt.notice.id,
          text_sha256: receipt.notice.textHash,
          variant: receipt.notice.variant,
        },
        language: receipt.notice.language,
        pii_information: (known?.data ?? []).map((pii_type) => ({ pii_type, optional: true })),
        pii_controllers: [{ ...controller, type: 'controller' }],
        storage_locations: ['IndexedDB and localStorage of this origin, on the device of the person'],
        retention_period: `P${Math.max(0, ...Object.values(known?.retentionDays ?? {}))}D`,
        jurisdiction: receipt.region === '' ? 'unknown (strictest)' : receipt.region,
        recipient_third_parties: known?.recipients ?? [],
        withdrawal_method: 'the same switch in the privacy panel of the site, or reshelf.consent.withdraw()',
        signals: { global_privacy_control: basis?.signal ?? false },
      };
    }),
    events: answered.map((purpose) => {
      const at = receipt.basis[purpose]?.at ?? receipt.at;
      return {
        purpose,
        event_time: new Date(at).toISOString(),
        validity_duration: `P${ANSWER_DAYS}D`,
        valid_until: new Date(validUntil(at)).toISOString(),
        entity_id: principal,
        event_type: receipt.source === 'expiry' ? 'expiry' : 'explicit',
        event_state: receipt.answers[purpose] as Answer, // answered ones only
      };
    }),
    proof: { receipt, terms: Object.fromEntries(named) },
  };
}
