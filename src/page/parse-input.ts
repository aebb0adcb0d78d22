import { defined } from '../core/defined.ts';
import { ReshelfError } from '../core/errors.ts';
import type { EpochMs } from '../core/ids.ts';
import { type Candidate, type ItemFacts, MAX_CANDIDATES } from '../core/item.ts';
import { toItemId } from '../core/minimize.ts';
import type { Observation } from '../core/observation.ts';
import { SIGNAL_KINDS } from '../core/signal.ts';

type Fields = Record<string, unknown>;

/** A signal told by the shop's code, checked. @throws ReshelfError `signal/bad-input` */
export function parseSignal(input: unknown, at: EpochMs): Observation {
  if (!isFields(input))
    throw badSignal(`expected an object like { kind: 'view', item: { id: '42' } }, got ${typeof input}`);
  const kind = SIGNAL_KINDS.find((known) => known === input.kind);
  if (kind === undefined)
    throw badSignal(`expected kind to be one of ${SIGNAL_KINDS.join(', ')}; got ${String(input.kind)}`);
  const item = isFields(input.item) ? input.item : input;
  const itemId = toItemId(isFields(input.item) ? input.item.id : (input.itemId ?? input.id));
  if (kind !== 'search' && itemId === undefined)
    throw badSignal(`a ${kind} signal needs the id of a product: item: { id }`);
  if (kind === 'search' && typeof input.query !== 'string')
    throw badSignal('a search signal needs its words: query');
  if (kind === 'size' && typeof input.size !== 'string')
    throw badSignal('a size signal needs the size: size');
  return defined({
    kind,
    at,
    itemId,
    facts: parseFacts(item),
    dwellMs: ifType('number', input.dwellMs),
    quantity: ifType('number', input.quantity),
    position: ifType('number', input.position),
    size: ifType('string', input.size),
    query: ifType('string', input.query),
  });
}

/** Products to rank, checked. @throws ReshelfError `rank/bad-input` */
export function parseCandidates(input: unknown): Candidate[] {
  if (!Array.isArray(input) || input.length > MAX_CANDIDATES)
    throw badCandidates(`expected an array of at most ${MAX_CANDIDATES} products like [{ id: '42' }]`);
  const seen = new Set<string>();
  return input.map((product: unknown, place) => {
    const id = isFields(product) ? toItemId(product.id) : undefined;
    if (!isFields(product) || id === undefined)
      throw badCandidates(`product ${place} has no usable id; expected { id: '42' }`);
    if (seen.has(id)) throw badCandidates(`product ${place} has the id of another one`);
    seen.add(id);
    const position = typeof product.position === 'number' && product.position >= 0 ? product.position : place;
    return { ...parseFacts(product), id, position };
  });
}

/** Copies what is of the right type; a wrong type is treated as not given. */
function parseFacts(fields: Fields): ItemFacts {
  const { sizes } = fields;
  return defined({
    title: ifType('string', fields.title),
    price: ifType('number', fields.price),
    brand: ifType('string', fields.brand),
    category: ifType('string', fields.category),
    colour: ifType('string', fields.colour),
    sizes: Array.isArray(sizes) ? sizes.filter((size) => typeof size === 'string') : undefined,
    inStock: ifType('boolean', fields.inStock),
  });
}

interface Types {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}
const ifType = <Name extends keyof Types>(name: Name, value: unknown): Types[Name] | undefined =>
  typeof value === name ? (value as Types[Name]) : undefined; // the test is the proof

const badCandidates = (message: string) => new ReshelfError('rank/bad-input', message);
const badSignal = (message: string) => new ReshelfError('signal/bad-input', message);
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
