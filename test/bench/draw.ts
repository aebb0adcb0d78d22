/**
 * `npm run pictures -- <replay.json> <bench.json>`: the README's two pictures, from what `reshelf replay --json` and
 * `npm run bench -- --json` printed. Plain SVG that reads in light and dark.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Replayed {
  readonly dataset: string;
  readonly methods: Readonly<
    Record<string, { readonly slices: Readonly<Record<string, { mrr: number | null; n: number }>> }>
  >;
}
interface Benched {
  readonly ranking: {
    readonly byProducts: readonly { products: number; scoreBestMs: number; dotMs: number }[];
  };
}
interface Line {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly number[];
}

const [replayFile, benchFile] = process.argv.slice(2);
if (replayFile === undefined || benchFile === undefined)
  throw new Error('expected the file of "reshelf replay --json" and that of "npm run bench -- --json"');
const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T; // written by our own commands

const WIDTH = 640;
const HEIGHT = 300;
const LEFT = 56;
const BOTTOM = 44;
const TOP = 34;
const RIGHT = 175;

/** @param toY 0 at the bottom, 1 at the top */
function draw(
  title: string,
  labels: readonly string[],
  lines: readonly Line[],
  ticks: readonly [number, string][],
  toY: (value: number) => number,
): string {
  const x = (at: number) => LEFT + ((WIDTH - LEFT - RIGHT) * at) / Math.max(1, labels.length - 1);
  const y = (value: number) => HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * toY(value);
  const text = (left: number, top: number, words: string, anchor = 'middle', colour = '#8a8f98') =>
    `<text x="${left.toFixed(1)}" y="${top.toFixed(1)}" text-anchor="${anchor}" fill="${colour}">${words}</text>`;
  const grid = ticks.map(
    ([value, words]) =>
      `<path d="M${LEFT} ${y(value).toFixed(1)}H${WIDTH - RIGHT}" stroke="#8a8f98" stroke-opacity=".25"/>${text(LEFT - 8, y(value) + 4, words, 'end')}`,
  );
  // names beside the ends of their lines, pushed apart where they would lie on one another
  const ends = lines
    .map((line) => ({ line, top: y(line.values.at(-1) ?? 0) + 4 }))
    .sort((a, b) => a.top - b.top);
  ends.forEach((end, i) => {
    end.top = Math.max(end.top, (ends[i - 1]?.top ?? Number.NEGATIVE_INFINITY) + 16);
  });
  const drawn = lines.map(
    ({ values, colour }) =>
      `<path d="${values.map((value, at) => `${at === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join('')}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-linejoin="round"/>` +
      values
        .map(
          (value, at) =>
            `<circle cx="${x(at).toFixed(1)}" cy="${y(value).toFixed(1)}" r="3.5" fill="${colour}"/>`,
        )
        .join(''),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="${title}">`,
    text(LEFT, 18, title, 'start'),
    ...grid,
    ...drawn,
    ...labels.map((label, at) => text(x(at), HEIGHT - BOTTOM + 22, label)),
    ...ends.map(({ line, top }) => text(WIDTH - RIGHT + 12, top, line.name, 'start', line.colour)),
    '</svg>',
    '',
  ].join('\n');
}

const replayed = read<Replayed>(replayFile);
const BY_EVENTS = ['events-1', 'events-2', 'events-3-5', 'events-6+'];
const quality = [
  ['shop-order', 'the shop’s order', '#8a8f98'],
  ['item-item', 'item-item', '#c98a1b'],
  ['reshelf-cold', 'Reshelf as it ships', '#3f8fd2'],
  ['reshelf', 'with the shop’s tables', '#2f9e6e'],
].map(
  ([method = '', name = '', colour = '']): Line => ({
    name,
    colour,
    values: BY_EVENTS.map((slice) => replayed.methods[method]?.slices[slice]?.mrr ?? 0),
  }),
);
writeFileSync(
  'demo/screenshots/quality.svg',
  draw(
    `MRR on ${replayed.dataset}, by the number of earlier events`,
    ['1', '2', '3 to 5', '6 and more'],
    quality,
    [0, 0.1, 0.2, 0.3, 0.4, 0.5].map((value) => [value, value.toFixed(1)]),
    (value) => value / 0.52,
  ),
);

const { byProducts } = read<Benched>(benchFile).ranking;
const LOW = 0.001;
const HIGH = 100;
writeFileSync(
  'demo/screenshots/speed.svg',
  draw(
    'Milliseconds to score a list, 50 signals of history, in Chromium’s worker',
    byProducts.map(({ products }) => products.toLocaleString('en')),
    [
      {
        name: 'Reshelf, all of it',
        colour: '#2f9e6e',
        values: byProducts.map(({ scoreBestMs }) => scoreBestMs),
      },
      { name: 'a dot product alone', colour: '#8a8f98', values: byProducts.map(({ dotMs }) => dotMs) },
    ],
    [0.001, 0.01, 0.1, 1, 10, 100].map((value) => [value, String(value)]),
    (value) => Math.log(Math.max(value, LOW) / LOW) / Math.log(HIGH / LOW),
  ),
);
console.log('demo/screenshots/quality.svg, demo/screenshots/speed.svg');
