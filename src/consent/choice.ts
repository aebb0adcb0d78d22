import type { EpochMs } from '../core/ids.ts';
import { isRecord, parseReceipt } from '../core/parse-receipt.ts';
import type { ConsentReceipt } from '../core/receipt.ts';
import type { Terms } from '../core/terms.ts';

/** The only thing that may exist on the device without a grant: the answer itself and its proof. */
export interface Choice {
  readonly version: 2;
  /** Newest first, at most `MAX_RECEIPTS`; the first one is in force. */
  readonly receipts: readonly ConsentReceipt[];
  /** The terms that these receipts name, by hash. */
  readonly terms: Readonly<Record<string, Terms>>;
  /** A withdrawal whose purge has not been confirmed yet; it is completed at the next start. */
  readonly purgePending: boolean;
  /** Since when the terms have not been those of the yes; its data goes 30 days later. */
  readonly staleSince?: EpochMs;
  /** The last time that something was deleted while the yes stayed: other tabs put the shop's order back. */
  readonly forgottenAt?: EpochMs;
  /** After proof was erased: contributing stays off until then, because what was spent is not known any more. */
  readonly contributeOffUntil?: EpochMs;
}

/** Bounds the record; the worker's database keeps all receipts of granted times. */
const MAX_RECEIPTS = 8;

const EMPTY: Choice = { version: 2, receipts: [], terms: {}, purgePending: false };

/** Reads and writes the remembered answer. A browser that refuses storage remembers it for this page only. */
export interface ChoiceRecord {
  read(): Choice;
  /** Puts `receipt`, given under `terms`, in force. */
  add(receipt: ConsentReceipt, terms: Terms, termsHash: string, purgePending: boolean): void;
  /** Changes some of the rest. */
  note(changes: Partial<Omit<Choice, 'version' | 'receipts' | 'terms'>>): void;
  /** Forgets all of it: nobody has answered. */
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
    add(receipt, terms, termsHash, purgePending) {
      const { staleSince: _, ...before } = read();
      const receipts = [receipt, ...before.receipts].slice(0, MAX_RECEIPTS);
      const named = new Set(receipts.flatMap(({ basis }) => Object.values(basis).map((one) => one.terms)));
      const known = Object.entries({ ...before.terms, [termsHash]: terms });
      write({
        ...before,
        receipts,
        terms: Object.fromEntries(known.filter(([hash]) => named.has(hash))),
        purgePending,
      });
    },
    note: (changes) => write({ ...read(), ...changes }),
    clear() {
      memory = EMPTY;
      remove();
    },
  };
}

/** Checks every field; what does not fit is dropped. Whether the rest is genuine, its hash must show. */
export function parseChoice(raw: unknown): Choice {
  if (!isRecord(raw) || raw.version !== 2 || !Array.isArray(raw.receipts)) return EMPTY;
  const receipts: ConsentReceipt[] = [];
  for (const candidate of raw.receipts.slice(0, MAX_RECEIPTS)) {
    const receipt = parseReceipt(candidate);
    if (receipt === null) break; // what lies before a broken receipt proves nothing
    receipts.push(receipt);
  }
  const times = (['staleSince', 'forgottenAt', 'contributeOffUntil'] as const).filter(
    (name) => typeof raw[name] === 'number',
  );
  return {
    version: 2,
    receipts,
    terms: isRecord(raw.terms) ? (raw.terms as Choice['terms']) : {}, // shown and exported; their hash tells if they are genuine
    purgePending: raw.purgePending === true,
    ...Object.fromEntries(times.map((name) => [name, raw[name]])),
  };
}

/** The receipt in force, if anybody has answered. */
export const newestReceipt = (choice: Choice): ConsentReceipt | null => choice.receipts[0] ?? null;
