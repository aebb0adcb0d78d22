import { asEpochMs } from '../core/ids.ts';
import {
  type Answer,
  type AnswerSource,
  type ConsentReceipt,
  PURPOSES,
  type Purpose,
} from '../core/receipt.ts';

/** The only thing that may exist on the device without a grant: the answer itself and its proof. */
export interface Choice {
  readonly version: 1;
  /** Newest first, at most `MAX_RECEIPTS`; the first one is in force. */
  readonly receipts: readonly ConsentReceipt[];
  /** A withdrawal whose purge has not been confirmed yet; it is completed at the next start. */
  readonly purgePending: boolean;
}

/** Bounds the record; the worker's database keeps all receipts of granted times. */
const MAX_RECEIPTS = 8;

const EMPTY: Choice = { version: 1, receipts: [], purgePending: false };

/** Reads and writes the remembered answer. A browser that refuses storage remembers it for this page only. */
export interface ChoiceRecord {
  read(): Choice;
  /** Puts `receipt` in force. */
  add(receipt: ConsentReceipt, purgePending: boolean): void;
  /** Marks the purge as done. */
  purged(): void;
  /** Forgets a record that cannot be trusted: nobody has answered. */
  clear(): void;
}

/** @param key localStorage key, e.g. "reshelf:choice" */
export function createChoiceRecord(key: string): ChoiceRecord {
  let memory = EMPTY; // for this page only, when the browser refuses storage
  let isStored = true;

  function read(): Choice {
    if (!isStored) return memory;
    try {
      const text = localStorage.getItem(key);
      return text === null ? EMPTY : parseChoice(JSON.parse(text));
    } catch {
      return memory; // storage refused, or a record that is no JSON: nobody has answered
    }
  }
  function write(choice: Choice): void {
    memory = choice;
    try {
      localStorage.setItem(key, JSON.stringify(choice));
      isStored = true;
    } catch {
      isStored = false;
      remove(); // the answer before must not outlive this one
    }
  }
  function remove(): void {
    try {
      localStorage.removeItem(key);
    } catch {
      // storage refused: then nothing is kept there either
    }
  }
  return {
    read,
    add: (receipt, purgePending) =>
      write({ version: 1, receipts: [receipt, ...read().receipts].slice(0, MAX_RECEIPTS), purgePending }),
    purged() {
      write({ ...read(), purgePending: false });
    },
    clear() {
      memory = EMPTY;
      remove();
    },
  };
}

/** Checks every field; what does not fit is dropped. Whether the rest is genuine, its hash must show. */
export function parseChoice(raw: unknown): Choice {
  if (!isRecord(raw) || raw.version !== 1 || !Array.isArray(raw.receipts)) return EMPTY;
  const receipts: ConsentReceipt[] = [];
  for (const candidate of raw.receipts.slice(0, MAX_RECEIPTS)) {
    const receipt = parseReceipt(candidate);
    if (receipt === null) break; // what lies before a broken receipt proves nothing
    receipts.push(receipt);
  }
  return { version: 1, receipts, purgePending: raw.purgePending === true };
}

function parseReceipt(raw: unknown): ConsentReceipt | null {
  if (!isRecord(raw) || raw.schema !== 'reshelf-receipt/1') return null;
  const { id, seq, at, source, noticeId, previousHash, hash } = raw;
  if (typeof id !== 'string' || typeof noticeId !== 'string' || noticeId === '') return null;
  if (typeof seq !== 'number' || !Number.isInteger(seq) || typeof at !== 'number' || !Number.isFinite(at))
    return null;
  if (typeof previousHash !== 'string' || typeof hash !== 'string' || !isSource(source)) return null;
  const answers = parseAnswers(raw.answers);
  if (answers === null) return null;
  return { schema: raw.schema, id, seq, at: asEpochMs(at), answers, source, noticeId, previousHash, hash };
}

function parseAnswers(raw: unknown): Partial<Record<Purpose, Answer>> | null {
  if (!isRecord(raw)) return null;
  const answers: Partial<Record<Purpose, Answer>> = {};
  for (const purpose of PURPOSES) {
    const answer = raw[purpose];
    if (answer === 'granted' || answer === 'refused' || answer === 'withdrawn') answers[purpose] = answer;
    else if (answer !== undefined) return null;
  }
  return answers;
}

/** Whether this names a source of answers. */
export const isSource = (value: unknown): value is AnswerSource =>
  value === 'card' || value === 'panel' || value === 'api';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The receipt in force, if anybody has answered. */
export const newestReceipt = (choice: Choice): ConsentReceipt | null => choice.receipts[0] ?? null;
