import type { Estimate } from './estimates.ts';
import type { TaskInsights } from './read-insights.ts';

const HEAD = ['topic', 'region', 'name', 'unit', 'value', 'low', 'high', 'reports', 'rounds'] as const;

/** All figures of the page as RFC 4180: one line a figure, with its 95 % interval. */
export function toCsv(tasks: readonly TaskInsights[]): string {
  const rows: (string | number)[][] = [[...HEAD]];
  for (const { topic, region, reports, rounds, shown, epsilon, epsilonYear, noise } of tasks) {
    const add = (name: string, unit: string, estimate: Estimate | undefined) => {
      if (estimate !== undefined)
        rows.push([topic, region, name, unit, estimate.value, estimate.low, estimate.high, reports, rounds]);
    };
    const exact = (name: string, unit: string, value: number) =>
      add(name, unit, { value, low: value, high: value });
    if (shown.kind === 'lift') {
      for (const { name, personalized, holdout, lift } of shown.metrics) {
        add(`${name} personalized`, 'per shopper', personalized);
        add(`${name} holdout`, 'per shopper', holdout);
        add(`${name} lift`, 'relative', lift);
      }
      add('interleaving preference', 'per 100 shoppers', shown.preference);
    } else if (shown.kind === 'shares')
      for (const { label, share } of shown.shares) add(label, 'share of reports', share);
    else exact('version in force', 'number', shown.inForce);
    exact('noise', 'standard deviation of a round', noise);
    exact('epsilon of a report', 'at delta 1e-6', epsilon);
    exact('epsilon of a year', 'at delta 1e-6', epsilonYear);
  }
  return rows.map((row) => `${row.map(toField).join(',')}\r\n`).join('');
}

/** Quoted where it must be; a label that a spreadsheet would run as a formula is made a text. */
function toField(value: string | number): string {
  if (typeof value === 'number') return `${value}`;
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
