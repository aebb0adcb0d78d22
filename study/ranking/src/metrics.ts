/** Figures on the target's rank, exactly as the data's README says. */
export interface Judged { readonly session: number; readonly rank: number }
export interface Figures { n: number; mrr: number; ndcg10: number; hr10: number; meanRank: number; ci95: number }

/** 1-based rank of `target` by falling score; ties keep the shop's order (the order of the rows). */
export function rankOf(scores: Float64Array | Float32Array, from: number, n: number, target: number): number {
  const own = scores[from + target] ?? 0;
  let rank = 1;
  for (let row = 0; row < n; row++) {
    const score = scores[from + row] ?? 0;
    if (score > own || (score === own && row < target)) rank++;
  }
  return rank;
}

/** Half-width of the 95 % interval of a mean, clustered by session (sandwich estimator). */
export function clusteredHalfWidth(values: readonly number[], sessions: readonly number[]): number {
  const n = values.length;
  if (n < 2) return 0;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const clusters = new Map<number, number>();
  values.forEach((v, at) => { const s = sessions[at] ?? 0; clusters.set(s, (clusters.get(s) ?? 0) + v - mean); });
  let sum = 0;
  for (const c of clusters.values()) sum += c * c;
  const g = clusters.size;
  return 1.96 * Math.sqrt((sum * (g > 1 ? g / (g - 1) : 1)) / (n * n));
}

export function figures(judged: readonly Judged[]): Figures {
  const n = judged.length;
  const mean = (of: (rank: number) => number): number => judged.reduce((sum, j) => sum + of(j.rank), 0) / Math.max(1, n);
  return {
    n, mrr: mean((r) => 1 / r), ndcg10: mean((r) => (r <= 10 ? 1 / Math.log2(r + 1) : 0)), hr10: mean((r) => (r <= 10 ? 1 : 0)), meanRank: mean((r) => r),
    ci95: clusteredHalfWidth(judged.map((j) => 1 / j.rank), judged.map((j) => j.session)),
  };
}
