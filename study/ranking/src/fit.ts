/**
 * Conditional logit (listwise softmax) for a linear ranker: convex, seeded by its data order alone, no chance.
 * L2 pull towards a prior instead of zero, sign constraints by projection, masked candidates left out of the sum.
 */

/** Lists in one block: rows of `width` features, `starts[i]..starts[i+1]` are list i's rows. */
export interface ListSet {
  readonly width: number;
  readonly rows: Float32Array;
  readonly starts: Int32Array;
  /** Row within the list. */
  readonly targets: Int32Array;
  /** 1 where a candidate could not have been the target. */
  readonly masked: Uint8Array;
  readonly weights: Float32Array;
}

export interface FitSettings {
  readonly prior: Float64Array;
  /** Pull per weight, on standardised weights, in units of lists. */
  readonly l2: number;
  readonly sign: readonly (-1 | 0 | 1)[];
  /** Columns left at their prior. */
  readonly frozen: readonly boolean[];
  readonly maxSteps: number;
}

/** Root mean square of each column about its list's mean: the scale that matters inside a softmax. */
export function withinListScale(sets: readonly ListSet[]): Float64Array {
  const width = sets[0]?.width ?? 0;
  const sum = new Float64Array(width);
  let rows = 0;
  const mean = new Float64Array(width);
  for (const set of sets)
    for (let list = 0; list + 1 < set.starts.length; list++) {
      const from = set.starts[list] ?? 0, to = set.starts[list + 1] ?? 0;
      mean.fill(0);
      for (let row = from; row < to; row++) for (let c = 0; c < width; c++) mean[c]! += set.rows[row * width + c]! / (to - from);
      for (let row = from; row < to; row++) for (let c = 0; c < width; c++) sum[c]! += (set.rows[row * width + c]! - mean[c]!) ** 2;
      rows += to - from;
    }
  return sum.map((s) => Math.sqrt(s / Math.max(1, rows)));
}

/** Mean negative log-likelihood over all sets (weighted), gradient added into `gradient`. */
function lossOf(sets: readonly ListSet[], weights: Float64Array, gradient: Float64Array): number {
  let loss = 0;
  const width = weights.length;
  const w = Float64Array.from(weights);
  for (const set of sets) {
    const { rows, starts, targets, masked } = set;
    let longest = 0;
    for (let list = 0; list + 1 < starts.length; list++) longest = Math.max(longest, starts[list + 1]! - starts[list]!);
    const score = new Float64Array(longest);
    for (let list = 0; list + 1 < starts.length; list++) {
      const from = starts[list]!, n = starts[list + 1]! - from, target = targets[list]!, listWeight = set.weights[list]!;
      if (listWeight === 0) continue;
      let top = -Infinity;
      for (let row = 0; row < n; row++) {
        if (masked[from + row] === 1) { score[row] = -Infinity; continue; }
        let s = 0;
        const base = (from + row) * width;
        for (let c = 0; c < width; c++) s += rows[base + c]! * w[c]!;
        score[row] = s;
        if (s > top) top = s;
      }
      let total = 0;
      for (let row = 0; row < n; row++) { const e = Math.exp(score[row]! - top); total += e; }
      loss += listWeight * (Math.log(total) + top - score[target]!);
      for (let row = 0; row < n; row++) {
        let share = Math.exp(score[row]! - top) / total;
        if (row === target) share -= 1;
        share *= listWeight;
        if (share < 1e-7 && share > -1e-7) continue;
        const base = (from + row) * width;
        for (let c = 0; c < width; c++) gradient[c]! += share * rows[base + c]!;
      }
    }
  }
  return loss;
}

export interface Fitted { readonly weights: Float64Array; readonly loss: number; readonly steps: number }

/** Drops columns that say nothing in any list (their weights stay at the prior), then fits the rest: same optimum, less work. */
export function fitWeights(sets: readonly ListSet[], settings: FitSettings): Fitted {
  const scale = withinListScale(sets);
  const live = [...scale.keys()].filter((c) => scale[c]! > 0 && !(settings.frozen[c] === true && settings.prior[c] === 0));
  const narrow = sets.map((set): ListSet => {
    const count = set.rows.length / set.width;
    const rows = new Float32Array(count * live.length);
    for (let row = 0; row < count; row++) for (let c = 0; c < live.length; c++) rows[row * live.length + c] = set.rows[row * set.width + live[c]!]!;
    return { ...set, width: live.length, rows };
  });
  const fitted = fitNarrow(narrow, { ...settings, prior: Float64Array.from(live, (c) => settings.prior[c]!), sign: live.map((c) => settings.sign[c]!), frozen: live.map((c) => settings.frozen[c]!) });
  const weights = Float64Array.from(settings.prior);
  live.forEach((c, at) => { weights[c] = fitted.weights[at]!; });
  return { ...fitted, weights };
}

/** L-BFGS on the free variables, projected onto the sign constraints. */
function fitNarrow(sets: readonly ListSet[], settings: FitSettings): Fitted {
  const { prior, l2, sign, frozen, maxSteps } = settings;
  const width = prior.length;
  const scale = withinListScale(sets);
  const total = sets.reduce((sum, set) => sum + set.weights.reduce((a, b) => a + b, 0), 0);
  const project = (x: Float64Array): Float64Array => {
    for (let c = 0; c < width; c++) {
      if (frozen[c] === true) x[c] = prior[c]!;
      else if (sign[c] === 1 && x[c]! < 0) x[c] = 0;
      else if (sign[c] === -1 && x[c]! > 0) x[c] = 0;
    }
    return x;
  };
  const evaluate = (x: Float64Array): { value: number; gradient: Float64Array } => {
    const gradient = new Float64Array(width);
    let value = lossOf(sets, x, gradient);
    for (let c = 0; c < width; c++) {
      const away = x[c]! - prior[c]!;
      const pull = l2 * (scale[c]! * scale[c]! + 1e-3);
      value += 0.5 * pull * away * away;
      gradient[c]! += pull * away;
    }
    for (let c = 0; c < width; c++) gradient[c]! /= total;
    return { value: value / total, gradient };
  };
  let x = project(Float64Array.from(prior));
  let { value, gradient } = evaluate(x);
  // steps in units of each column's own scale
  const unit = scale.map((s) => 1 / (s * s + 1e-3));
  const memory: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  let steps = 0;
  for (; steps < maxSteps; steps++) {
    const blocked = (c: number): boolean =>
      frozen[c] === true || (x[c] === 0 && ((sign[c] === 1 && gradient[c]! > 0) || (sign[c] === -1 && gradient[c]! < 0)));
    const q = gradient.map((g, c) => (blocked(c) ? 0 : g));
    const alphas: number[] = [];
    for (let at = memory.length - 1; at >= 0; at--) {
      const m = memory[at]!;
      const alpha = m.rho * dot(m.s, q);
      alphas[at] = alpha;
      for (let c = 0; c < width; c++) q[c]! -= alpha * m.y[c]!;
    }
    const newest = memory[memory.length - 1];
    let factor = 1;
    if (newest !== undefined) {
      let yy = 0;
      for (let c = 0; c < width; c++) yy += newest.y[c]! * newest.y[c]! * unit[c]!;
      factor = 1 / (newest.rho * yy);
    }
    for (let c = 0; c < width; c++) q[c]! *= unit[c]! * factor;
    memory.forEach((m, at) => {
      const beta = m.rho * dot(m.y, q);
      for (let c = 0; c < width; c++) q[c]! += (alphas[at]! - beta) * m.s[c]!;
    });
    for (let c = 0; c < width; c++) if (blocked(c)) q[c] = 0;
    let step = 1, accepted = false;
    for (let tries = 0; tries < 25; tries++, step *= 0.5) {
      const candidate = project(x.map((v, c) => v - step * q[c]!));
      const next = evaluate(candidate);
      let slope = 0;
      for (let c = 0; c < width; c++) slope += gradient[c]! * (candidate[c]! - x[c]!);
      if (next.value <= value + 1e-4 * slope && slope <= 0) {
        const s = candidate.map((v, c) => v - x[c]!), y = next.gradient.map((g, c) => g - gradient[c]!);
        const sy = dot(s, y);
        if (sy > 1e-14) { memory.push({ s, y, rho: 1 / sy }); if (memory.length > 10) memory.shift(); }
        const gain = value - next.value;
        x = candidate; value = next.value; gradient = next.gradient; accepted = true;
        if (gain < 1e-6) return { weights: x, loss: value, steps };
        break;
      }
    }
    if (!accepted) { if (memory.length === 0) break; memory.length = 0; }
  }
  return { weights: x, loss: value, steps };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < a.length; c++) sum += a[c]! * b[c]!;
  return sum;
}
