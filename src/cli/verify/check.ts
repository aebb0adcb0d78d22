import { Ajv2020 } from 'ajv/dist/2020.js';
import { canonicalJson, hashOf } from '../../core/canonical.ts';
import { findBreak } from '../../core/chain.ts';
import { type ConsentLog, toConsentRecord } from '../../core/consent-log.ts';
import { LOG_SCHEMA } from './log-schema.ts';

export interface Verdict {
  /** The first thing that is wrong, with its name; `null` when nothing is. */
  readonly broken: string | null;
  readonly records: number;
  readonly actions: number;
}

/**
 * Checks a saved log: its shape, both chains, that every record says what its receipt says, and that the terms are those that
 * the receipts name. It cannot know whether a whole chain was made up: whoever holds the device can write a new one.
 */
export async function check(raw: unknown): Promise<Verdict> {
  const validate = new Ajv2020({ strict: true, formats: { 'date-time': isTime } }).compile(LOG_SCHEMA);
  if (!validate(raw)) {
    const [error] = validate.errors ?? [];
    return {
      broken: `shape: ${error?.instancePath || 'the file'} ${error?.message}`,
      records: 0,
      actions: 0,
    };
  }
  const log = raw as unknown as ConsentLog; // the schema says so
  const verdict = (broken: string | null): Verdict => ({
    broken,
    records: log.records.length,
    actions: log.actions.length,
  });
  const receipts = log.records.map(({ proof }) => proof.receipt);
  const link = await findBreak(receipts, log.actions);
  if (link !== null) return verdict(link);
  for (const record of log.records) {
    const { receipt, terms } = record.proof;
    const name = `receipt ${receipt.seq} (${receipt.id})`;
    for (const [hash, named] of Object.entries(terms))
      if (hash !== (await hashOf(named))) return verdict(`${name}: the terms are not those that it names`);
    const told = toConsentRecord(receipt, terms, log.controller, log.origin);
    if (canonicalJson(told) !== canonicalJson(record))
      return verdict(`${name}: the record says something else than its receipt`);
  }
  return verdict(null);
}

const isTime = (text: string): boolean => !Number.isNaN(Date.parse(text));
