import type { ItemId } from '../core/ids.ts';
import { itemHash } from '../core/item-hash.ts';

/*
 * A shard: what the shop's own data says of the products of one list, as one static file. Little-endian.
 *
 *   0  "RS"            2 bytes
 *   2  version         1 byte, 1
 *   3  flags           1 byte; bit 0: made with orders, so that popularity means something
 *   4  vector size d   1 byte, 0 to 32
 *   5  0               1 byte, reserved
 *   6  products n      2 bytes
 *   8  n x { item hash 3 bytes, popularity all 1, popularity recent 1, neighbours k 1, vector d bytes (int8) }
 *   .. n x k x { item hash 3 bytes, together 1, next 1 }, in the order of the products, strongest neighbour first
 *
 * A product takes 6 + d + 5k bytes: at most 228, of which 32 for the vector and 190 for its neighbours.
 */

export const SHARD_VERSION = 1;
export const MAX_VECTOR_BYTES = 32;
export const NEIGHBOUR_BYTES = 5;
/** 192 bytes a product: 38 neighbours of 5 bytes and 2 of header. */
export const MAX_NEIGHBOURS = 38;
const HEADER_BYTES = 8;
const ENTRY_BYTES = 6;
const WITH_ORDERS = 1;

/** Natural-log lifts from -5 to 5 quantise to 1..255; 128 is no lift, 0 is never written. */
export const MAX_LIFT = 5;
export const LIFT_STEPS = 127;
export const NO_LIFT = 128;
/** Popularity is log(1 + orders) in steps of 1/16, at most 255 of them: up to eight million orders. */
const POPULARITY_STEPS = 16;

export interface Popularity {
  /** log(1 + orders), over the whole file. */
  readonly all: number;
  /** The same with an order's weight halving with every eighth of the file's orders that came after it. */
  readonly recent: number;
}

/** What the shop's own data says of one product. */
export interface ItemArtefacts {
  /** k neighbours of 5 bytes; read them with `forEachNeighbour`. */
  readonly neighbours: Uint8Array;
  /** Missing when the shop gave no orders; zeros for a product of fewer customers than the minimum support. */
  readonly popularity?: Popularity;
  /** Text and attributes, unit length times 127, shape [d]; alike products have a high cosine. */
  readonly vector: Int8Array;
}

/** Finds a product's artefacts by its id. */
export type Shard = (id: ItemId) => ItemArtefacts | undefined;

export interface ShardProduct extends ItemArtefacts {
  readonly hash: number;
}

/**
 * @param hasOrders whether popularity is written as known
 * @throws RangeError when a product does not fit the format
 */
export function encodeShard(products: readonly ShardProduct[], hasOrders: boolean): Uint8Array<ArrayBuffer> {
  const size = products[0]?.vector.length ?? 0;
  if (products.length > 0xffff)
    throw new RangeError(`expected at most 65535 products, got ${products.length}`);
  if (size > MAX_VECTOR_BYTES) throw new RangeError(`expected a vector of at most 32 bytes, got ${size}`);
  const neighbourBytes = products.reduce((sum, { neighbours }) => sum + neighbours.length, 0);
  const bytes = new Uint8Array(HEADER_BYTES + products.length * (ENTRY_BYTES + size) + neighbourBytes);
  bytes.set([0x52, 0x53, SHARD_VERSION, hasOrders ? WITH_ORDERS : 0, size, 0]);
  bytes.set([products.length & 255, products.length >>> 8], 6);
  let at = HEADER_BYTES;
  let rowAt = HEADER_BYTES + products.length * (ENTRY_BYTES + size);
  for (const { hash, popularity, neighbours, vector } of products) {
    const count = neighbours.length / NEIGHBOUR_BYTES;
    if (!Number.isInteger(count) || count > MAX_NEIGHBOURS || vector.length !== size)
      throw new RangeError(
        `expected at most ${MAX_NEIGHBOURS} neighbours of 5 bytes and a vector of ${size}, got ${neighbours.length} bytes and ${vector.length}`,
      );
    const { all = 0, recent = 0 } = hasOrders ? (popularity ?? {}) : {};
    bytes.set([hash & 255, (hash >>> 8) & 255, hash >>> 16, toStep(all), toStep(recent), count], at);
    bytes.set(new Uint8Array(vector.buffer, vector.byteOffset, size), at + ENTRY_BYTES);
    bytes.set(neighbours, rowAt);
    at += ENTRY_BYTES + size;
    rowAt += neighbours.length;
  }
  return bytes;
}

/**
 * @param bytes outside input; kept, since what is found in the shard are views of it
 * @throws RangeError with what was expected and what came, unless every byte is accounted for
 */
export function decodeShard(bytes: Uint8Array<ArrayBuffer>): Shard {
  const byte = (at: number) => bytes[at] ?? 0;
  if (bytes.length < HEADER_BYTES || byte(0) !== 0x52 || byte(1) !== 0x53)
    throw new RangeError(`expected a Reshelf shard, got ${bytes.length} bytes of something else`);
  if (byte(2) !== SHARD_VERSION)
    throw new RangeError(`expected shard version ${SHARD_VERSION}, got ${byte(2)}`);
  const size = byte(4);
  const count = byte(6) | (byte(7) << 8);
  if (byte(3) > WITH_ORDERS || size > MAX_VECTOR_BYTES || byte(5) !== 0)
    throw new RangeError(`expected known flags and a vector of at most 32 bytes, got ${byte(3)} and ${size}`);
  let rowAt = HEADER_BYTES + count * (ENTRY_BYTES + size);
  if (rowAt > bytes.length)
    throw new RangeError(`expected ${count} products in at least ${rowAt} bytes, got ${bytes.length}`);
  const found = new Map<number, ItemArtefacts | undefined>();
  for (let i = 0, at = HEADER_BYTES; i < count; i++, at += ENTRY_BYTES + size) {
    const hash = byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16);
    const length = byte(at + 5) * NEIGHBOUR_BYTES;
    if (byte(at + 5) > MAX_NEIGHBOURS || rowAt + length > bytes.length)
      throw new RangeError(
        `expected at most ${MAX_NEIGHBOURS} neighbours of product ${i} up to byte ${bytes.length}, got ${byte(at + 5)} from ${rowAt}`,
      );
    const entry: ItemArtefacts = {
      neighbours: bytes.subarray(rowAt, rowAt + length),
      vector: new Int8Array(bytes.buffer, bytes.byteOffset + at + ENTRY_BYTES, size),
      ...(byte(3) === WITH_ORDERS
        ? { popularity: { all: byte(at + 3) / POPULARITY_STEPS, recent: byte(at + 4) / POPULARITY_STEPS } }
        : {}),
    };
    found.set(hash, found.has(hash) ? undefined : entry); // two of one hash cannot be told apart: neither is known
    rowAt += length;
  }
  if (rowAt !== bytes.length)
    throw new RangeError(`expected the shard to end at byte ${rowAt}, got ${bytes.length} bytes`);
  return (id) => found.get(itemHash(id));
}

/** Calls `visit` for each neighbour of a row, strongest first; lifts are natural logs, 0 where nothing is known. */
export function forEachNeighbour(
  neighbours: Uint8Array,
  visit: (hash: number, together: number, next: number) => void,
): void {
  for (let at = 0; at + NEIGHBOUR_BYTES <= neighbours.length; at += NEIGHBOUR_BYTES) {
    const byte = (offset: number) => neighbours[at + offset] ?? 0;
    visit(byte(0) | (byte(1) << 8) | (byte(2) << 16), toLift(byte(3)), toLift(byte(4)));
  }
}

function toLift(byte: number): number {
  return ((byte - NO_LIFT) / LIFT_STEPS) * MAX_LIFT;
}

function toStep(popularity: number): number {
  return Math.min(255, Math.max(0, Math.round(popularity * POPULARITY_STEPS)));
}
