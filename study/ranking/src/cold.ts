/** Cold default weights: one vector for everybody, and leave-one-dataset-out. */
import { load, NAMES } from './lab.ts';
import { COLD, fitOn, judge, ranksOf, short, table, weightLines } from './study.ts';
import { FEATURES } from './features.ts';
import type { Extracted } from './extract.ts';
const train: Record<string, Extracted> = {}, dev: Record<string, Extracted> = {};
for (const n of NAMES) { train[n] = load(`cache/${n}.train`); dev[n] = load(`cache/${n}.dev`); }
const share = { onlineretail: 5000, eshop2008: 5000, 'trivago-mini': 4000 };
const nw = { 'trivago-mini': 6, eshop2008: 3, onlineretail: 1.3 };
const fixedAt: Record<string, number> = JSON.parse(process.argv[2] ?? '{}') as Record<string, number>;
const drop = (process.argv[3] ?? '').split(',').filter((x) => x !== '');
const use = COLD.map((c, at) => c && !drop.includes(FEATURES[at]!.name));
const run = (sets: Record<string, Extracted>) => fitOn(sets, { use, l2: 20, newWeight: nw, share, fixedAt });
const cold = run(train);
console.log('== COLD', weightLines(cold));
for (const n of NAMES) console.log(n, process.env['T'] !== undefined ? '\n' + table(judge(dev[n]!, ranksOf(dev[n]!, cold))) : short(judge(dev[n]!, ranksOf(dev[n]!, cold))));
if (process.env['L'] !== undefined) for (const left of process.env['LEFT']?.split(',') ?? NAMES) {
  const w = run(Object.fromEntries(Object.entries(train).filter(([n]) => n !== left)));
  console.log('without', left);
  for (const n of NAMES) console.log('  ', n === left ? '*' : ' ', n, short(judge(dev[n]!, ranksOf(dev[n]!, w))));
}
