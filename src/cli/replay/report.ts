import type { ReplayResult } from './replay.ts';
import type { ComparedFigures, MethodFigures } from './score-card.ts';
import { SLICES } from './slices.ts';

/** A slice of this many tasks must not fall below the shop's order by more than this. */
const HARM_TASKS = 200;
const HARM = -0.01;

/** One object; "non-personal" repeats the figures of the best order that is not personal. */
export function toJson(result: ReplayResult, isWanted: (name: string) => boolean): string {
  const methods = Object.fromEntries(methodsOf(result, isWanted));
  return JSON.stringify({ dataset: result.dataset, split: result.split, methods }, null, 2);
}

/** Tables for people: all tasks, then by slice the MRR and its differences. */
export function toTables(result: ReplayResult, isWanted: (name: string) => boolean): string {
  const methods = methodsOf(result, isWanted);
  const width = Math.max(...methods.map(([name]) => name.length));
  const slices = SLICES.filter((slice) => methods.some(([, figures]) => figures.slices[slice].n > 0));
  function bySlice(title: string, cell: (figures: ComparedFigures) => string): string[] {
    const [first] = methods;
    return [
      '',
      title,
      row(width, '', slices),
      row(
        width,
        'tasks',
        slices.map((slice) => String(first?.[1].slices[slice].n ?? 0)),
      ),
      ...methods.map(([name, figures]) =>
        row(
          width,
          name,
          slices.map((slice) => cell(figures.slices[slice])),
        ),
      ),
    ];
  }
  return [
    `${result.dataset}, ${result.split}: ${result.asked} tasks. non-personal is ${result.bestNonPersonal} here.`,
    '',
    row(width, '', ['MRR', 'NDCG@10', 'HR@10', 'mean rank', '- shop-order', '- non-personal']),
    ...methods.map(([name, figures]) => row(width, name, overall(figures))),
    ...bySlice('MRR by slice', ({ mrr, ci95 }) => withHalf(plain(mrr), ci95)),
    ...bySlice(
      `MRR minus shop-order by slice (! marks harm: ${HARM_TASKS} tasks or more, interval wholly below ${HARM})`,
      (figures) => withHalf(signed(figures.deltaShop), figures.deltaShopCi95) + (isHarm(figures) ? '!' : ''),
    ),
    ...bySlice('MRR minus non-personal by slice', (figures) =>
      withHalf(signed(figures.deltaNonPersonal), figures.deltaNonPersonalCi95),
    ),
  ].join('\n');
}

function methodsOf(
  { methods, bestNonPersonal }: ReplayResult,
  isWanted: (name: string) => boolean,
): [string, MethodFigures][] {
  const best = methods.get(bestNonPersonal);
  const all: [string, MethodFigures][] = [...methods];
  if (best !== undefined) {
    const last = all.findLastIndex(([name]) => name === bestNonPersonal);
    all.splice(last + 1, 0, ['non-personal', best]);
  }
  return all.filter(([name]) => isWanted(name));
}

function isHarm({ n, deltaShop, deltaShopCi95 }: ComparedFigures): boolean {
  return n >= HARM_TASKS && deltaShop !== null && deltaShop + (deltaShopCi95 ?? 0) < HARM;
}

function overall(figures: MethodFigures): string[] {
  return [
    withHalf(plain(figures.mrr), figures.ci95),
    plain(figures.ndcg10),
    plain(figures.hr10),
    figures.meanRank?.toFixed(1) ?? '–',
    withHalf(signed(figures.deltaShop), figures.deltaShopCi95),
    withHalf(signed(figures.deltaNonPersonal), figures.deltaNonPersonalCi95),
  ];
}

const COLUMN = 14;

function row(width: number, name: string, cells: readonly string[]): string {
  return name.padEnd(width) + cells.map((cell) => cell.padStart(COLUMN)).join('');
}

/** .123 and -.123, as papers print them; a dash where there is nothing to tell. */
function plain(value: number | null): string {
  return value === null ? '–' : value.toFixed(3).replace(/^(-?)0\./, '$1.');
}

function signed(value: number | null): string {
  return value !== null && value >= 0 ? `+${plain(value)}` : plain(value);
}

function withHalf(text: string, half: number | null): string {
  return half === null ? text : `${text} ±${plain(half)}`;
}
