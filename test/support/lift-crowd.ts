import { tallyLift } from '../../src/contribute/lift-tally.ts';
import type { Released } from '../../src/coordinator/insights/estimates.ts';
import type { Signal } from '../../src/core/signal.ts';
import type { DraftLog } from '../../src/core/trial.ts';
import { rhoOfSlot } from '../../src/privacy/budget.ts';
import { drawDiscreteGaussian, whole } from '../../src/privacy/discrete-noise.ts';
import { createRandomIntegers } from '../../src/privacy/random-integers.ts';
import { draftTeams } from '../../src/rank/team-draft.ts';
import { TALLY_DAYS, TALLY_ENTRIES, tallyReach } from '../../src/wire/tallies.ts';
import { seededBits } from './chi-square.ts';
import { seeded } from './statistics.ts';

/** Percent of shoppers by arm, as `reshelf coordinator init` sets them. */
export const SHARES = [45, 45, 10] as const;
/** Part of a device's budget that `reshelf coordinator init` gives to lift beside weights, styles and health. */
const LIFT_PART = 5 / 14;
const DAY_MS = 86_400_000;
const LIST = 10;
/** Chance that a shopper who looks at a place looks at the next one. */
const GOES_ON = 0.8;
const CLICK = 0.13;
/** Of clicks. */
const CARTS = 0.2;
const BUYS = 0.08;

/** A shop's list: how much this shopper likes each product, in the shop's order. */
const likings = (normal: () => number): number[] =>
  Array.from({ length: LIST }, () => Math.exp(0.8 * normal()));

/** The personal order knows the liking as well as `sight` says: 0 not at all. */
function personalOrder(liking: readonly number[], sight: number, normal: () => number): number[] {
  const scores = liking.map((one) => sight * Math.log(one) + normal());
  return scores.map((_, at) => at).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
}
const clicksOf = (order: readonly number[], liking: readonly number[]): number =>
  order.reduce((sum, one, place) => sum + GOES_ON ** place * Math.min(CLICK * (liking[one] ?? 0), 1), 0);

export function normals(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** How well the ranker must see for `lift` more clicks a list: by halving, over one large sample of lists. */
export function sightFor(lift: number): number {
  if (lift === 0) return 0;
  const gain = (sight: number): number => {
    const normal = normals(seeded(1));
    let own = 0;
    let personal = 0;
    for (let list = 0; list < 40_000; list++) {
      const liking = likings(normal);
      own += clicksOf(
        liking.map((_, at) => at),
        liking,
      );
      personal += clicksOf(personalOrder(liking, sight, normal), liking);
    }
    return personal / own - 1;
  };
  let low = 0;
  let high = 4;
  for (let step = 0; step < 14; step++) {
    const middle = (low + high) / 2;
    if (gain(middle) < lift) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const SLOT_NOW = 400 * DAY_MS;

/** One simulated device: its coin, its days in the shop, and what it reports, by the device's own code. */
function reportOf(sight: number, random: () => number, normal: () => number): number[] {
  const coin = 100 * random();
  const arm = coin < SHARES[0] ? 'personalized' : coin < SHARES[0] + SHARES[1] ? 'holdout' : 'interleaved';
  const journal: Signal[] = [];
  const drafts: DraftLog[] = [];
  const comes = Math.min(0.12 * Math.exp(0.8 * normal()), 0.9); // a day; some shoppers are keen
  for (let day = 1; day <= TALLY_DAYS; day++) {
    if (random() >= comes) continue;
    const lists = 1 + Math.floor(3 * random());
    for (let list = 0; list < lists; list++) {
      const at = SLOT_NOW - day * DAY_MS + list;
      const slateId = `${day}-${list}`;
      const liking = likings(normal);
      const shop = liking.map((_, one) => one);
      const personal = personalOrder(liking, sight, normal);
      const drafted = arm === 'interleaved' ? draftTeams(personal, shop, random) : undefined;
      const order = drafted?.order ?? (arm === 'personalized' ? personal : shop);
      const idsOf = (team: string) =>
        order.flatMap((one, place) => (drafted?.teams[place] === team ? `${one}` : []));
      if (drafted !== undefined)
        drafts.push({ slateId, personal: idsOf('personal'), shop: idsOf('shop') } as never);
      const base = { at, session: day, slateId };
      journal.push({ ...base, kind: 'impression', itemId: '0', position: 0 } as never);
      order.forEach((one, position) => {
        const chance = GOES_ON ** position * Math.min(CLICK * (liking[one] ?? 0), 1);
        if (random() >= chance) return;
        journal.push({ ...base, kind: 'click', itemId: `${one}`, position } as never);
        if (random() < CARTS) journal.push({ ...base, kind: 'cart', itemId: `${one}` } as never);
        if (random() < BUYS)
          journal.push({ ...base, kind: 'purchase', itemId: `${one}`, quantity: 1, priceLevel: 46 } as never);
      });
    }
  }
  return tallyLift({ journal, arm, drawnAt: 0, drafts, valueStep: 25, now: SLOT_NOW });
}

/** Noise that each aggregator adds to every total: a shop that learns weights, too, gives five fourteenths of the budget to lift. */
export const liftVariance = (): number => Math.ceil(tallyReach('lift') / (2 * rhoOfSlot() * LIFT_PART));

/** A crowd's reports, added up. */
export function crowdTotals(shoppers: number, sight: number, seed: number): number[] {
  const random = seeded(seed);
  const normal = normals(random);
  const totals = TALLY_ENTRIES.lift.map(() => 0);
  for (let shopper = 0; shopper < shoppers; shopper++)
    reportOf(sight, random, normal).forEach((value, at) => {
      totals[at] = (totals[at] ?? 0) + value;
    });
  return totals;
}

/** The same with the noise of both aggregators: integers throughout, as released. */
export function crowdRelease(shoppers: number, sight: number, seed: number): Released {
  const totals = crowdTotals(shoppers, sight, seed);
  return { ...withNoise(totals, liftVariance(), seed), reports: shoppers, repeats: 1 };
}

/** Totals as the collector sees them. */
export function withNoise(
  totals: readonly number[],
  variance: number,
  seed: number,
): Pick<Released, 'totals' | 'noiseVariance'> {
  const integers = createRandomIntegers(seededBits(seed + 77));
  const noise = () => Number(drawDiscreteGaussian(integers, whole(variance)));
  return { totals: totals.map((total) => total + noise() + noise()), noiseVariance: 2 * variance };
}
