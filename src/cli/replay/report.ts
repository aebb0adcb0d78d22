import type { ComparedFigures, MethodFigures } from './score-card.ts';
import { SLICES } from './slices.ts';

export interface ReplayResult {
  readonly dataset: string;
  readonly split: string;
  readonly methods: ReadonlyMap<string, MethodFigures>;
  readonly bestNonPersonal: string;
}

/** The result for a reader: one table over all tasks, then MRR by slice. */
export function toTable({ dataset, split, methods, bestNonPersonal }: ReplayResult): string {
  const number = (value: number | null, digits = 3) =>
    (value === null ? '–' : value.toFixed(digits)).padStart(7);
  const signed = (value: number | null) =>
    (value === null ? '–' : `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(3)}`).padStart(7);
  const half = (value: number | null) => (value === null ? '' : `±${value.toFixed(3)}`).padEnd(7);
  const width = Math.max(...[...methods.keys()].map((name) => name.length));
  const row = (name: string, figures: ComparedFigures) =>
    [
      name.padEnd(width),
      number(figures.mrr),
      half(figures.ci95),
      number(figures.ndcg10),
      number(figures.hr10),
      number(figures.meanRank, 1),
      signed(figures.deltaShop),
      half(figures.deltaShopCi95),
      signed(figures.deltaNonPersonal),
      half(figures.deltaNonPersonalCi95),
    ].join(' ');
  const [first] = methods.values();
  const sliceRow = (name: string, { slices }: MethodFigures) =>
    [name.padEnd(width), ...SLICES.map((slice) => number(slices[slice].mrr).padStart(slice.length + 2))].join(
      ' ',
    );
  return [
    `${dataset}, ${split}: ${first?.n ?? 0} tasks; best order that is not personal: ${bestNonPersonal}`,
    '',
    `${''.padEnd(width)}     MRR         NDCG@10   HR@10    rank  to the shop's  to ${bestNonPersonal}`,
    ...[...methods].map(([name, figures]) => row(name, figures)),
    '',
    'MRR by slice',
    [''.padEnd(width), ...SLICES.map((slice) => slice.padStart(Math.max(slice.length + 2, 7)))].join(' '),
    [
      'tasks'.padEnd(width),
      ...SLICES.map((slice) => String(first?.slices[slice].n ?? 0).padStart(Math.max(slice.length + 2, 7))),
    ].join(' '),
    ...[...methods].map(([name, figures]) => sliceRow(name, figures)),
  ].join('\n');
}
