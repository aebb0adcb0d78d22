/**
 * The boot snapshot: at most 4 kB of derived weights, no history as such, that orders a list synchronously before the
 * worker is up. Items' boosts come from the full ranker's own features; neighbours of what was touched lately get the
 * boost their rows promise (the lift is symmetric, so the rows the shopper's pages already loaded are enough).
 */
import { forEachNeighbour, itemHash, quantise } from './artefacts.ts';
import { FEATURES, prepare, rarity, shortnessOf, writeFeatures, type Candidate } from './features.ts';
import type { Profile } from './profile.ts';

const STEP = 1 / 16; // scores are kept in sixteenths, in one signed byte
const NEIGHBOUR_HISTORY = 25;
const MEAN_IDF = 0.75;
const byte = (score: number): number => Math.max(-127, Math.min(127, Math.round(score / STEP)));

export interface Snapshot {
  /** 24-bit item hash to score steps: always, and on a short list only; 5 bytes an entry. */
  readonly items: ReadonlyMap<number, readonly [number, number]>;
  /** 24 bits of a token to steps: likeness to recent titles, and liking of the word; 5 bytes an entry. */
  readonly tokens: ReadonlyMap<number, readonly [number, number]>;
  readonly order: { readonly fresh: number; readonly known: number; readonly first: number; readonly linear: number; readonly linearKnown: number };
  readonly lastItem: number;
  readonly price: { readonly last: number; readonly weight: number };
}
export const sizeBytes = (s: Snapshot): number => 40 + 5 * s.items.size + 5 * s.tokens.size;

const at = (name: string): number => FEATURES.findIndex((f) => f.name === name);

export function makeSnapshot(profile: Profile, now: number, weights: ArrayLike<number>, rowOf: (itemId: string) => Uint8Array | undefined, maxItems = 480, maxTokens = 300): Snapshot {
  const prepared = prepare(profile, now);
  const w = (name: string): number => weights[at(name)] ?? 0;
  const personal = FEATURES.map((f) => f.group === 'viewed' || f.group === 'bought' || f.group === 'together');
  const pseudo = new Map<number, { itemId: string; row: number[] }>();
  for (const itemId of profile.items.keys()) pseudo.set(itemHash(itemId), { itemId, row: [] });
  for (const item of prepared.recent.slice(0, NEIGHBOUR_HISTORY)) {
    const row = rowOf(item.itemId);
    if (row === undefined) continue;
    const hashOfItem = itemHash(item.itemId);
    forEachNeighbour(row, (hash, together) => {
      let entry = pseudo.get(hash);
      if (entry === undefined) pseudo.set(hash, entry = { itemId: '', row: [] });
      entry.row.push(hashOfItem & 255, (hashOfItem >>> 8) & 255, hashOfItem >>> 16, quantise(together), 128);
    });
  }
  const keys = [...pseudo.keys()];
  const candidates: Candidate[] = [...pseudo.values()].map(({ itemId, row }) => ({ itemId, position: 0, ...(row.length > 0 ? { row: Uint8Array.from(row) } : {}) }));
  const features = new Float32Array(candidates.length * FEATURES.length);
  writeFeatures(prepared, candidates, features);
  const onlyShort = new Set(['viewed.last', 'viewed.last.keeps', 'viewed.open'].map(at));
  const own = shortnessOf(candidates.length); // these features were scaled by this list's own length: take it out again
  const scored = keys.map((hash, row) => {
    let score = 0, short = 0;
    for (let c = 0; c < FEATURES.length; c++) {
      const part = (features[row * FEATURES.length + c] ?? 0) * (weights[c] ?? 0);
      if (onlyShort.has(c)) short += part / own; else if (personal[c] === true) score += part;
    }
    return [hash, [byte(score), byte(short)]] as const;
  }).filter(([, s]) => s[0] !== 0 || s[1] !== 0);
  const size = (s: readonly [number, number]): number => Math.abs(s[0]) + Math.abs(s[1]);
  scored.sort((a, b) => size(b[1]) - size(a[1]) || a[0] - b[0]);

  const like = new Map<number, number>();
  prepared.recent.forEach((item, rank) => {
    const coefficient = (rank === 0 ? w('title.last') : 0) + w('title.attention') * 0.75 ** rank + (rank < 5 ? w('title.max5') / 3 : 0) + (item.visit === profile.visit ? w('title.maxVisit') / (2 + rank) : 0);
    for (const token of item.tokens) like.set(token, (like.get(token) ?? 0) + coefficient / (MEAN_IDF * Math.sqrt(item.tokens.length)));
  });
  const tokens = [...profile.tokens].map(([token, e]) => [token & 0xffffff, [byte(like.get(token) ?? 0),
    byte(w('words.long') * Math.log1p(e.weight) + (e.visit === profile.visit ? w('words.visit') * Math.log1p(e.inVisit) : 0) + (w('words.visits') * e.visits) / (profile.visit + 2))]] as const);
  tokens.sort((a, b) => b[1][0] + b[1][1] - a[1][0] - a[1][1] || a[0] - b[0]);
  const unsure = w('order.log.unsure') * (1 - prepared.confidence);
  const last = prepared.recent[0];
  return {
    items: new Map(scored.slice(0, maxItems)), tokens: new Map(tokens.slice(0, maxTokens)), lastItem: last === undefined ? -1 : itemHash(last.itemId),
    order: { fresh: w('order.log.fresh') + unsure, known: w('order.log.known') + unsure, first: w('order.first'), linear: w('order.linear'), linearKnown: w('order.linear.known') },
    price: { last: last?.priceLevel ?? 0, weight: last?.priceLevel === undefined ? 0 : w('price.last') },
  };
}

/** Synchronous; ties and an empty snapshot keep the shop's order. */
export function scoreWithSnapshot(snapshot: Snapshot, candidates: readonly Candidate[]): Float64Array {
  const idf = rarity(candidates);
  const n = candidates.length;
  const hashes = candidates.map((c) => itemHash(c.itemId));
  const shortness = shortnessOf(n);
  const walked = hashes.includes(snapshot.lastItem) ? 1 - shortness : 0;
  const { order } = snapshot;
  return Float64Array.from(candidates, (c, row) => {
    const log = -Math.log2(1 + c.position) / 3, linear = -c.position / Math.max(1, n - 1);
    let score = log * (order.fresh * (1 - walked) + order.known * walked) + linear * (order.linear * (1 - walked) + order.linearKnown * walked) + order.first / (1 + c.position);
    const boost = snapshot.items.get(hashes[row] ?? -1);
    if (boost !== undefined) score += (boost[0] + boost[1] * shortness) * STEP;
    if (c.priceLevel !== undefined) score -= snapshot.price.weight * Math.min(3, Math.abs(c.priceLevel - snapshot.price.last) / 8);
    let square = 0, total = 0, like = 0, word = 0;
    for (const token of c.tokens ?? []) {
      const weight = idf.get(token) ?? 1;
      square += weight * weight; total += weight;
      const entry = snapshot.tokens.get(token & 0xffffff);
      if (entry === undefined) continue;
      like += weight * weight * entry[0] * STEP;
      word += weight * entry[1] * STEP;
    }
    if (total > 0) score += like / Math.sqrt(square) + word / total;
    return score;
  });
}
