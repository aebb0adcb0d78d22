/**
 * The shop's own static tables: which products go together (in one order or session), which come next, and popularity.
 * One row per product lists that product's neighbours, so a page's list carries all it needs and what a page loads
 * never depends on the shopper. In memory here; the product's builder does the counting in an embedded engine.
 */

/** One customer's order or session: distinct items in order of time. */
export interface Basket {
  readonly items: readonly string[];
  /** Who the basket counts for in the support rule: the customer, or the basket itself where customers are unknown. */
  readonly customer: string;
  /** 0 oldest .. 1 newest, for recent popularity. */
  readonly age01: number;
}

export type CategoryOf = (itemId: string) => string | undefined;

export interface TableSettings {
  /** Bytes a product may spend on its row. Five a neighbour: 24-bit hash, together, next; two of header. */
  readonly rowBytes: number;
  readonly minCustomers: number;
  /** Pairs further apart than this in one basket are not counted. */
  readonly window: number;
  /** Pseudo-count that pulls rare pairs' lift to zero. */
  readonly shrink: number;
  /** Pseudo-count that pulls a pair of categories' own rate to chance; 1e9 and more: lift is not told apart by category. */
  readonly blockShrink: number;
  /** What a pair is compared with: see `buildArtefacts`. */
  readonly chance: 'baskets' | 'pairs';
  /** A neighbour's claim to a place in the row: |lift| * count ** this. */
  readonly countPower: number;
}

export const DEFAULT_TABLES: TableSettings = { rowBytes: 192, minCustomers: 3, window: 60, shrink: 1, blockShrink: 1e9, chance: 'baskets', countPower: 0.25 };
const NEIGHBOUR_BYTES = 5;
const HEADER_BYTES = 2;
/** Natural-log lifts from -MAX_LIFT to MAX_LIFT quantise to 1..255; 128 is no lift. */
const MAX_LIFT = 5;

/** Rows of quantised neighbours, and popularity. */
export interface Artefacts {
  /** Item id to row: repeated [hash24, together 0..255, next 0..255]. */
  readonly rows: ReadonlyMap<string, Uint8Array>;
  /** log(1 + baskets) over the whole of train, and over its newest part. */
  readonly popularity: ReadonlyMap<string, { readonly all: number; readonly recent: number }>;
}

/** 24-bit hash of an item id, unsalted: the same in the builder and in every browser. */
export function itemHash(itemId: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = 0; at < itemId.length; at++) hash = Math.imul(hash ^ itemId.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x7feb352d);
  hash ^= hash >>> 15;
  return (hash ^ (hash >>> 24)) & 0xffffff;
}

/** Counts per ordered pair of small integers, with distinct customers, in open addressing: far smaller than a Map. */
class PairCounts {
  private size = 0;
  private mask: number;
  private keys: Float64Array;
  private counts: Float32Array;
  private customers: Uint16Array;
  private last: Int32Array;
  constructor(private readonly width: number, bits = 16) {
    this.mask = (1 << bits) - 1;
    this.keys = new Float64Array(1 << bits).fill(-1);
    this.counts = new Float32Array(1 << bits);
    this.customers = new Uint16Array(1 << bits);
    this.last = new Int32Array(1 << bits);
  }
  private slot(key: number): number {
    let at = (Math.imul(key % 4294967296 | 0, 0x9e3779b1) ^ Math.imul(Math.floor(key / this.width), 0x85ebca6b)) >>> 7 & this.mask;
    while (this.keys[at] !== -1 && this.keys[at] !== key) at = (at + 1) & this.mask;
    return at;
  }
  add(a: number, b: number, count: number, customer: number): void {
    const key = a * this.width + b;
    const at = this.slot(key);
    if (this.keys[at] === -1) {
      this.keys[at] = key; this.counts[at] = count; this.customers[at] = 1; this.last[at] = customer;
      if (++this.size * 2 > this.mask) this.grow();
      return;
    }
    this.counts[at] = (this.counts[at] ?? 0) + count;
    if (this.last[at] !== customer) {
      this.last[at] = customer;
      if ((this.customers[at] ?? 0) < 65535) this.customers[at] = (this.customers[at] ?? 0) + 1;
    }
  }
  private grow(): void {
    const { keys, counts, customers, last } = this;
    const length = (this.mask + 1) * 2;
    this.mask = length - 1;
    this.keys = new Float64Array(length).fill(-1);
    this.counts = new Float32Array(length);
    this.customers = new Uint16Array(length);
    this.last = new Int32Array(length);
    for (let from = 0; from < keys.length; from++) {
      const key = keys[from] ?? -1;
      if (key === -1) continue;
      const at = this.slot(key);
      this.keys[at] = key; this.counts[at] = counts[from] ?? 0; this.customers[at] = customers[from] ?? 0; this.last[at] = last[from] ?? 0;
    }
  }
  forEach(visit: (a: number, b: number, count: number, customers: number) => void): void {
    for (let at = 0; at < this.keys.length; at++) {
      const key = this.keys[at] ?? -1;
      if (key !== -1) visit(Math.floor(key / this.width), key % this.width, this.counts[at] ?? 0, this.customers[at] ?? 0);
    }
  }
}

/** Log-lift over `expected`, shrunk: 0 for "as often as chance" and for pairs too rare to tell. */
function lift(pair: number, expected: number, shrink: number): number {
  return expected > 0 ? Math.log(pair / expected) * (pair / (pair + shrink)) : 0;
}

const STEPS = 127;
export function quantise(value: number): number {
  return 128 + Math.max(-STEPS, Math.min(STEPS, Math.round((value / MAX_LIFT) * STEPS)));
}
function dequantise(byte: number): number {
  return ((byte - 128) / STEPS) * MAX_LIFT;
}

/** How much more often two categories meet than chance; a lift above that is about the two products themselves. */
class Blocks {
  private readonly seen = new Map<string, number>();
  private readonly expected = new Map<string, number>();
  constructor(private readonly shrink: number) {}
  add(a: string, b: string, count: number): void { this.seen.set(`${a}\n${b}`, (this.seen.get(`${a}\n${b}`) ?? 0) + count); }
  expect(a: string, b: string, count: number): void { this.expected.set(`${a}\n${b}`, count); }
  rate(a: string, b: string): number {
    if (this.shrink >= 1e9) return 1;
    return ((this.seen.get(`${a}\n${b}`) ?? 0) + this.shrink) / ((this.expected.get(`${a}\n${b}`) ?? 0) + this.shrink);
  }
}

interface Neighbour { readonly item: number; together: number; next: number; claim: number }

/** Counts baskets into rows. A pair of fewer than `minCustomers` distinct customers leaves no trace in any row. */
export function buildArtefacts(baskets: readonly Basket[], categoryOf: CategoryOf, settings: TableSettings = DEFAULT_TABLES): Artefacts {
  const ids: string[] = [];
  const indexOf = new Map<string, number>();
  const customerOf = new Map<string, number>();
  const ordered = [...baskets].sort((a, b) => (a.customer < b.customer ? -1 : a.customer > b.customer ? 1 : 0)); // one customer's baskets together
  for (const basket of ordered) {
    if (!customerOf.has(basket.customer)) customerOf.set(basket.customer, customerOf.size);
    for (const id of basket.items) if (!indexOf.has(id)) { indexOf.set(id, ids.length); ids.push(id); }
  }
  const width = ids.length;
  const single = new Float64Array(width);
  const recent = new Float64Array(width);
  const together = new PairCounts(width);
  const next = new PairCounts(width);
  let nextTotal = 0;
  const nextFrom = new Float64Array(width);
  const nextTo = new Float64Array(width);
  for (const basket of ordered) {
    const customer = customerOf.get(basket.customer) ?? 0;
    const sequence = basket.items.map((id) => indexOf.get(id) ?? 0);
    const distinct = [...new Set(sequence)];
    for (const item of distinct) { single[item] = (single[item] ?? 0) + 1; recent[item] = (recent[item] ?? 0) + 2 ** ((basket.age01 - 1) * 8); }
    for (let i = 0; i < distinct.length; i++)
      for (let j = Math.max(0, i - settings.window); j < i; j++) {
        const a = distinct[i] ?? 0, b = distinct[j] ?? 0;
        together.add(Math.min(a, b), Math.max(a, b), 1, customer);
      }
    for (let i = 1; i < sequence.length; i++)
      for (let back = 1; back <= 3 && i - back >= 0; back++) {
        const from = sequence[i - back] ?? 0, to = sequence[i] ?? 0, weight = 1 / back;
        if (from === to) continue;
        next.add(to, from, weight, customer);
        nextTotal += weight;
        nextFrom[from] = (nextFrom[from] ?? 0) + weight;
        nextTo[to] = (nextTo[to] ?? 0) + weight;
      }
  }
  const table = new Map<number, Map<number, Neighbour>>();
  const neighbour = (owner: number, item: number): Neighbour => {
    let row = table.get(owner);
    if (row === undefined) table.set(owner, row = new Map());
    let entry = row.get(item);
    if (entry === undefined) row.set(item, entry = { item, together: 0, next: 0, claim: 0 });
    return entry;
  };
  const categories = ids.map((id) => categoryOf(id) ?? '');
  const sumBy = (values: Float64Array): Map<string, number> => {
    const sums = new Map<string, number>();
    categories.forEach((c, at) => sums.set(c, (sums.get(c) ?? 0) + (values[at] ?? 0)));
    return sums;
  };
  const singleIn = sumBy(single), fromIn = sumBy(nextFrom), toIn = sumBy(nextTo);
  let pairTotal = 0;
  const blocks = new Blocks(settings.blockShrink), nextBlocks = new Blocks(settings.blockShrink);
  together.forEach((a, b, count) => {
    pairTotal += 2 * count;
    blocks.add(categories[a] ?? '', categories[b] ?? '', count);
    blocks.add(categories[b] ?? '', categories[a] ?? '', count);
  });
  const singleTotal = single.reduce((x, y) => x + y, 0);
  // by baskets, a pair in two of few baskets stands out; by pairs, large baskets are discounted (better when clicks walk a page)
  const chance = settings.chance === 'baskets' ? 1 / Math.max(1, baskets.length) : pairTotal / (singleTotal * singleTotal);
  const blocked = settings.blockShrink < 1e9; // else no block rate is ever read: skip the square of categories
  if (blocked) for (const [a, x] of singleIn) for (const [b, y] of singleIn) blocks.expect(a, b, x * y * chance);
  next.forEach((to, from, count) => { nextBlocks.add(categories[to] ?? '', categories[from] ?? '', count); });
  if (blocked) for (const [a, x] of toIn) for (const [b, y] of fromIn) nextBlocks.expect(a, b, (x * y) / nextTotal);
  const claim = (value: number, count: number): number => Math.abs(value) * count ** settings.countPower;
  together.forEach((a, b, count, customers) => {
    if (customers < settings.minCustomers) return;
    const expected = (single[a] ?? 0) * (single[b] ?? 0) * chance * blocks.rate(categories[a] ?? '', categories[b] ?? '');
    const value = lift(count, expected, settings.shrink);
    for (const entry of [neighbour(a, b), neighbour(b, a)]) { entry.together = value; entry.claim += claim(value, count); }
  });
  next.forEach((to, from, count, customers) => {
    if (customers < settings.minCustomers) return;
    const expected = (((nextFrom[from] ?? 0) * (nextTo[to] ?? 0)) / nextTotal) * nextBlocks.rate(categories[to] ?? '', categories[from] ?? '');
    const value = lift(count, expected, settings.shrink);
    const entry = neighbour(to, from);
    entry.next = value;
    entry.claim += claim(value, count);
  });
  const room = Math.floor((settings.rowBytes - HEADER_BYTES) / NEIGHBOUR_BYTES);
  const rows = new Map<string, Uint8Array>();
  for (const [owner, row] of table) {
    const best = [...row.values()].sort((x, y) => y.claim - x.claim || x.item - y.item).slice(0, room);
    const bytes = new Uint8Array(best.length * NEIGHBOUR_BYTES);
    best.forEach((entry, at) => {
      const hash = itemHash(ids[entry.item] ?? '');
      bytes.set([hash & 255, (hash >>> 8) & 255, hash >>> 16, quantise(entry.together), quantise(entry.next)], at * NEIGHBOUR_BYTES);
    });
    rows.set(ids[owner] ?? '', bytes);
  }
  const popularity = new Map(ids.slice(0, width).map((id, at) => [id, { all: Math.log1p(single[at] ?? 0), recent: Math.log1p(recent[at] ?? 0) }]));
  return { rows, popularity };
}

/** Calls `visit` for each neighbour in a row; lifts are natural logs again. */
export function forEachNeighbour(row: Uint8Array, visit: (hash: number, together: number, next: number) => void): void {
  for (let at = 0; at + NEIGHBOUR_BYTES <= row.length; at += NEIGHBOUR_BYTES) {
    const hash = (row[at] ?? 0) | ((row[at + 1] ?? 0) << 8) | ((row[at + 2] ?? 0) << 16);
    visit(hash, dequantise(row[at + 3] ?? 128), dequantise(row[at + 4] ?? 128));
  }
}
