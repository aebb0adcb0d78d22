import { ANSWERS, type AnswerSource, type ConsentReceipt, SOURCES } from './receipt.ts';

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether this names a source of answers. */
export const isSource = (value: unknown): value is AnswerSource => SOURCES.some((source) => source === value);

const BASIS = { at: 0, terms: '', signal: true };
const RECEIPT = {
  schema: '',
  id: '',
  seq: 0,
  at: 0,
  answers: {},
  basis: {},
  source: '',
  notice: { id: '', textHash: '', language: '', variant: '' },
  region: '',
  previousHash: '',
  hash: '',
};

/** A receipt from outside with every field checked; `null` for anything else. Whether it is genuine, its hash must show. */
export function parseReceipt(raw: unknown): ConsentReceipt | null {
  if (!fits(raw, RECEIPT)) return null;
  const { schema, answers, basis, source, notice } = raw as unknown as ConsentReceipt;
  const isSound =
    schema === 'reshelf-receipt/2' &&
    isSource(source) &&
    notice.id !== '' &&
    Object.values(answers).every((answer) => ANSWERS.includes(answer)) &&
    Object.values(basis).every((one) => fits(one, BASIS));
  return isSound ? (raw as unknown as ConsentReceipt) : null; // every field was checked
}

/** Whether `value` has at least the fields of `shape`, of the same types; numbers must be finite. */
function fits(value: unknown, shape: unknown): value is Record<string, unknown> {
  if (!isRecord(shape))
    return typeof value === typeof shape && (typeof value !== 'number' || Number.isFinite(value));
  return isRecord(value) && Object.entries(shape).every(([name, inner]) => fits(value[name], inner));
}
