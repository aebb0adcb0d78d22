/** Everything REPORT.md quotes: cold default and leave-one-out, fitted folders, 32 weights, ablations. Writes weights-default.json and results/. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { load, NAMES } from './lab.ts';
import { COLD, fitOn, judge, NON_PERSONAL, ranksOf, short, table, weightLines, type FitPlan } from './study.ts';
import { FEATURES } from './features.ts';
import { withinListScale } from './fit.ts';
import type { Extracted } from './extract.ts';
mkdirSync('results', { recursive: true });
const train: Record<string, Extracted> = {}, dev: Record<string, Extracted> = {};
for (const n of NAMES) { train[n] = load(`cache/${n}.train`); dev[n] = load(`cache/${n}.dev`); }
const rounded = (w: Float64Array): Record<string, number> => Object.fromEntries(FEATURES.map((f, at) => [f.name, Math.fround(Math.round(w[at]! * 1e4) / 1e4)]));
const share = { onlineretail: 5000, eshop2008: 5000, 'trivago-mini': 5000 };
const coldPlan: FitPlan = { use: COLD, l2: 20, newWeight: { 'trivago-mini': 6, eshop2008: 3, onlineretail: 1.3 }, share, fixedAt: { 'viewed.last': 2.8, 'viewed.last.keeps': 0.7, 'viewed.open': 0.6 } };
const cold = fitOn(train, coldPlan);
writeFileSync('weights-default.json', JSON.stringify({ kind: 'reshelf-linear', normalisation: 'none: weights apply to raw feature values', features: FEATURES.filter((_, at) => COLD[at]).map((f) => f.name), weights: FEATURES.map((f, at) => [f, at] as const).filter(([, at]) => COLD[at]).map(([f]) => rounded(cold)[f.name]) }, null, 1));
console.log('== COLD', weightLines(cold));
const results: Record<string, unknown> = {};
for (const n of NAMES) { const j = judge(dev[n]!, ranksOf(dev[n]!, cold)); results[`cold ${n}`] = j; console.log(n + '\n' + table(j)); }
for (const left of NAMES) {
  const w = fitOn(Object.fromEntries(Object.entries(train).filter(([n]) => n !== left)), coldPlan);
  for (const n of NAMES) { const j = judge(dev[n]!, ranksOf(dev[n]!, w)); results[`cold without ${left}: ${n}`] = j; console.log('without', left, n === left ? '*' : ' ', n, short(j)); }
}
const plans: Record<string, Omit<FitPlan, 'use'>> = {
  onlineretail: { l2: 2, newWeight: { onlineretail: 1.5 } },
  eshop2008: { l2: 2, freshWeight: { eshop2008: 2 } },
  'trivago-mini': { l2: 1000, newWeight: { 'trivago-mini': 6 } },
};
for (const n of NAMES) {
  const sets = { [n]: train[n]! }, plan = { ...plans[n]!, from: cold };
  const base = ranksOf(dev[n]!, fitOn(sets, { use: NON_PERSONAL, l2: 1, zeroPrior: true, freeSigns: true, ...(plans[n]!.freshWeight === undefined ? {} : { freshWeight: plans[n]!.freshWeight! }) }));
  const full = fitOn(sets, { ...plan, use: COLD.map(() => true) });
  const ranks = ranksOf(dev[n]!, full), j = judge(dev[n]!, ranks);
  results[`fitted ${n}`] = j;
  results[`fitted ${n} against non-personal`] = judge(dev[n]!, ranks, base);
  writeFileSync(`results/weights-${n}.json`, JSON.stringify(rounded(full), null, 1));
  console.log('== FITTED', n, '\n' + table(j) + '\n against the best non-personal order\n' + table(judge(dev[n]!, ranks, base), ['all', 'new', 'fresh', 'fresh&new']));
  console.log(weightLines(full));
  const scale = withinListScale([dev[n]!]);
  const importance = [...FEATURES.keys()].sort((a, b) => Math.abs(full[b]!) * scale[b]! - Math.abs(full[a]!) * scale[a]!);
  const keep = new Set(importance.slice(0, 32));
  const small = fitOn(sets, { ...plan, use: FEATURES.map((f, at) => keep.has(at) || f.fixed === true && n === 'onlineretail') });
  const js = judge(dev[n]!, ranksOf(dev[n]!, small));
  results[`32 weights ${n}`] = js;
  console.log('32 weights', short(js));
  for (const group of new Set(FEATURES.map((f) => f.group))) {
    const without = full.map((w, at) => (FEATURES[at]!.group === group ? 0 : w));
    console.log(`  without ${group}`.padEnd(24), short(judge(dev[n]!, ranksOf(dev[n]!, without))));
  }
}
writeFileSync('results/figures.json', JSON.stringify(results, null, 1));
