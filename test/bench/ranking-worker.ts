import { asEpochMs } from '../../src/core/ids.ts';
import { atOnce } from '../../src/core/steps.ts';
import { NO_WISHES } from '../../src/core/wishes.ts';
import { DEFAULT_MODEL } from '../../src/rank/default-model.ts';
import { FEATURE_COUNT } from '../../src/rank/feature-specs.ts';
import { createModelRanker } from '../../src/rank/model-ranker.ts';
import { DEFAULT_POLICY } from '../../src/rank/slate.ts';
import { slateOf } from '../../src/rank/slate-of.ts';
import { candidateAt, historyOf, NOW, SALT } from './history.ts';

/** Runs in a worker: one question, one answer. Times are medians in ms. */
export interface BenchQuestion {
  readonly products: number;
  readonly signals: number;
  readonly repeats: number;
}
export interface BenchAnswer extends BenchQuestion {
  readonly scoreMs: number;
  /** The fastest of the repeats: what is left when nothing else keeps the machine busy. */
  readonly scoreBestMs: number;
  readonly slateMs: number;
  readonly dotMs: number;
}

/** @param inner runs per reading of the clock, which browsers coarsen to 0.1 ms */
function timed(repeats: number, work: () => unknown, inner = 1): { median: number; best: number } {
  for (let i = 0; i < 5; i++) work(); // warm: the compiler has seen it
  const times = Array.from({ length: repeats }, () => {
    const start = performance.now();
    for (let i = 0; i < inner; i++) work();
    return (performance.now() - start) / inner;
  }).sort((a, b) => a - b);
  return { median: times[Math.floor(times.length / 2)] ?? 0, best: times[0] ?? 0 };
}

function answer({ products, signals, repeats }: BenchQuestion): BenchAnswer {
  const ranker = createModelRanker(DEFAULT_MODEL);
  const candidates = Array.from({ length: products }, (_, i) => candidateAt(i));
  const findArtefacts = () => undefined;
  const context = {
    profile: historyOf(signals),
    wishes: NO_WISHES,
    salt: SALT,
    now: asEpochMs(NOW),
    findArtefacts,
  };
  const scores = atOnce(ranker.score(context, candidates));
  const rows = Float64Array.from({ length: products * FEATURE_COUNT }, (_, i) => (i % 13) / 13);
  const weights = Float64Array.from({ length: FEATURE_COUNT }, (_, i) => i / FEATURE_COUNT);
  const sums = new Float64Array(products);
  const dot = () => {
    for (let row = 0; row < products; row++) {
      let sum = 0;
      for (let k = 0; k < FEATURE_COUNT; k++) sum += (weights[k] ?? 0) * (rows[row * FEATURE_COUNT + k] ?? 0);
      sums[row] = sum;
    }
    return sums;
  };
  const score = timed(repeats, () => atOnce(ranker.score(context, candidates)), 4);
  return {
    products,
    signals,
    repeats,
    scoreMs: score.median,
    scoreBestMs: score.best,
    slateMs: timed(repeats, () => slateOf(context, candidates, scores, 7, DEFAULT_POLICY)).median,
    dotMs: timed(repeats, dot, 100).median,
  };
}

self.addEventListener('message', ({ data }: MessageEvent<BenchQuestion>) => self.postMessage(answer(data)));
