import { errorAt } from '../cli-error.ts';
import type { Line } from './lines.ts';

/**
 * Reads the fields of one line of JSON; every reader throws a `CliError` with file and line when the field is not
 * what it should be. `null` counts as missing.
 */
export interface RecordReader {
  text(key: string): string;
  optionalText(key: string): string | undefined;
  number(key: string): number;
  optionalNumber(key: string): number | undefined;
  array(key: string): readonly unknown[];
  optionalArray(key: string): readonly unknown[] | undefined;
  /** A reader of one element of an array that should hold objects. */
  element(value: unknown, path: string): RecordReader;
  fail(message: string): never;
}

type Fields = Readonly<Record<string, unknown>>;

/** @throws CliError when the line is no JSON object */
export function readRecord(file: string, line: Line): RecordReader {
  const fail = (message: string): never => {
    throw errorAt(file, line.number, message);
  };
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch (error) {
    fail(`expected one JSON object a line, got broken JSON (${(error as SyntaxError).message})`);
  }
  return readerOf(value, '', fail);
}

function readerOf(value: unknown, path: string, fail: (message: string) => never): RecordReader {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fail(
      `expected ${path === '' ? 'a JSON object' : `"${path}" to be an object`}, got ${show(value)}`,
    );
  const fields = value as Fields; // checked above; every field is still unknown
  const nameOf = (key: string): string => (path === '' ? key : `${path}.${key}`);

  function read<T>(key: string, what: string, isRight: (value: unknown) => value is T): T {
    const found = fields[key];
    return isRight(found) ? found : fail(`expected "${nameOf(key)}" to be ${what}, got ${show(found)}`);
  }
  function optional<T>(key: string, what: string, isRight: (value: unknown) => value is T): T | undefined {
    const found = fields[key];
    return found === undefined || found === null ? undefined : read(key, what, isRight);
  }
  return {
    text: (key) => read(key, 'a text', isText),
    optionalText: (key) => optional(key, 'a text', isText),
    number: (key) => read(key, 'a number', isNumber),
    optionalNumber: (key) => optional(key, 'a number', isNumber),
    array: (key) => read(key, 'a list', isArray),
    optionalArray: (key) => optional(key, 'a list', isArray),
    element: (element, elementPath) => readerOf(element, nameOf(elementPath), fail),
    fail,
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isArray = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
