import type { Signal } from '../core/signal.ts';
import type { Arm, DraftLog } from '../core/trial.ts';
import { METRICS, TALLY_DAYS, TALLY_ENTRIES, VOTE_WEIGHT } from '../wire/tallies.ts';

export interface TallyInput {
  readonly journal: readonly Signal[];
  readonly arm: Arm;
  /** When the arm was drawn, Unix ms: only later days count, for before it nothing was compared. */
  readonly drawnAt: number;
  readonly drafts: readonly DraftLog[];
  /** Width of a step of order value, in the shop's currency. */
  readonly valueStep: number;
  readonly now: number;
}

const DAY_MS = 86_400_000;
const dayOf = (at: number): number => Math.floor(at / DAY_MS);

/**
 * What this device tells of the newest whole days: counts capped by day, then together, in the entries of its own arm.
 * @returns shape of `TALLY_ENTRIES.lift`; zeros without data, so that taking part tells nothing
 */
export function tallyLift(input: TallyInput): number[] {
  const { journal, arm, drawnAt, now } = input;
  const first = Math.max(dayOf(now) - TALLY_DAYS, dayOf(drawnAt) + 1);
  const days = new Map<number, Signal[]>();
  for (const signal of journal) {
    const day = dayOf(signal.at);
    if (day >= first && day < dayOf(now)) days.set(day, [...(days.get(day) ?? []), signal]);
  }
  const numbers = TALLY_ENTRIES.lift.map(() => 0);
  if (arm === 'interleaved') {
    const vote = voteOf([...days.values()], input.drafts);
    if (vote !== undefined) numbers[TALLY_ENTRIES.lift.indexOf(`interleaved.${vote}`)] = VOTE_WEIGHT;
    return numbers;
  }
  for (const { name, dayCap, cap, unit, weight } of METRICS) {
    let sum = 0;
    for (const signals of days.values()) sum += Math.min(COUNT[name](signals, input), dayCap);
    numbers[TALLY_ENTRIES.lift.indexOf(`${arm}.${name}`)] = Math.min(Math.floor(sum / unit), cap) * weight;
  }
  return numbers;
}

/** How much of a metric there was on one day. */
const COUNT: Readonly<
  Record<(typeof METRICS)[number]['name'], (day: readonly Signal[], input: TallyInput) => number>
> = {
  views: (day) =>
    new Set(day.flatMap((one) => (one.kind === 'impression' && one.slateId !== null ? one.slateId : [])))
      .size,
  clicks: (day) => day.filter(({ kind }) => kind === 'click').length,
  carts: (day) => day.filter(({ kind }) => kind === 'cart').length,
  orders: (day) => new Set(day.flatMap((one) => (one.kind === 'purchase' ? one.session : []))).size,
  value(day, { valueStep }) {
    if (!(valueStep > 0)) return 0;
    let spent = 0;
    for (const one of day)
      if (one.kind === 'purchase' && one.priceLevel !== undefined)
        spent += one.quantity * 2 ** (one.priceLevel / 8);
    return Math.floor(spent / valueStep);
  },
};

/** Whose products were chosen more often; `undefined` where neither's. Clicks of a day are capped, as everywhere. */
function voteOf(
  days: readonly (readonly Signal[])[],
  drafts: readonly DraftLog[],
): 'personal' | 'shop' | undefined {
  const bySlate = new Map(drafts.map((draft) => [draft.slateId, draft]));
  let ahead = 0;
  for (const signals of days) {
    let left = METRICS.find(({ name }) => name === 'clicks')?.dayCap ?? 0;
    for (const signal of signals) {
      if (signal.kind !== 'click' || signal.slateId === null || signal.itemId === undefined) continue;
      const draft = bySlate.get(signal.slateId);
      if (draft === undefined || left === 0) continue;
      left -= 1;
      if (draft.personal.includes(signal.itemId)) ahead += 1;
      else if (draft.shop.includes(signal.itemId)) ahead -= 1;
    }
  }
  return ahead === 0 ? undefined : ahead > 0 ? 'personal' : 'shop';
}
