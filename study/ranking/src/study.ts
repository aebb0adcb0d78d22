/** Fitting and judging over cached lists. */
import { FEATURES } from './features.ts';
import type { Extracted, ListNote } from './extract.ts';
import { fitWeights, type ListSet } from './fit.ts';
import { clusteredHalfWidth, figures, rankOf } from './metrics.ts';

export type Columns = readonly boolean[];
export const columnsWhere = (use: (name: string, at: number) => boolean): boolean[] => FEATURES.map((f, at) => use(f.name, at));
export const COLD = FEATURES.map((f) => f.needsArtefacts !== true);
export const NON_PERSONAL = FEATURES.map((f) => (f.group === 'order' || f.group === 'popular') && !f.name.endsWith('.fresh'));

export interface FitPlan {
  readonly use: Columns;
  readonly l2: number;
  readonly newWeight?: Readonly<Record<string, number>>;
  readonly freshWeight?: Readonly<Record<string, number>>;
  /** Weight per dataset: its lists' weights are scaled to sum to this. */
  readonly share?: Readonly<Record<string, number>>;
  readonly freeSigns?: boolean;
  /** Pull towards these weights, as the shipped defaults, instead of the features' priors. */
  readonly from?: Float64Array;
  /** Weights decided by hand, see REPORT. */
  readonly fixedAt?: Readonly<Record<string, number>>;
  readonly zeroPrior?: boolean;
  readonly contextWeight?: Partial<Record<string, number>>;
}

export function fitOn(sets: Readonly<Record<string, Extracted>>, plan: FitPlan): Float64Array {
  const lists: ListSet[] = Object.entries(sets).map(([name, set]) => {
    const weights = Float32Array.from(set.notes, (note) => (note.isFresh ? plan.freshWeight?.[name] ?? 1 : 1) * (note.isNew ? plan.newWeight?.[name] ?? 1 : 1) * (plan.contextWeight?.[note.context] ?? 1));
    const share = plan.share?.[name];
    if (share !== undefined) { const sum = weights.reduce((a, b) => a + b, 0); for (let at = 0; at < weights.length; at++) weights[at]! *= share / sum; }
    return { ...set, weights };
  });
  const prior = Float64Array.from(FEATURES, (f, at) => (plan.use[at] === true ? (plan.from !== undefined && f.needsArtefacts !== true ? plan.from[at] : undefined) ?? plan.fixedAt?.[f.name] ?? (plan.zeroPrior === true && f.fixed !== true ? 0 : f.prior) : 0));
  return fitWeights(lists, { prior, l2: plan.l2, sign: FEATURES.map((f) => (plan.freeSigns === true ? 0 : f.sign)),
    frozen: FEATURES.map((f, at) => plan.use[at] !== true || f.fixed === true || plan.fixedAt?.[f.name] !== undefined), maxSteps: 150 }).weights;
}

export function scoresOf(set: ListSet, weights: Float64Array): Float64Array {
  const { width, rows } = set;
  const used: number[] = [];
  weights.forEach((w, c) => { if (w !== 0) used.push(c); });
  const scores = new Float64Array(rows.length / width);
  for (let row = 0; row < scores.length; row++) { let s = 0; for (const c of used) s += rows[row * width + c]! * weights[c]!; scores[row] = s; }
  return scores;
}
export function ranksOf(set: Extracted, weights: Float64Array): number[] {
  const scores = scoresOf(set, weights);
  return set.notes.map((note, at) => {
    const from = set.starts[at]!, n = set.starts[at + 1]! - from, target = set.targets[at]!;
    return note.hasHistory ? rankOf(scores, from, n, target) : target + 1;
  });
}
export const shopRanks = (set: Extracted): number[] => [...set.targets].map((t) => t + 1);

export const SLICES: Readonly<Record<string, (n: ListNote) => boolean>> = {
  all: (n) => n.context === 'full',
  new: (n) => n.context === 'full' && n.isNew,
  fresh: (n) => n.context === 'full' && n.isFresh,
  'fresh&new': (n) => n.context === 'full' && n.isFresh && n.isNew,
  'not-last': (n) => n.context === 'full' && !n.isLast,
  'events-1': (n) => n.context === 'full' && n.allEvents === 1,
  'events-2': (n) => n.context === 'full' && n.allEvents === 2,
  'events-3-5': (n) => n.context === 'full' && n.allEvents >= 3 && n.allEvents <= 5,
  'events-6+': (n) => n.context === 'full' && n.allEvents >= 6,
  'k-1': (n) => n.context === 'full' && n.sessionEvents === 1,
  'k-2': (n) => n.context === 'full' && n.sessionEvents === 2,
  'k-3-5': (n) => n.context === 'full' && n.sessionEvents >= 3 && n.sessionEvents <= 5,
  'k-6+': (n) => n.context === 'full' && n.sessionEvents >= 6,
  'page-context': (n) => n.context === 'page',
  'one-event': (n) => n.context === 'one',
  'one-event new': (n) => n.context === 'one' && n.isNew,
};

export interface SliceResult { readonly n: number; readonly mrr: number; readonly ndcg10: number; readonly hr10: number; readonly meanRank: number; readonly ci95: number; readonly shop: number; readonly delta: number; readonly half: number }
export function judge(set: Extracted, ranks: readonly number[], against: readonly number[] = shopRanks(set)): Record<string, SliceResult> {
  const out: Record<string, SliceResult> = {};
  for (const [name, inside] of Object.entries(SLICES)) {
    const at = set.notes.flatMap((n, i) => (inside(n) ? [i] : []));
    if (at.length === 0) continue;
    const own = figures(at.map((i) => ({ session: set.notes[i]!.session, rank: ranks[i]! })));
    const shop = figures(at.map((i) => ({ session: set.notes[i]!.session, rank: against[i]! })));
    out[name] = { ...own, shop: shop.mrr, delta: own.mrr - shop.mrr,
      half: clusteredHalfWidth(at.map((i) => 1 / ranks[i]! - 1 / against[i]!), at.map((i) => set.notes[i]!.session)) };
  }
  return out;
}
const fixed = (x: number): string => (x < 0 ? '-' : '+') + Math.abs(x).toFixed(3);
export function table(results: Record<string, SliceResult>, only?: readonly string[]): string {
  return Object.entries(results).filter(([name]) => only === undefined || only.includes(name)).map(([name, r]) =>
    `${name.padEnd(14)} n ${String(r.n).padStart(5)}  mrr ${r.mrr.toFixed(3)} ±${r.ci95.toFixed(3)}  ref ${r.shop.toFixed(3)}  Δ ${fixed(r.delta)} ±${r.half.toFixed(3)}${r.n >= 200 && r.delta + r.half < -0.01 ? '  HARM' : r.n >= 200 && r.delta < -0.01 ? '  below' : ''}`).join('\n');
}
export function short(results: Record<string, SliceResult>): string {
  const bad = Object.entries(results).filter(([, r]) => r.n >= 200 && r.delta < -0.01).map(([name, r]) => `${name} ${fixed(r.delta)}`);
  const pick = (name: string): string => (results[name] === undefined ? '' : `${name} ${results[name]!.mrr.toFixed(3)} `);
  return pick('all') + pick('new') + pick('fresh') + pick('fresh&new') + pick('page-context') + pick('one-event') + (bad.length > 0 ? ` BELOW: ${bad.join(', ')}` : '');
}
export function weightLines(weights: Float64Array): string {
  return FEATURES.map((f, at) => [f.name, weights[at]!] as const).filter(([, w]) => w !== 0).map(([n, w]) => `${n} ${w.toFixed(3)}`).join(' | ');
}
