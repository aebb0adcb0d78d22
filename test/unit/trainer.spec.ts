import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { evaluate } from '../../src/learn/evaluate.ts';
import { scoreWithTensors } from '../../src/learn/learner.ts';
import { holdConstant } from '../../src/learn/parameters.ts';
import { drawSessions } from '../../src/learn/split.ts';
import { tensorCount } from '../../src/learn/tensors.ts';
import { type Progress, type TrainSettings, train } from '../../src/learn/train.ts';
import type { TrainingList } from '../../src/learn/training-list.ts';
import type { FeaturePrior } from '../../src/rank/feature-priors.ts';
import { type LinearModel, type Model, type NetworkModel, scoreRows } from '../../src/rank/model.ts';
import { plantLists } from '../support/planted-lists.ts';
import { seeded } from '../support/statistics.ts';

const FREE: FeaturePrior = { sign: 0, prior: 0 };
const NAMES = ['a', 'b', 'c', 'd'] as const;
const PLANTED = [1, -0.5, 2, 0];
const LISTS = plantLists({ weights: PLANTED, lists: 3000, candidates: 10, seed: 7 });

const settings = (given: Partial<TrainSettings> = {}): TrainSettings => ({
  id: 'planted@1',
  features: NAMES,
  priors: NAMES.map(() => FREE),
  pull: 1,
  ...given,
});

function weightsOf(model: Model): number[] {
  if (model.kind !== 'linear') throw new TypeError('expected a linear model');
  return [...model.weights];
}

test('planted weights are found again, and the held-out loss says so', async () => {
  const { model, before, after, lists } = await train(LISTS, settings());
  const found = weightsOf(model);
  for (const [k, planted] of PLANTED.entries())
    expect(Math.abs((found[k] ?? 0) - planted)).toBeLessThan(0.12);
  expect(before.loss).toBeCloseTo(Math.log(10), 6);
  expect(after.loss).toBeLessThan(before.loss - 0.4);
  expect(after.mrr).toBeGreaterThan(before.mrr + 0.2);
  expect(lists.learned + lists.heldOut).toBe(LISTS.length);
  expect(lists.heldOut).toBeGreaterThan(0.05 * LISTS.length);
});

test('the loss is the mean negative log-likelihood of the choices, and ties keep the order shown', () => {
  const model: LinearModel = { kind: 'linear', id: 'x@1', features: ['a'], weights: Float64Array.of(1) };
  const rows = Float32Array.of(0, Math.log(3), 0, 5);
  const masked = Uint8Array.of(0, 0, 0, 1);
  const quality = evaluate(model, [{ session: 's', rows, chosen: [2], masked }]);
  expect(quality.loss).toBeCloseTo(Math.log(5), 6); // shares 1/5, 3/5, 1/5 of what could be chosen
  expect(quality.mrr).toBeCloseTo(1 / 3, 12); // behind b, and behind its equal a
  const two = evaluate(model, [{ session: 's', rows, chosen: [1, 2], masked, weight: 9 }]);
  expect(two.loss).toBeCloseTo((Math.log(5 / 3) + Math.log(5)) / 2, 6);
  expect(two.mrr).toBe(1);
});

/** Feature 1 is 1 for the item just touched. Shoppers want it again, but the records leave immediate repeats out. */
function trappedLists(isMasked: boolean): TrainingList[] {
  const random = seeded(11);
  const lists: TrainingList[] = [];
  for (let index = 0; lists.length < 2000; index++) {
    const touched = Math.floor(random() * 8);
    const rows = Float32Array.from({ length: 16 }, (_, at) =>
      at % 2 === 1 ? Number((at - 1) / 2 === touched) : random() * 2 - 1,
    );
    const chosen = random() < 0.4 ? touched : Math.floor(random() * 8);
    const isRepeat = chosen === touched && index % 4 !== 0; // three repeats in four fall out of the records
    if (isRepeat) continue;
    const couldRepeat = index % 4 === 0;
    const masked = Uint8Array.from({ length: 8 }, (_, row) => Number(!couldRepeat && row === touched));
    lists.push({ session: `s${index}`, rows, chosen: [chosen], ...(isMasked ? { masked } : {}) });
  }
  return lists;
}

test('a masked candidate is not learned against; without the mask the same records demote it', async () => {
  const names = ['noise', 'touched'];
  const priors = [FREE, FREE];
  const open = await train(trappedLists(false), settings({ features: names, priors }));
  const masked = await train(trappedLists(true), settings({ features: names, priors }));
  const truth = Math.log(0.4 + 0.6 / 8) - Math.log(0.6 / 8);
  expect(Math.abs((weightsOf(masked.model)[1] ?? 0) - truth)).toBeLessThan(0.25);
  expect(weightsOf(open.model)[1]).toBeLessThan(truth - 0.8);

  const never = trappedLists(false).map((list) => {
    const touched = list.rows.findIndex((value, at) => at % 2 === 1 && value === 1) >> 1;
    return { ...list, chosen: list.chosen[0] === touched ? [(touched + 1) % 8] : list.chosen };
  });
  const mask = never.map((list) => ({
    ...list,
    masked: Uint8Array.from({ length: 8 }, (_, row) => list.rows[row * 2 + 1] ?? 0),
  }));
  const prior = [FREE, { sign: 0, prior: 0.7 }] as const;
  const trap = await train(never, settings({ features: names, priors: prior }));
  const free = await train(mask, settings({ features: names, priors: prior }));
  expect(weightsOf(trap.model)[1]).toBeLessThan(-1); // the planted trap, fallen into
  expect(weightsOf(free.model)[1]).toBeCloseTo(0.7, 5); // and not: what no record speaks of stays at its prior
});

test('early stopping stops where held-out sessions get no better, and never below the priors', async () => {
  const seen: Progress[] = [];
  const noise = plantLists({ weights: [0, 0, 0, 0], lists: 200, candidates: 5, seed: 3 });
  const { epochs, bestEpoch, stoppedEarly, before, after } = await train(
    noise,
    settings({ hidden: 8, epochs: 500, patience: 3, pull: 0, onProgress: (progress) => seen.push(progress) }),
  );
  expect(stoppedEarly).toBe(true);
  expect(epochs).toBe(bestEpoch + 3);
  expect(epochs).toBeLessThan(60);
  expect(after.loss).toBeLessThanOrEqual(before.loss);
  expect(seen.map(({ epoch }) => epoch)).toEqual(Array.from({ length: epochs + 1 }, (_, epoch) => epoch));
  expect(seen.filter(({ isBest }) => isBest).at(-1)?.epoch).toBe(bestEpoch);
  const short = await train(LISTS, settings({ epochs: 1 }));
  expect([short.epochs, short.stoppedEarly]).toEqual([1, false]);
});

for (const hidden of [0, 5])
  test(`the same lists and seed give the same weights with ${hidden} hidden units; another seed others`, async () => {
    const few = LISTS.slice(0, 400);
    const once = await train(few, settings({ hidden, epochs: 3 }));
    expect(await train(few, settings({ hidden, epochs: 3 }))).toEqual(once);
    const other = await train(few, settings({ hidden, epochs: 3, seed: 2 }));
    expect(other.model).not.toEqual(once.model);
  });

test('training leaves no tensor behind, also when it is aborted', async () => {
  await train(LISTS.slice(0, 100), settings({ epochs: 1 })); // what tfjs makes once, it has made now
  const before = tensorCount();
  await train(LISTS.slice(0, 400), settings({ epochs: 4, hidden: 3 }));
  expect(tensorCount()).toBe(before);
  const abort = new AbortController();
  const reason = new Error('the shopper took the grant back');
  const epochs: number[] = [];
  const onProgress = ({ epoch }: Progress) => {
    epochs.push(epoch);
    if (epoch === 2) abort.abort(reason);
  };
  await expect(train(LISTS, settings({ hidden: 3, signal: abort.signal, onProgress }))).rejects.toBe(reason);
  expect(epochs).toEqual([0, 1, 2]);
  const soon = new AbortController();
  setTimeout(() => soon.abort(reason), 5);
  await expect(train(LISTS, settings({ signal: soon.signal, epochs: 1 }))).rejects.toBe(reason);
  expect(tensorCount()).toBe(before);
});

test('signs hold and fixed weights stay, whatever the records say', async () => {
  const priors: FeaturePrior[] = [
    { sign: -1, prior: -0.1 }, // the records say +1
    { sign: 1, prior: 0 }, // -0.5
    { sign: 1, prior: 0.5, isFixed: true }, // 2
    { sign: 1, prior: 0 },
  ];
  const { model } = await train(LISTS, settings({ priors }));
  const [a = 1, b = -1, c, d = -1] = weightsOf(model);
  expect(a).toBeCloseTo(0, 6);
  expect(b).toBeCloseTo(0, 6);
  expect(c).toBeCloseTo(0.5, 6);
  expect(d).toBeGreaterThanOrEqual(0);

  const network = (await train(LISTS, settings({ priors, hidden: 6, epochs: 5 }))).model;
  const random = seeded(5);
  for (let round = 0; round < 200; round++) {
    const row = Float64Array.from({ length: 4 }, () => random() * 2 - 1);
    const score = (values: Float64Array) => scoreRows(network, values, 1)[0] ?? Number.NaN;
    const raised = (column: number) =>
      score(row.map((value, at) => (at === column ? value + 0.5 : value))) - score(row);
    expect(raised(0)).toBeLessThanOrEqual(1e-9);
    expect(raised(1)).toBeGreaterThanOrEqual(-1e-9);
    expect(raised(2)).toBeCloseTo(0.25, 6);
    expect(raised(3)).toBeGreaterThanOrEqual(-1e-9);
  }
});

test('the pull keeps weights near the priors when there is little to go by', async () => {
  const few = LISTS.slice(0, 60);
  const priors = NAMES.map((): FeaturePrior => ({ sign: 0, prior: 0.3 }));
  const away = async (pull: number) =>
    Math.hypot(...weightsOf((await train(few, settings({ priors, pull }))).model).map((one) => one - 0.3));
  const [free, held] = [await away(0), await away(2000)];
  expect(held).toBeLessThan(0.2 * free);
});

test('several choices in one list all count, and a weight counts like repetition', async () => {
  const twice = plantLists({ weights: [1.5, -1, 0, 0], lists: 2000, candidates: 12, seed: 9, choices: 2 });
  const [a = 0, b = 0, c = 9] = weightsOf((await train(twice, settings())).model);
  expect(a).toBeGreaterThan(1);
  expect(b).toBeLessThan(-0.6);
  expect(Math.abs(c)).toBeLessThan(0.15);

  const up = plantLists({ weights: [2, 0, 0, 0], lists: 600, candidates: 6, seed: 1 });
  const down = plantLists({ weights: [-2, 0, 0, 0], lists: 600, candidates: 6, seed: 2 });
  const heavy = up.map((list) => ({ ...list, weight: 4 }));
  const repeated = [...up, ...up, ...up, ...up];
  const isHeldOut = (session: string) => /[05]$/.test(session);
  const weighted = weightsOf((await train([...heavy, ...down], settings({ isHeldOut, pull: 0 }))).model);
  const copied = weightsOf((await train([...repeated, ...down], settings({ isHeldOut, pull: 0 }))).model);
  expect(weighted[0]).toBeGreaterThan(0.5);
  expect(Math.abs((weighted[0] ?? 0) - (copied[0] ?? 9))).toBeLessThan(0.1);
});

test('a network finds what a linear model cannot', async () => {
  const random = seeded(4);
  const lists = Array.from({ length: 3000 }, (_, index): TrainingList => {
    const rows = Float32Array.from({ length: 16 }, () => random() * 2 - 1);
    const wish = (row: number) => 3 * Math.abs(rows[row * 2] ?? 0) + random();
    const best = [0, 1, 2, 3, 4, 5, 6, 7].reduce((a, b) => (wish(b) > wish(a) ? b : a));
    return { session: `s${index}`, rows, chosen: [best] };
  });
  const both = settings({ features: ['a', 'b'], priors: [FREE, FREE] });
  const straight = await train(lists, both);
  const bent = await train(lists, { ...both, hidden: 4 });
  expect(bent.model.kind).toBe('network');
  expect(bent.after.loss).toBeLessThan(straight.after.loss - 0.2);
});

test('a feature held constant when serving takes its share in training and none in the model', async () => {
  const random = seeded(8);
  const lists = Array.from({ length: 2500 }, (_, index): TrainingList => {
    const rows = new Float32Array(20);
    let best = { row: 0, wish: -Infinity };
    for (let row = 0; row < 10; row++) {
      const taste = random() * 2 - 1 - row / 10; // the shop puts what is liked first
      rows.set([row / 10, taste], row * 2);
      const wish = taste - 2 * (row / 10) - Math.log(-Math.log(random())); // and what is first is seen: Gumbel
      if (wish > best.wish) best = { row, wish };
    }
    return { session: `s${index}`, rows, chosen: [best.row] };
  });
  const only = settings({ features: ['slot', 'taste'], priors: [FREE, FREE] });
  const served = weightsOf((await train(lists, { ...only, servedConstant: { slot: 0 } })).model);
  expect(served[0]).toBe(0);
  expect(Math.abs((served[1] ?? 0) - 1)).toBeLessThan(0.15);
  const blind = lists.map((list) => ({
    ...list,
    rows: list.rows.map((value, at) => (at % 2 === 0 ? 0 : value)),
  }));
  const blamed = weightsOf((await train(blind, only)).model)[1] ?? 0; // with the slot's share put on the taste
  expect(blamed).toBeGreaterThan((served[1] ?? 0) + 0.2);
});

test('holding a feature constant moves every score of a network as that value would', () => {
  const random = seeded(6);
  const draw = (length: number) => Float64Array.from({ length }, () => random() * 2 - 1);
  const network: NetworkModel = {
    ...{ kind: 'network', id: 'x@1', features: ['a', 'b'], hidden: 3 },
    ...{ inner: draw(6), bias: draw(3), outer: draw(3) },
  };
  const held = holdConstant(network, { b: 0.4 });
  const rows = draw(20);
  const fixed = rows.map((value, at) => (at % 2 === 1 ? 0.4 : value));
  const expected = scoreRows(network, fixed, 10);
  scoreRows(held, rows, 10).forEach((score, row) => {
    expect(score).toBeCloseTo(expected[row] ?? Number.NaN, 12);
  });
});

test('sessions are held out whole, by their key alone: at least one, never all', () => {
  const keys = Array.from({ length: 2000 }, (_, i) => `session-${i}`);
  const drawn = drawSessions(keys, 1, 0.1);
  expect(drawn.length).toBeGreaterThan(140);
  expect(drawn.length).toBeLessThan(260);
  expect(new Set(drawSessions([...keys].reverse(), 1, 0.1))).toEqual(new Set(drawn));
  expect(new Set(drawSessions(keys, 2, 0.1))).not.toEqual(new Set(drawn));
  expect(drawSessions(['a', 'b'], 1, 1e-9)).toHaveLength(1);
  expect(drawSessions(['a', 'b'], 1, 1 - 1e-9)).toHaveLength(1);
});

const unit = fc.double({ min: -1, max: 1, noNaN: true });
const vector = (length: number, value = unit) =>
  fc.array(value, { minLength: length, maxLength: length }).map((values) => Float64Array.from(values));
const names = (width: number) => Array.from({ length: width }, (_, k) => `f${k}`);

const linearModels = fc
  .integer({ min: 1, max: 64 })
  .chain((width) =>
    vector(width).map((weights): Model => ({ kind: 'linear', id: 'x@1', features: names(width), weights })),
  );
const networkModels = fc
  .record({ width: fc.integer({ min: 1, max: 32 }), hidden: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, hidden }) =>
    fc.record({ inner: vector(width * hidden), bias: vector(hidden), outer: vector(hidden) }).map(
      ({ inner, bias, outer }): Model => ({
        ...{ kind: 'network', id: 'x@1', features: names(width), hidden },
        ...{ inner, bias, outer: outer.map((value) => value / hidden) }, // scores as large as a linear model's
      }),
    ),
  );

for (const [kind, models] of [
  ['linear', linearModels],
  ['network', networkModels],
] as const)
  test(`plain arrays and tensors score a ${kind} model alike, to 1e-5`, () => {
    const before = tensorCount();
    fc.assert(
      fc.property(
        models.chain((model) =>
          fc.integer({ min: 1, max: 20 }).chain((count) =>
            vector(count * model.features.length).map((rows) => ({
              model,
              count,
              rows: Float32Array.from(rows),
            })),
          ),
        ),
        ({ model, count, rows }) => {
          const plain = scoreRows(model, rows, count);
          const tensors = scoreWithTensors(model, rows, count);
          expect(tensors).toHaveLength(count);
          plain.forEach((score, row) => {
            expect(Math.abs(score - (tensors[row] ?? Number.NaN))).toBeLessThan(1e-5);
          });
        },
      ),
      { numRuns: 200 },
    );
    expect(tensorCount()).toBe(before);
  });

test('lists and settings that nothing can be learned from are refused by name', async () => {
  const good = LISTS[0] as TrainingList;
  const bad: [Partial<TrainingList>, RegExp][] = [
    [{ rows: new Float32Array(39) }, /rows of 4 features/],
    [{ rows: good.rows.map((value, at) => (at === 3 ? Number.NaN : value)) }, /finite/],
    [{ chosen: [] }, /something chosen/],
    [{ chosen: [10] }, /below 10/],
    [{ chosen: [1, 1] }, /once/],
    [{ masked: new Uint8Array(10).fill(1) }, /not masked/],
    [{ masked: new Uint8Array(9) }, /mask of 10/],
    [{ weight: 0 }, /weight above 0/],
  ];
  for (const [change, words] of bad)
    await expect(train([good, { ...good, ...change }], settings())).rejects.toThrow(words);
  await expect(train([good], settings())).rejects.toThrow(/sessions to hold out/);
  for (const change of [
    { priors: [FREE] },
    { priors: NAMES.map((): FeaturePrior => ({ sign: 1, prior: -1 })) },
    { servedConstant: { nobody: 0 } },
    { epochs: 0 },
    { hidden: 1.5 },
    { learningRate: 0 },
    { heldOutShare: 1 },
    { pull: Number.NaN },
  ])
    await expect(train(LISTS, settings(change))).rejects.toThrow(RangeError);
});
