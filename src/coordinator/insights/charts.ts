import { html } from 'hono/html';
import type { Estimate } from './estimates.ts';

type Markup = ReturnType<typeof html>;

/** From left to right of a chart, in the estimate's unit. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A span that holds all estimates and 0, a little wider. */
export function spanOf(estimates: readonly Estimate[], most = Number.POSITIVE_INFINITY): Span {
  const from = Math.max(Math.min(0, ...estimates.map(({ low }) => low)), -most);
  const to = Math.min(Math.max(0, ...estimates.map(({ high }) => high)), most);
  const room = (to - from || 1) * 0.04;
  return { from: from - room, to: to + room };
}

const toX = (value: number, { from, to }: Span): string =>
  (Math.min(Math.max((value - from) / (to - from), 0), 1) * 100).toFixed(2);

/** One estimate on a line: its interval, its value, and 0. Numbers stand beside it in text, so it is hidden from readers. */
export function intervalBar(estimate: Estimate, span: Span): Markup {
  const [low, value, high, zero] = [estimate.low, estimate.value, estimate.high, 0].map((one) =>
    toX(one, span),
  );
  const tone = estimate.low > 0 ? 'more' : estimate.high < 0 ? 'less' : 'open';
  return html`<svg class="bar ${tone}" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true"><path class="zero" d="M${zero} 0V24"/><path class="range" d="M${low} 12H${high}"/><path class="whisker" d="M${low} 7V17M${high} 7V17"/><path class="point" d="M${value} 12h0"/></svg>`;
}

/** A share as a bar from 0, with its interval as a whisker. */
export function shareBar(estimate: Estimate, span: Span): Markup {
  const [low, value, high, zero] = [estimate.low, Math.max(estimate.value, 0), estimate.high, 0].map((one) =>
    toX(one, span),
  );
  const tone = estimate.low > 0 ? 'more' : 'open';
  return html`<svg class="bar ${tone}" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true"><path class="column" d="M${zero} 4H${value}V20H${zero}Z"/><path class="zero" d="M${zero} 0V24"/><path class="range thin" d="M${low} 12H${high}"/><path class="whisker" d="M${low} 8V16M${high} 8V16"/></svg>`;
}

const WIDTH = 360;
const HEIGHT = 170;
const LEFT = 44;
const BOTTOM = 24;
const TOP = 8;

/** An estimate round by round: a line in the band of its interval. Made for a phone's width; larger screens scale it. */
export function historyChart(history: readonly (Estimate | undefined)[], title: string): Markup {
  const known = history.flatMap((estimate, at) => (estimate === undefined ? [] : [{ estimate, at }]));
  const span = spanOf(
    known.map(({ estimate }) => estimate),
    1,
  );
  const x = (at: number): number => LEFT + ((WIDTH - LEFT - 8) * (at + 0.5)) / history.length;
  const y = (value: number): string =>
    (HEIGHT - BOTTOM - (Number(toX(value, span)) / 100) * (HEIGHT - BOTTOM - TOP)).toFixed(1);
  const line = (pick: (estimate: Estimate) => number, list = known): string =>
    list.map(({ estimate, at }) => `${x(at).toFixed(1)},${y(pick(estimate))}`).join('L');
  const band =
    known.length < 2 ? '' : `M${line(({ low }) => low)}L${line(({ high }) => high, [...known].reverse())}Z`;
  const last = known.at(-1);
  const ticks = ticksOf(span);
  return html`<svg class="history" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">${ticks.map(
    (tick) =>
      html`<path class="${tick === 0 ? 'zero' : 'grid'}" d="M${LEFT} ${y(tick)}H${WIDTH - 4}"/><text x="${LEFT - 6}" y="${y(tick)}" dy="4" text-anchor="end">${(100 * tick).toFixed(0).replace('-', '−')} %</text>`,
  )}<path class="band" d="${band}"/><path class="line" d="M${line(({ value }) => value)}"/>${
    last === undefined
      ? ''
      : html`<path class="range" d="M${x(last.at)} ${y(last.estimate.low)}V${y(last.estimate.high)}"/><circle cx="${x(last.at)}" cy="${y(last.estimate.value)}" r="4"/>`
  }<text x="${LEFT}" y="${HEIGHT - 6}">round 1</text><text x="${WIDTH - 4}" y="${HEIGHT - 6}" text-anchor="end">${history.length > 1 ? `round ${history.length}` : ''}</text></svg>`;
}

const STEPS = [0.02, 0.05, 0.1, 0.2, 0.5, 1];

function ticksOf({ from, to }: Span): number[] {
  const step = STEPS.find((one) => (to - from) / one <= 6) ?? 1;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, at) => (first + at) * step);
}
