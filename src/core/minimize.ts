import { defined } from './defined.ts';
import { ReshelfError, unreachable } from './errors.ts';
import { asItemId, type ItemId } from './ids.ts';
import type { ItemFacts } from './item.ts';
import { toCategory, toLabel } from './label.ts';
import type { Observation } from './observation.ts';
import { toPriceLevel } from './price-level.ts';
import { sensitivityOf } from './sensitive.ts';
import { MAX_DWELL_MS, type Signal, type SignalFacets } from './signal.ts';
import { hashTokens, type Salt } from './tokens.ts';

/**
 * What a merchant may choose to keep; `recent` is which products were met, the others are what they were like.
 * The example shop keeps `size`, `category` and `recent`.
 */
export const KEEPABLE = [
  'category',
  'brand',
  'colour',
  'size',
  'price',
  'title',
  'search',
  'recent',
] as const;
export type Keepable = (typeof KEEPABLE)[number];
export type Keep = ReadonlySet<Keepable>;

/** A product id longer than this is no id. */
const MAX_ID_LENGTH = 128;

/**
 * An item's id as it may be stored: never a query string, never a text.
 * @returns `undefined` when nothing usable is left
 */
export function toItemId(value: unknown): ItemId | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const id = String(value).split(/[?#]/, 1)[0]?.trim() ?? '';
  return id !== '' && id.length <= MAX_ID_LENGTH && !/\s.*\s.*\s/.test(id) ? asItemId(id) : undefined;
}

/**
 * The schema that data minimization rests on: builds the stored signal field by field from an allow-list per
 * kind, so that whatever else an observation carries (user ids, addresses, texts) is not copied.
 * @param keep what the merchant chose to keep; a kind whose whole content is left out gives `null`
 * @returns the signal, or `null` when under `keep` nothing of it may be stored, or when it is about sensitive goods
 * @throws ReshelfError `signal/bad-input` when a required field is missing
 */
export function minimize(seen: Observation, keep: Keep, salt: Salt, session: number): Signal | null {
  const base = { at: seen.at, session };
  if (sensitivityOf(`${seen.facts?.category ?? ''} ${seen.query ?? ''}`) !== undefined) return null;
  if (seen.kind === 'search') {
    const queryTokens = keep.has('search') ? hashTokens(seen.query ?? '', salt) : [];
    return queryTokens.length > 0 ? { kind: 'search', ...base, queryTokens } : null;
  }
  const itemId = toItemId(seen.itemId);
  if (itemId === undefined)
    throw new ReshelfError(
      'signal/bad-input',
      `a ${seen.kind} signal needs the id of a product; give item.id`,
    );
  const item = {
    ...base,
    ...(keep.has('recent') ? { itemId } : {}),
    ...facetsOf(seen.facts ?? {}, keep, salt),
  };
  const label = keep.has('size') ? toLabel(seen.size) : undefined;
  const size = label === undefined ? {} : { size: label };
  switch (seen.kind) {
    case 'impression':
    case 'click':
      return { kind: seen.kind, ...item, slateId: seen.slateId ?? null, position: toCount(seen.position, 0) };
    case 'view':
      return { kind: 'view', ...item, dwellMs: Math.min(toCount(seen.dwellMs, 0), MAX_DWELL_MS) };
    case 'size':
      return label === undefined ? null : { kind: 'size', ...item, size: label };
    case 'cart':
      return { kind: 'cart', ...item, ...size };
    case 'purchase':
      return {
        kind: 'purchase',
        ...item,
        ...size,
        quantity: Math.max(1, Math.min(toCount(seen.quantity, 1), 99)),
      };
    default:
      return unreachable(seen.kind);
  }
}

/** The attributes of a product that may be kept with a signal about it. */
export function facetsOf(facts: ItemFacts, keep: Keep, salt: Salt): SignalFacets {
  const titleTokens = keep.has('title') && facts.title !== undefined ? hashTokens(facts.title, salt) : [];
  return defined({
    category: keep.has('category') ? toCategory(facts.category) : undefined,
    brand: keep.has('brand') ? toLabel(facts.brand) : undefined,
    colour: keep.has('colour') ? toLabel(facts.colour) : undefined,
    priceLevel: keep.has('price') ? toPriceLevel(facts.price) : undefined,
    titleTokens: titleTokens.length > 0 ? titleTokens : undefined,
  });
}

function toCount(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.round(value) : fallback;
}
