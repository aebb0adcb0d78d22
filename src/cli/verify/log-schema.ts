import { ANSWERS, PURPOSES, SOURCES } from '../../core/receipt.ts';

const TEXT = { type: 'string' } as const;
const HASH = {
  type: 'string',
  pattern: '^([0-9a-f]{64})?$',
  description: 'SHA-256, hexadecimal; empty outside secure contexts',
} as const;
const ID = { type: 'string', pattern: '^[0-9a-f]{32}$' } as const;
const TIME = { type: 'string', format: 'date-time' } as const;
const PURPOSE = { enum: [...PURPOSES] } as const;

/** An object with exactly these fields; those named are optional. */
const record = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});
const listOf = (items: object) => ({ type: 'array', items });
const perPurpose = (value: object) =>
  record(Object.fromEntries(PURPOSES.map((purpose) => [purpose, value])), PURPOSES);

const TERMS = record({
  purposes: listOf(PURPOSE),
  data: listOf(TEXT),
  retentionDays: { type: 'object', additionalProperties: { type: 'number', minimum: 0 } },
  recipients: listOf(TEXT),
});
const RECEIPT = record({
  schema: { const: 'reshelf-receipt/2' },
  id: ID,
  seq: { type: 'integer', minimum: 1 },
  at: { type: 'number' },
  answers: perPurpose({ enum: [...ANSWERS] }),
  basis: perPurpose(record({ at: { type: 'number' }, terms: TEXT, signal: { type: 'boolean' } })),
  source: { enum: [...SOURCES] },
  notice: record({ id: { type: 'string', minLength: 1 }, textHash: HASH, language: TEXT, variant: TEXT }),
  region: TEXT,
  previousHash: HASH,
  hash: HASH,
});
const PARTY = { name: TEXT, contact: TEXT, address: TEXT };

/** JSON Schema (2020-12) of the file that the privacy panel saves; printed by `reshelf verify --schema`. */
export const LOG_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://reshelf.dev/schema/log-1.json',
  title: 'Reshelf: receipts of consent, in the shape of ISO/IEC TS 27560:2023, and the log of acts on data',
  ...record({
    schema: { const: 'reshelf-log/1' },
    origin: TEXT,
    controller: record(PARTY, ['contact', 'address']),
    records: listOf(
      record({
        schema_version: { const: 'reshelf-receipt/2 (ISO/IEC TS 27560:2023)' },
        record_id: ID,
        receipt_id: ID,
        pii_principal_id: TEXT,
        processing: listOf(
          record({
            purpose: PURPOSE,
            lawful_basis: { const: 'consent' },
            privacy_notice: record({ id: TEXT, text_sha256: HASH, variant: TEXT }),
            language: TEXT,
            pii_information: listOf(record({ pii_type: TEXT, optional: { type: 'boolean' } })),
            pii_controllers: listOf(
              record({ ...PARTY, type: { const: 'controller' } }, ['contact', 'address']),
            ),
            storage_locations: listOf(TEXT),
            retention_period: { type: 'string', pattern: '^P\\d+D$' },
            jurisdiction: TEXT,
            recipient_third_parties: listOf(TEXT),
            withdrawal_method: TEXT,
            signals: record({ global_privacy_control: { type: 'boolean' } }),
          }),
        ),
        events: listOf(
          record({
            purpose: PURPOSE,
            event_time: TIME,
            validity_duration: { type: 'string', pattern: '^P\\d+D$' },
            valid_until: TIME,
            entity_id: TEXT,
            event_type: { enum: ['explicit', 'expiry'] },
            event_state: { enum: [...ANSWERS] },
          }),
        ),
        proof: record({ receipt: RECEIPT, terms: { type: 'object', additionalProperties: TERMS } }),
      }),
    ),
    actions: listOf(
      record({
        at: { type: 'number' },
        action: TEXT,
        counts: { type: 'object', additionalProperties: { type: 'number' } },
        previousHash: HASH,
        hash: HASH,
      }),
    ),
  }),
};
