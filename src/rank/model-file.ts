import type { Model } from './model.ts';

/** A model as a file: JSON, at most 16 kB. */
export const MAX_MODEL_BYTES = 16_384;
/** A file of another format is refused, not guessed at. */
const FORMAT = 'reshelf-model@1';
const MAX_FEATURES = 512;
const MAX_HIDDEN = 256;
/** Far beyond any trained number, and exact enough in 32 bits. */
const MAX_MAGNITUDE = 1e6;
/** Rounding by less than 0.001 % moves no product that training could tell apart. */
const SIGNIFICANT_DIGITS = 5;
const ID = /^[a-z][a-z0-9-]{0,31}@[1-9][0-9]{0,5}$/;
const FEATURE = /^[a-z][A-Za-z0-9.-]{0,39}$/;

/** Where a model comes from; enough to train it again. */
export interface Provenance {
  /** Package and version that trained it, e.g. "reshelf 0.1.0". */
  readonly tool: string;
  /** Name of the folder of records, e.g. "onlineretail". */
  readonly source: string;
  /** Lists learned from, and lists held out. */
  readonly lists: number;
  readonly heldOut: number;
  readonly seed: number;
  /** The epoch whose weights these are. */
  readonly epoch: number;
}

export interface ModelFile {
  readonly model: Model;
  readonly provenance: Provenance;
}

/** @throws RangeError when the model takes more than 16 kB; fewer hidden units take less */
export function stringifyModel({ model, provenance }: ModelFile): string {
  const short = (values: Float64Array) =>
    Array.from(values, (value) => Number(value.toPrecision(SIGNIFICANT_DIGITS)) + 0); // -0 becomes 0
  const { kind, id, features } = model;
  const numbers =
    model.kind === 'linear'
      ? { weights: short(model.weights) }
      : {
          hidden: model.hidden,
          inner: short(model.inner),
          bias: short(model.bias),
          outer: short(model.outer),
        };
  const text = JSON.stringify({ format: FORMAT, kind, id, features, ...numbers, provenance });
  checkSize(text);
  return text;
}

/**
 * @param features the reader's own, in its order; a model of others cannot be used
 * @throws SyntaxError on text that is no JSON, TypeError and RangeError naming the first field that is not as expected
 */
export function parseModel(text: string, features: readonly string[]): ModelFile {
  checkSize(text);
  const file = toFields(JSON.parse(text), 'model');
  if (file.format !== FORMAT)
    throw new RangeError(`model.format: expected "${FORMAT}", got ${show(file.format)}`);
  const shared = ['format', 'kind', 'id', 'features', 'provenance'];
  const isNetwork = file.kind === 'network';
  if (!isNetwork && file.kind !== 'linear')
    throw new RangeError(`model.kind: expected "linear" or "network", got ${show(file.kind)}`);
  checkKeys(
    file,
    isNetwork ? [...shared, 'hidden', 'inner', 'bias', 'outer'] : [...shared, 'weights'],
    'model',
  );
  const id = toText(file.id, ID, 'model.id', 'a name and a version such as linear@2');
  const names = toNames(file.features, features);
  const width = names.length;
  const provenance = toProvenance(file.provenance);
  if (!isNetwork) {
    const weights = toNumbers(file.weights, width, 'model.weights');
    return { model: { kind: 'linear', id, features: names, weights }, provenance };
  }
  const hidden = toWhole(file.hidden, 1, MAX_HIDDEN, 'model.hidden');
  return {
    model: {
      kind: 'network',
      id,
      features: names,
      hidden,
      inner: toNumbers(file.inner, width * hidden, 'model.inner'),
      bias: toNumbers(file.bias, hidden, 'model.bias'),
      outer: toNumbers(file.outer, hidden, 'model.outer'),
    },
    provenance,
  };
}

function toProvenance(value: unknown): Provenance {
  const at = 'model.provenance';
  const given = toFields(value, at);
  checkKeys(given, ['tool', 'source', 'lists', 'heldOut', 'seed', 'epoch'], at);
  const whole = (name: keyof Provenance) => toWhole(given[name], 0, Number.MAX_SAFE_INTEGER, `${at}.${name}`);
  const words = (name: keyof Provenance) =>
    toText(given[name], /^.{1,100}$/u, `${at}.${name}`, 'up to 100 characters');
  return {
    tool: words('tool'),
    source: words('source'),
    lists: whole('lists'),
    heldOut: whole('heldOut'),
    seed: whole('seed'),
    epoch: whole('epoch'),
  };
}

function toNames(value: unknown, features: readonly string[]): readonly string[] {
  const at = 'model.features';
  if (!Array.isArray(value)) throw new TypeError(`${at}: expected a list of names, got ${show(value)}`);
  if (value.length < 1 || value.length > MAX_FEATURES)
    throw new RangeError(`${at}: expected 1 to ${MAX_FEATURES} names, got ${value.length}`);
  const names = value.map((name: unknown, i) => toText(name, FEATURE, `${at}[${i}]`, 'a feature name'));
  const other = features.findIndex((name, i) => names[i] !== name);
  if (other >= 0 || names.length !== features.length)
    throw new RangeError(
      other >= 0
        ? `${at}[${other}]: expected "${features[other]}", got ${show(names[other])}; train the model with this version`
        : `${at}: expected ${features.length} names, got ${names.length}; train the model with this version`,
    );
  return names;
}

function toFields(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${at}: expected an object, got ${show(value)}`);
  return value as Readonly<Record<string, unknown>>; // an object's fields, each still unknown
}

function checkKeys(fields: Readonly<Record<string, unknown>>, names: readonly string[], at: string): void {
  for (const name of names)
    if (!Object.hasOwn(fields, name)) throw new TypeError(`${at}.${name}: expected, got nothing`);
  for (const name of Object.keys(fields))
    if (!names.includes(name))
      throw new TypeError(`${at}: expected ${names.join(', ')}, got ${show(name)} as well`);
}

function toText(value: unknown, pattern: RegExp, at: string, expected: string): string {
  if (typeof value !== 'string') throw new TypeError(`${at}: expected ${expected}, got ${show(value)}`);
  if (!pattern.test(value)) throw new RangeError(`${at}: expected ${expected}, got ${show(value)}`);
  return value;
}

function toWhole(value: unknown, least: number, most: number, at: string): number {
  if (typeof value !== 'number') throw new TypeError(`${at}: expected a whole number, got ${show(value)}`);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`${at}: expected a whole number from ${least} to ${most}, got ${value}`);
  return value;
}

function toNumbers(value: unknown, count: number, at: string): Float64Array {
  if (!Array.isArray(value)) throw new TypeError(`${at}: expected ${count} numbers, got ${show(value)}`);
  if (value.length !== count) throw new RangeError(`${at}: expected ${count} numbers, got ${value.length}`);
  return Float64Array.from(value, (one: unknown, i) => {
    if (typeof one !== 'number') throw new TypeError(`${at}[${i}]: expected a number, got ${show(one)}`);
    if (!(Math.abs(one) <= MAX_MAGNITUDE))
      throw new RangeError(
        `${at}[${i}]: expected a number of at most ${MAX_MAGNITUDE} either way, got ${one}`,
      );
    return one;
  });
}

function checkSize(text: string): void {
  const size = new TextEncoder().encode(text).length;
  if (size > MAX_MODEL_BYTES)
    throw new RangeError(
      `expected a model of at most ${MAX_MODEL_BYTES} bytes, got ${size}; fewer hidden units take less`,
    );
}

/** A value for a message: short, on one line. */
const show = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 40);
