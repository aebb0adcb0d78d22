import { mkdirSync, writeFileSync } from 'node:fs';
import { liftsOf, preferenceOf } from '../../src/coordinator/insights/estimates.ts';
import { crowdRelease, SHARES, sightFor } from '../support/lift-crowd.ts';

/**
 * "Does it pay?" on a simulated crowd: how often the holdout's interval covers what was planted, how often interleaving
 * finds the direction, and how narrow the interval gets with the number of shoppers. Seeded: the same figures each time.
 */
const PLANTED = [0.1, 0] as const;
const RUNS = 100;
const SIZES = [2000, 5000, 20_000, 50_000] as const;
const SEEDS = 5;
const PICTURE = 'docs/does-it-pay.svg';

interface Interval {
  readonly shoppers: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const shares = [...SHARES];
const clicks = (shoppers: number, sight: number, seed: number) => {
  const released = crowdRelease(shoppers, sight, seed);
  const lift = liftsOf(released, shares).find(({ name }) => name === 'clicks')?.lift;
  if (lift === undefined) throw new TypeError('expected a lift of clicks');
  return { lift, preference: preferenceOf(released, shares) };
};
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

for (const planted of PLANTED) {
  const sight = sightFor(planted);
  const all = Array.from({ length: RUNS }, (_, seed) => clicks(2000, sight, 1 + 1000 * seed));
  const covered = all.filter(({ lift }) => lift.low <= planted && planted <= lift.high).length;
  const right = all.filter(({ preference }) => preference.value > 0).length;
  const sure = all.filter(({ preference }) => preference.low > 0 || preference.high < 0).length;
  console.log(
    `2,000 shoppers, planted ${100 * planted} %: the interval covers it in ${covered} of ${RUNS} runs; interleaving (a tenth of them) says personal in ${right}, and is sure of a direction in ${sure}`,
  );
}

const sight = sightFor(0.1);
const rows = SIZES.map((shoppers): Interval => {
  const lifts = Array.from({ length: SEEDS }, (_, seed) => clicks(shoppers, sight, 31 + 997 * seed).lift);
  return {
    shoppers,
    value: median(lifts.map(({ value }) => value)),
    low: median(lifts.map(({ low }) => low)),
    high: median(lifts.map(({ high }) => high)),
  };
});
const percent = (value: number): string =>
  value === 0 ? '0 %' : `${value >= 0 ? '+' : '−'}${Math.abs(100 * value).toFixed(1)} %`;
for (const { shoppers, value, low, high } of rows)
  console.log(
    `${shoppers.toLocaleString('en').padStart(7)} shoppers, one round: ${percent(value)} (${percent(low)} to ${percent(high)}), medians of ${SEEDS}`,
  );
mkdirSync('docs', { recursive: true });
writeFileSync(PICTURE, draw(rows));

function draw(intervals: readonly Interval[]): string {
  const [width, left, top, step] = [760, 150, 70, 52];
  const height = top + step * intervals.length + 40;
  const [from, to] = [-0.3, 0.6];
  const x = (value: number) =>
    (left + ((Math.min(Math.max(value, from), to) - from) / (to - from)) * (width - left - 170)).toFixed(1);
  const ticks = [-0.2, 0, 0.2, 0.4];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13">
<title>Lift of clicks beside the holdout, with its 95 % interval, by the number of shoppers who report</title>
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="16" y="26" font-size="15" font-weight="600">Does it pay? A simulated crowd with 10 % more clicks</text>
<text x="16" y="46" fill="#555">Lift of clicks beside the holdout after one round, 95 % interval (the dashed line is what was planted)</text>
${ticks.map((tick) => `<path d="M${x(tick)},${top - 8}V${height - 36}" stroke="${tick === 0 ? '#999' : '#e3e3e3'}"/><text x="${x(tick)}" y="${height - 18}" text-anchor="middle" fill="#555">${percent(tick).replace('.0', '')}</text>`).join('\n')}
<path d="M${x(0.1)},${top - 8}V${height - 36}" stroke="#1f6f50" stroke-dasharray="5 4"/>
${intervals
  .map(({ shoppers, value, low, high }, at) => {
    const y = top + step * at + step / 2;
    const colour = low > 0 ? '#1f6f50' : '#7d8175';
    return `<text x="16" y="${y + 4}">${shoppers.toLocaleString('en')} shoppers</text><path d="M${x(low)},${y}H${x(high)}" stroke="${colour}" stroke-width="8" opacity=".45"/><circle cx="${x(value)}" cy="${y}" r="6" fill="${colour}"/><text x="${width - 160}" y="${y + 4}">${percent(low)} to ${percent(high)}</text>`;
  })
  .join('\n')}
</svg>
`;
}
