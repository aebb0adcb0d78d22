import { METRICS, type Metric, TALLY_ENTRIES, VOTE_WEIGHT } from '../../wire/tallies.ts';

/** An estimate and what it lies between with 95 % confidence: chance of who took part and noise, together. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Sums with noise, as they were released. */
export interface Released {
  /** Shape of the task's entries. */
  readonly totals: readonly number[];
  readonly reports: number;
  /** Variance of the noise in each total. */
  readonly noiseVariance: number;
  /** How often one device may be among the reports. Its reports are alike: the more often, the less each is worth. */
  readonly repeats: number;
}

/** Two sides of the normal distribution that leave 5 % out. */
const Z = 1.959963984540054;

const around = (value: number, variance: number): Estimate => {
  const reach = Z * Math.sqrt(variance);
  return { value, low: value - reach, high: value + reach };
};

/**
 * Share of reports that are in a bucket.
 * @returns in [0, 1] but for noise, which may reach beyond
 */
export function shareOf({ totals, reports, noiseVariance, repeats }: Released, bucket: number): Estimate {
  const share = (totals[bucket] ?? 0) / reports;
  const inside = Math.min(Math.max(share, 0), 1);
  return around(share, noiseVariance / reports ** 2 + (repeats * inside * (1 - inside)) / reports);
}

export interface MetricLift {
  readonly name: Metric['name'];
  /** Per shopper of the arm in the days of one report. */
  readonly personalized: Estimate;
  readonly holdout: Estimate;
  /** Relative: 0.1 is 10 % more than without. `undefined` while what is without is not clearly above 0. */
  readonly lift: Estimate | undefined;
}

/**
 * Lift of every metric: personalized beside holdout, per shopper who was *meant* to have it. The interval of the ratio is
 * Fieller's (1954). How much shoppers differ is never asked of them: a count c of at most `cap` has c² ≤ cap·c, so that
 * the mean of squares is at most cap times the mean; intervals are on the wide side for that.
 * Arms are drawn by local coins, so that the number of shoppers in an arm is known to within chance; that chance is in
 * the mean of squares (Horvitz and Thompson 1952), and cancels in the ratio as it should.
 * @param shares percent by arm
 */
export function liftsOf(released: Released, shares: readonly number[]): MetricLift[] {
  const { totals, reports, noiseVariance, repeats } = released;
  return METRICS.map(({ name, cap, weight, unit }) => {
    const side = (arm: 'personalized' | 'holdout', at: number) => {
      const shoppers = (reports * (shares[at] ?? 0)) / 100;
      const mean = (totals[TALLY_ENTRIES.lift.indexOf(`${arm}.${name}`)] ?? 0) / weight / shoppers;
      const squares = cap * Math.max(mean, 1 / shoppers);
      return { mean, variance: (repeats * squares) / shoppers + noiseVariance / (weight * shoppers) ** 2 };
    };
    const [personal, without] = [side('personalized', 0), side('holdout', 1)];
    const scaled = ({ mean, variance }: typeof personal) => around(mean * unit, variance * unit ** 2);
    return {
      name,
      personalized: scaled(personal),
      holdout: scaled(without),
      lift: ratioOf(personal, without),
    };
  });
}

function ratioOf(
  top: { readonly mean: number; readonly variance: number },
  bottom: { readonly mean: number; readonly variance: number },
): Estimate | undefined {
  const a = bottom.mean ** 2 - Z ** 2 * bottom.variance;
  if (!(bottom.mean > 0 && a > 0)) return undefined;
  const b = top.mean * bottom.mean;
  const reach = Math.sqrt(Math.max(b ** 2 - a * (top.mean ** 2 - Z ** 2 * top.variance), 0));
  const change = (ratio: number): number => Math.max(ratio, 0) - 1; // nothing falls by more than all of it
  return {
    value: change(top.mean / bottom.mean),
    low: change((b - reach) / a),
    high: change((b + reach) / a),
  };
}

/**
 * How many more of 100 interleaved shoppers chose from the personal order than from the shop's: the direction, by far
 * fewer shoppers than a holdout takes, but of clicks alone and no measure of how much.
 */
export function preferenceOf(released: Released, shares: readonly number[]): Estimate {
  const { totals, reports, noiseVariance, repeats } = released;
  const shoppers = (reports * (shares[2] ?? 0)) / 100;
  const votes = (['personal', 'shop'] as const).map(
    (team) => (totals[TALLY_ENTRIES.lift.indexOf(`interleaved.${team}`)] ?? 0) / VOTE_WEIGHT,
  ) as [number, number]; // two teams
  const voters = Math.min(Math.max(votes[0] + votes[1], 1), shoppers);
  const variance = repeats * voters + (2 * noiseVariance) / VOTE_WEIGHT ** 2;
  return around((100 * (votes[0] - votes[1])) / shoppers, variance * (100 / shoppers) ** 2);
}
