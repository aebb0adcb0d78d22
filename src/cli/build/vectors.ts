import { MAX_VECTOR_BYTES } from '../../rank/shard.ts';

/*
 * Product vectors: latent semantic analysis of title words and attributes. Words are hashed to one of 32,768 columns and
 * weighted by log(1 + products / products with the word); the 32 strongest directions are found by block power
 * iteration (Halko, Martinsson and Tropp 2011, algorithm 4.4); a product's place in them, less the mean of all, is
 * brought to unit length times 127 and rounded. Words that keep the same company end up alike, which plain hashing
 * would not show. The same feed gives the same bytes: fixed seed, fixed order of sums.
 */

const COLUMNS = 1 << 15;
const SIZE = MAX_VECTOR_BYTES;
const ROUNDS = 5;
const MAX_WORDS = 24;

/** What vectors are made of. Not the category: a list has mostly one, and its 32 bytes tell more without it. */
export interface ProductText {
  readonly title: string;
  readonly brand: string;
  readonly colour: string;
}

export interface VectorBuilder {
  /** Products in catalogue order; about 30 bytes are kept of each. */
  add(text: ProductText): void;
  /** Row-major, shape [n, 32]; zeros for a product without a word. */
  finish(): Int8Array;
}

export function createVectorBuilder(): VectorBuilder {
  let words = new Uint16Array(1 << 16);
  let used = 0;
  const ends: number[] = [];
  return {
    add(text) {
      const own = columnsOf(text);
      if (used + own.size > words.length) {
        const larger = new Uint16Array(words.length * 2);
        larger.set(words);
        words = larger;
      }
      for (const column of own) words[used++] = column;
      ends.push(used);
    },
    finish: () => project(...densify(words.subarray(0, used)), ends),
  };
}

function columnsOf({ title, brand, colour }: ProductText): Set<number> {
  const columns = new Set<number>();
  for (const raw of title
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]{2,}/gu) ?? []) {
    columns.add(hashColumn(/[^s]s$/.test(raw) && raw.length > 3 ? raw.slice(0, -1) : raw)); // bags, bag
    if (columns.size === MAX_WORDS) break;
  }
  if (brand !== '') columns.add(hashColumn(`brand:${brand}`));
  if (colour !== '') columns.add(hashColumn(`colour:${colour}`));
  return columns;
}

function hashColumn(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return mix(hash) & (COLUMNS - 1);
}

function mix(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}

/** Renumbers the columns that occur from 0 on, in place, so that a small shop takes little time. */
function densify(words: Uint16Array): [words: Uint16Array, columns: number] {
  const numbers = new Map<number, number>();
  words.forEach((word, at) => {
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    words[at] = number;
  });
  return [words, numbers.size];
}

function project(words: Uint16Array, columns: number, ends: readonly number[]): Int8Array {
  const weights = weigh(words, columns, ends.length);
  const count = ends.length;
  let basis = new Float64Array(columns * SIZE);
  for (let at = 0; at < basis.length; at++) basis[at] = mix(at + 1) / 2 ** 31 - 1;
  orthonormalize(basis);
  const place = new Float64Array(SIZE);
  /** Sum of the product's weighted rows of the basis, at unit length of its words. */
  const locate = (product: number): number => {
    place.fill(0);
    let square = 0;
    for (let at = ends[product - 1] ?? 0; at < (ends[product] ?? 0); at++) {
      const column = words[at] ?? 0;
      const weight = weights[column] ?? 0;
      square += weight * weight;
      for (let d = 0; d < SIZE; d++) place[d] = (place[d] ?? 0) + weight * (basis[column * SIZE + d] ?? 0);
    }
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let d = 0; d < SIZE; d++) place[d] = (place[d] ?? 0) * scale;
    return scale;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(columns * SIZE);
    for (let product = 0; product < count; product++) {
      const scale = locate(product);
      for (let at = ends[product - 1] ?? 0; at < (ends[product] ?? 0); at++) {
        const column = words[at] ?? 0;
        const weight = (weights[column] ?? 0) * scale;
        for (let d = 0; d < SIZE; d++) {
          const to = column * SIZE + d;
          next[to] = (next[to] ?? 0) + weight * (place[d] ?? 0);
        }
      }
    }
    basis = next;
    orthonormalize(basis);
  }
  const places = new Float32Array(count * SIZE);
  const mean = new Float64Array(SIZE);
  for (let product = 0; product < count; product++) {
    locate(product);
    places.set(place, product * SIZE);
    for (let d = 0; d < SIZE; d++) mean[d] = (mean[d] ?? 0) + (place[d] ?? 0) / count;
  }
  return quantize(places, mean, (product) => (ends[product] ?? 0) > (ends[product - 1] ?? 0));
}

/** Rare words say more. */
function weigh(words: Uint16Array, columns: number, products: number): Float64Array {
  const counts = new Float64Array(columns);
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts.map((n) => Math.log(1 + products / n));
}

/** Modified Gram-Schmidt over the 32 directions of a row-major [columns, 32] matrix, in place. */
function orthonormalize(basis: Float64Array): void {
  const dot = (a: number, b: number) => {
    let sum = 0;
    for (let at = 0; at < basis.length; at += SIZE) sum += (basis[at + a] ?? 0) * (basis[at + b] ?? 0);
    return sum;
  };
  for (let d = 0; d < SIZE; d++) {
    for (let e = 0; e < d; e++) {
      const along = dot(d, e);
      for (let at = 0; at < basis.length; at += SIZE)
        basis[at + d] = (basis[at + d] ?? 0) - along * (basis[at + e] ?? 0);
    }
    const length = Math.sqrt(dot(d, d));
    const scale = length > 1e-9 ? 1 / length : 0; // fewer directions than 32: the rest stays empty
    for (let at = 0; at < basis.length; at += SIZE) basis[at + d] = (basis[at + d] ?? 0) * scale;
  }
}

function quantize(
  places: Float32Array,
  mean: Float64Array,
  hasWords: (product: number) => boolean,
): Int8Array {
  const vectors = new Int8Array(places.length);
  for (let start = 0; start < places.length; start += SIZE) {
    if (!hasWords(start / SIZE)) continue;
    let square = 0;
    for (let d = 0; d < SIZE; d++) square += ((places[start + d] ?? 0) - (mean[d] ?? 0)) ** 2;
    const scale = square > 1e-18 ? 127 / Math.sqrt(square) : 0;
    for (let d = 0; d < SIZE; d++)
      vectors[start + d] = Math.round(((places[start + d] ?? 0) - (mean[d] ?? 0)) * scale);
  }
  return vectors;
}
