import { html, raw } from 'hono/html';
import { epsilonSpent } from '../../privacy/budget.ts';
import { historyChart, intervalBar, shareBar, spanOf } from './charts.ts';
import type { Shown, TaskInsights } from './read-insights.ts';
import { STYLES } from './styles.ts';
import {
  changeRange,
  changeText,
  dayText,
  nameOf,
  numberText,
  shareRange,
  shareText,
  verdictOf,
} from './words.ts';

type Markup = ReturnType<typeof html>;

/** The merchant's page: no script, and nothing from anywhere else. */
export function insightsPage(tasks: readonly TaskInsights[], now: number): Markup {
  const reports = tasks.reduce((sum, task) => sum + task.reports, 0);
  const rounds = tasks.reduce((sum, task) => sum + task.rounds, 0);
  const most = Math.max(0, ...regionsOf(tasks).map((region) => yearOf(tasks, region)));
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>Reshelf insights</title><style>${raw(STYLES)}</style></head><body>
<header><h1>Insights</h1><span class="soft">${dayText(now)} · <a href="insights.csv" download>Export CSV</a></span></header><main>
<ul class="cards"><li><strong>${numberText(reports)}</strong>reports counted</li><li><strong>${numberText(rounds)}</strong>rounds released</li><li><strong>ε ${most.toFixed(2)}</strong>a year at most, a shopper <small>(δ 10⁻⁶)</small></li></ul>
<p class="soft">Every figure is a sum over many shoppers, with noise added by two aggregators; nobody holds what one shopper did. Ranges are 95 % intervals: chance of who took part, and noise, together.</p>
${ORDER.flatMap((topic) => tasks.filter((task) => place(task.topic) === topic)).map(section)}
${budgetSection(tasks)}</main></body></html>`;
}

/** Most important first; other counts of the shop's own come after the styles. */
const ORDER = ['lift', 'popular-styles', 'other', 'weights', 'health'] as const;
const place = (topic: string): (typeof ORDER)[number] => ORDER.find((known) => known === topic) ?? 'other';
const regionsOf = (tasks: readonly TaskInsights[]): string[] => [
  ...new Set(tasks.map(({ region }) => region)),
];
/** What all kinds of report of a region cost a shopper in a year together; epsilons alone do not add up. */
const yearOf = (tasks: readonly TaskInsights[], region: string): number =>
  epsilonSpent(
    tasks.filter((task) => task.region === region).map(({ rhoYear }) => ({ rho: rhoYear, pure: 0 })),
  );

function section(task: TaskInsights): Markup {
  const { topic, region, rounds, reports, minBatch, releasedAt } = task;
  const about =
    rounds === 0
      ? html`<p>Nothing yet. The first round is shown when ${minBatch} shoppers have reported; fewer are never shown.</p>`
      : html`<p class="soft">${numberText(reports)} reports in ${numberText(rounds)} ${rounds === 1 ? 'round' : 'rounds'}, last released ${dayText(releasedAt)}.</p>`;
  return html`<section id="${topic}"><h2>${nameOf(topic)} <small>${region}</small></h2>${about}${rounds === 0 ? '' : body(task)}</section>`;
}

function body(task: TaskInsights): Markup {
  const { shown } = task;
  if (shown.kind === 'lift') return liftBody(shown);
  if (shown.kind === 'model') return modelBody(task.id, shown);
  const span = spanOf(shown.shares.map(({ share }) => share));
  return html`<table class="figures"><caption>Share of reports; grey: not clear of zero</caption><thead><tr><th scope="col">${task.topic === 'health' ? 'What devices count' : 'Group'}</th><td></td><th scope="col">Share</th></tr></thead><tbody>${shown.shares.map(
    ({ label, share }) =>
      html`<tr><th scope="row">${nameOf(label)}</th><td class="chart">${shareBar(share, span)}</td><td>${shareText(share.value)} <small>${shareRange(share)}</small></td></tr>`,
  )}</tbody></table>`;
}

function liftBody({ metrics, preference, history }: Shown & { kind: 'lift' }): Markup {
  const orders = metrics.find(({ name }) => name === 'orders')?.lift;
  const clicks = metrics.find(({ name }) => name === 'clicks')?.lift;
  const known = metrics.flatMap(({ lift }) => lift ?? []);
  const span = spanOf(known, 1.5);
  return html`<p class="verdict">Orders: ${verdictOf(orders, `personal lists bring more, by ${orders === undefined ? '' : changeRange(orders)}.`, 'personal lists bring fewer.')}<br>Clicks: ${verdictOf(clicks, `personal lists bring more, by ${clicks === undefined ? '' : changeRange(clicks)}.`, 'personal lists bring fewer.')}</p>
<table class="figures"><caption>What shoppers do in two weeks, with personal lists beside the shop’s own order (holdout): a coin on the device says who gets which</caption><thead><tr><th scope="col">What</th><td></td><th scope="col">Lift</th></tr></thead><tbody>${metrics.map(
    ({ name, lift }) =>
      html`<tr><th scope="row">${nameOf(name)}</th><td class="chart">${lift === undefined ? '' : intervalBar(lift, span)}</td><td>${lift === undefined ? html`<small>too few yet</small>` : html`${changeText(lift.value)} <small>${changeRange(lift)}</small>`}</td></tr>`,
  )}</tbody></table>
<table><caption>A shopper in two weeks, on average</caption><thead><tr><th scope="col">What</th><th scope="col">With personal lists</th><th scope="col">Without</th></tr></thead><tbody>${metrics.map(
    ({ name, personalized, holdout }) =>
      html`<tr><th scope="row">${nameOf(name)}</th><td>${meanText(personalized)}</td><td>${meanText(holdout)}</td></tr>`,
  )}</tbody></table>
${
  preference === undefined
    ? ''
    : html`<table class="figures"><caption>Direction, by interleaving: of 100 shoppers who saw both orders drafted into one list, how many more chose from the personal one</caption><tbody><tr><th scope="row">More chose personal</th><td class="chart">${intervalBar(preference, spanOf([preference]))}</td><td>${preference.value.toFixed(1).replace('-', '−')} <small>${preference.low.toFixed(1).replace('-', '−')} to ${preference.high.toFixed(1).replace('-', '−')}</small></td></tr></tbody></table>`
}
<h3>Lift of clicks, round by round</h3>${historyChart(
    history.map(({ lift }) => lift),
    'Lift of clicks after each round, with its 95 % interval',
  )}`;
}

const meanText = ({ value, low, high }: { value: number; low: number; high: number }): Markup =>
  html`${value.toFixed(2).replace('-', '−')} <small>${low.toFixed(2).replace('-', '−')} to ${high.toFixed(2).replace('-', '−')}</small>`;

function modelBody(taskId: string, { inForce, versions }: Shown & { kind: 'model' }): Markup {
  const row = (version: number, parent: string, reports: string) =>
    html`<tr><th scope="row">${version === 0 ? 'As it ships' : `Version ${version}`}</th><td>${parent}</td><td>${reports}</td><td>${
      version === inForce
        ? 'in force'
        : html`<form method="post" action="insights/rollback"><input type="hidden" name="task" value="${taskId}"><button name="version" value="${version}">Put in force</button></form>`
    }</td></tr>`;
  return html`<table><thead><tr><th scope="col">Model</th><th scope="col">From</th><th scope="col">Shoppers</th><td></td></tr></thead><tbody>${versions.map(
    ({ version, parent, reports }) =>
      row(version, parent === 0 ? 'as it ships' : `version ${parent}`, numberText(reports)),
  )}${row(0, '', '')}</tbody></table>`;
}

function budgetSection(tasks: readonly TaskInsights[]): Markup {
  return html`<section id="budget"><h2>What it costs a shopper’s privacy</h2><p class="soft">A device never spends more than ε 4 in a year, whatever is asked of it, and shows its owner every report.</p><div class="wide" tabindex="0" role="region" aria-label="Privacy budget by report"><table><thead><tr><th scope="col">Report</th><th scope="col">Reports</th><th scope="col">Rounds</th><th scope="col">Noise of a total</th><th scope="col">ε of one</th><th scope="col">ε of a year</th></tr></thead><tbody>${tasks.map(
    (task) =>
      html`<tr><th scope="row">${nameOf(task.topic)} <small>${task.region}</small></th><td>${numberText(task.reports)}</td><td>${numberText(task.rounds)}</td><td>±${task.noise.toFixed(1)} <small>a round</small></td><td>${task.epsilon.toFixed(2)}</td><td>${task.epsilonYear.toFixed(2)}</td></tr>`,
  )}</tbody></table></div></section>`;
}
