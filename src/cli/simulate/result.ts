import { BUDGET } from '../../privacy/budget.ts';
import { type Cell, CLIENTS, EPSILONS } from './cells.ts';

/** Below this a central gain is too small for a share of it to mean anything. */
const LEAST_GAIN = 0.02;

export interface Row {
  readonly clients: number;
  readonly seeds: number;
  /** Medians over seeds, in MRR over the start. */
  readonly centralGain: number;
  readonly withoutNoise: number;
  readonly together: readonly Gain[];
  readonly local: readonly Gain[];
}
export interface Gain {
  readonly epsilon: number;
  readonly median: number;
  readonly least: number;
  /** Of the central gain, median over seeds; `null` where that gain is below .02. */
  readonly share: number | null;
  /** Releases that were worse on the devices' own lists, and so not adopted. */
  readonly notAdopted: number;
}

export interface Result {
  readonly dataset: string;
  readonly people: number;
  readonly tasks: number;
  readonly weights: number;
  readonly rounds: number;
  readonly delta: number;
  readonly startFrom: string;
  readonly start: number;
  readonly rows: readonly Row[];
  readonly prio: PrioCheck;
}
/** One round through real Prio3: what came out beside the plain sum. */
export interface PrioCheck {
  readonly reports: number;
  readonly isEqual: boolean;
}

export function toResult(cells: readonly Cell[], about: Omit<Result, 'rows' | 'start' | 'delta'>): Result {
  const rows = CLIENTS.flatMap((clients): Row[] => {
    const of = cells.filter((cell) => cell.clients === clients);
    if (of.length === 0) return [];
    const gains = (pick: 'together' | 'local') =>
      EPSILONS.map((epsilon, at) => gainOf(of, pick, epsilon, at));
    return [
      {
        clients,
        seeds: of.length,
        centralGain: median(of.map(({ central, start }) => central - start)),
        withoutNoise: median(of.map((cell) => cell.withoutNoise - cell.start)),
        together: gains('together'),
        local: gains('local'),
      },
    ];
  });
  return { ...about, delta: BUDGET.delta, start: cells[0]?.start ?? 0, rows };
}

function gainOf(cells: readonly Cell[], pick: 'together' | 'local', epsilon: number, at: number): Gain {
  const gains = cells.map((cell) => (cell[pick][at] ?? 0) - cell.start);
  const central = median(cells.map((cell) => cell.central - cell.start));
  const shares = cells.map((cell, i) => (gains[i] ?? 0) / (cell.central - cell.start));
  return {
    epsilon,
    median: median(gains),
    least: Math.min(...gains),
    share: central < LEAST_GAIN ? null : median(shares),
    notAdopted: pick === 'together' ? cells.filter(({ adopted }) => adopted[at] === false).length : 0,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4).slice(1)}`;

export function toTable(result: Result): string {
  const head = [
    'clients',
    'central',
    'no noise',
    ...EPSILONS.map((e) => `eps ${e}`),
    ...EPSILONS.map((e) => `local ${e}`),
  ];
  const cell = ({ median: gain, share }: Gain) =>
    share === null ? signed(gain) : `${signed(gain)} ${Math.round(share * 100)}%`;
  const body = result.rows.map((row) => [
    `${row.clients}`,
    signed(row.centralGain),
    signed(row.withoutNoise),
    ...row.together.map(cell),
    ...row.local.map(cell),
  ]);
  const widths = head.map((name, at) =>
    Math.max(name.length, ...body.map((cells) => cells[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells.map((text, at) => text.padStart(widths[at] ?? 0)).join('  ');
  const seeds = result.rows[0]?.seeds ?? 0;
  return [
    `${result.dataset}: ${result.people} people, ${result.tasks} held-out tasks, ${result.weights} weights, ${result.rounds} rounds, delta ${result.delta}`,
    `start: MRR ${result.start.toFixed(4)} (${result.startFrom}); gains over it in MRR, medians of ${seeds} seeds; epsilon is of all rounds together`,
    '',
    line(head),
    ...body.map(line),
    '',
    'eps: both aggregators add noise, either of them suffices; local: every device adds it, no second aggregator needed.',
    ...(result.rows.some(({ centralGain }) => centralGain < LEAST_GAIN)
      ? [
          `No share is given where the central gain is below ${LEAST_GAIN}: it would be a share of next to nothing.`,
        ]
      : []),
    `Through real Prio3: ${result.prio.reports} reports, the sum is ${result.prio.isEqual ? 'the plain one, bit for bit' : 'NOT the plain one'}.`,
  ].join('\n');
}
