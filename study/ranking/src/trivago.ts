/** Small-folder fits: how strongly to trust the item just viewed on a short list, judged on dev and on held-out train. */
import { readFileSync } from 'node:fs';
import { load } from './lab.ts';
import { COLD, fitOn, judge, ranksOf, short } from './study.ts';
import { FEATURES } from './features.ts';
import type { Extracted } from './extract.ts';
const train = load('cache/trivago-mini.train'), dev = load('cache/trivago-mini.dev');
const file = JSON.parse(readFileSync('weights-default.json', 'utf8')) as { features: string[]; weights: number[] };
const cold = Float64Array.from(FEATURES, (f) => file.weights[file.features.indexOf(f.name)] ?? 0);
// held-out: last fifth of train
const cut = Math.floor(train.targets.length * 0.8);
const part = (from: number, to: number): Extracted => ({ ...train, rows: train.rows.subarray(train.starts[from]! * train.width, train.starts[to]! * train.width), masked: train.masked.subarray(train.starts[from]!, train.starts[to]!),
  starts: train.starts.slice(from, to + 1).map((s) => s - train.starts[from]!), targets: train.targets.slice(from, to), weights: train.weights.slice(from, to), notes: train.notes.slice(from, to), targetOf: train.targetOf.slice(from, to) });
const head = part(0, cut), tail = part(cut, train.targets.length);
console.log('default      held-out', short(judge(tail, ranksOf(tail, cold))), '| dev', short(judge(dev, ranksOf(dev, cold))));
for (const v of [2.8, 3.5, 4.5, 6, 8]) for (const l2 of [5, 100]) for (const nw of [3, 6]) {
  const plan = { use: COLD.map(() => true), l2, newWeight: { t: nw }, from: cold, fixedAt: { 'viewed.last': v } };
  const from = Float64Array.from(cold); from[FEATURES.findIndex((f) => f.name === 'viewed.last')] = v;
  const w = fitOn({ t: head }, { ...plan, from }), w2 = fitOn({ t: train }, { ...plan, from });
  console.log(v, l2, nw, 'held-out', short(judge(tail, ranksOf(tail, w))).slice(0, 60), '| dev', short(judge(dev, ranksOf(dev, w2))));
}
