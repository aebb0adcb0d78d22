import { EPSILONS } from './cells.ts';
import type { Gain, Result } from './result.ts';

const WIDTH = 760;
const HEIGHT = 400;
const LEFT = 64;
const RIGHT = 150;
const TOP = 44;
const BOTTOM = 56;
const COLOURS = ['#7f9ccf', '#5f84c2', '#2f5aa8', '#173a7a'];

/** Gain by number of clients, one line an epsilon, beside what one place would learn and what noise on the device leaves. */
export function toPicture({ rows, dataset }: Result): string {
  const noisy = rows.flatMap(({ together, local }) => [...together, ...local].map(({ median }) => median));
  const top = Math.max(...rows.map(({ centralGain }) => centralGain), ...noisy, 0.001) * 1.1;
  const low = Math.min(0, ...noisy);
  const x = (at: number) => LEFT + (at * (WIDTH - LEFT - RIGHT)) / Math.max(1, rows.length - 1);
  const y = (gain: number) => TOP + ((top - gain) * (HEIGHT - TOP - BOTTOM)) / (top - low);
  const path = (values: readonly number[]) =>
    values.map((value, at) => `${at === 0 ? 'M' : 'L'}${x(at).toFixed(1)},${y(value).toFixed(1)}`).join('');
  const of = (gains: readonly Gain[], epsilon: number) =>
    gains.find((gain) => gain.epsilon === epsilon)?.median ?? 0;
  const lines: { name: string; values: number[]; colour: string | undefined; style?: string }[] = [
    {
      name: 'in one place',
      values: rows.map(({ centralGain }) => centralGain),
      colour: '#444',
      style: 'stroke-dasharray="6 4"',
    },
    ...EPSILONS.map((epsilon, at) => ({
      name: `together, eps ${epsilon}`,
      values: rows.map(({ together }) => of(together, epsilon)),
      colour: COLOURS[at],
    })),
    {
      name: 'device’s noise, eps 8',
      values: rows.map(({ local }) => of(local, 8)),
      colour: '#b4552d',
    },
  ];
  const ends = lines
    .map(({ values }, at) => ({ at, wanted: y(values.at(-1) ?? 0) }))
    .sort((a, b) => a.wanted - b.wanted);
  let free = TOP;
  const labelAt = new Map<number, number>();
  for (const { at, wanted } of ends) {
    free = Math.max(free, wanted);
    labelAt.set(at, free);
    free += 17;
  }
  const ticks = Array.from({ length: 5 }, (_, at) => (top * at) / 5);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="13">
<title>What shoppers teach one another: gain in MRR by the number of clients</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${LEFT}" y="24" font-size="15" font-weight="600">What shoppers teach one another (${dataset}, gain in MRR)</text>
${ticks.map((tick) => `<path d="M${LEFT},${y(tick).toFixed(1)}H${WIDTH - RIGHT}" stroke="#e3e3e3"/><text x="${LEFT - 8}" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end" fill="#555">${tick.toFixed(4).slice(1)}</text>`).join('\n')}
${rows.map(({ clients }, at) => `<text x="${x(at).toFixed(1)}" y="${HEIGHT - BOTTOM + 22}" text-anchor="middle" fill="#555">${clients.toLocaleString('en')}</text>`).join('\n')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 12}" text-anchor="middle" fill="#555">shoppers in a round</text>
${lines.map(({ name, values, colour, style = '' }, at) => `<path d="${path(values)}" fill="none" stroke-width="2.5" stroke="${colour}" ${style}/><text x="${WIDTH - RIGHT + 10}" y="${((labelAt.get(at) ?? 0) + 4).toFixed(1)}" fill="${colour}">${name}</text>`).join('\n')}
</svg>
`;
}
