import type { Load } from './load.ts';
import type { Difference } from './paired.ts';
import type { VariantName } from './variants.ts';
import type { Device } from './visit.ts';

export interface Row {
  readonly name: VariantName;
  readonly title: string;
  /** Visible slots whose product changed between two painted frames, the most of a few loads. */
  readonly swaps: number;
  readonly medians: Readonly<Record<keyof Load, number>>;
  /** From the page without anything added, in pairs. */
  readonly differences: Readonly<Record<keyof Load, Difference>>;
}

const whole = (value: number): string => value.toFixed(0);
const signed = (value: number): string => `${value >= 0 ? '+' : ''}${value.toFixed(0)}`;
const within = ({ median, low, high }: Difference): string =>
  `${signed(median)} [${signed(low)}, ${signed(high)}]`;
const times = ({ ratio }: Difference): string => (ratio === null ? '' : `×${ratio.toFixed(2)}`);
const kB = (bytes: number): string => (bytes / 1000).toFixed(1);

const COLUMNS: readonly (readonly [title: string, cell: (row: Row) => string])[] = [
  ['', ({ title }) => title],
  ['kB before paint', ({ medians }) => kB(medians.bytesBeforePaint)],
  ['kB in all', ({ medians }) => kB(medians.bytes)],
  ['FCP, ms', ({ medians, differences }) => `${whole(medians.fcp)} ${within(differences.fcp)}`],
  ['LCP, ms', ({ medians, differences }) => `${whole(medians.lcp)} ${within(differences.lcp)}`],
  [
    'main thread, ms',
    ({ medians, differences }) =>
      `${whole(medians.mainThread)} ${times(differences.mainThread)} ${within(differences.mainThread)}`,
  ],
  [
    'tasks over 50 ms: longest / excess',
    ({ medians }) => `${whole(medians.longestTask)} / ${whole(medians.blocking)}`,
  ],
  [
    'press, ms',
    ({ medians, differences }) => `${whole(medians.interaction)} ${within(differences.interaction)}`,
  ],
  ['CLS', ({ medians }) => medians.cls.toFixed(3)],
  ['swaps', ({ swaps }) => String(swaps)],
];

/** Prints a table in Markdown: medians, and in brackets the difference from the page without us with its 95 % interval. */
export function printDevice(device: Device, rows: readonly Row[]): void {
  console.log(`\n${device.name}\n`);
  console.log(`| ${COLUMNS.map(([title]) => title).join(' | ')} |`);
  console.log(`|${COLUMNS.map(() => '---|').join('')}`);
  for (const row of rows) console.log(`| ${COLUMNS.map(([, cell]) => cell(row)).join(' | ')} |`);
  console.log();
}
