import { createHash } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { readFields } from '../../wire/fields.ts';
import type { Database } from '../database.ts';
import { isShown } from '../http.ts';
import type { ModelShelf } from '../model-shelf.ts';
import { Problem } from '../problem.ts';
import type { CollectorConfig } from '../role-config.ts';
import { toCsv } from './csv.ts';
import { insightsPage } from './page.ts';
import { readInsights } from './read-insights.ts';
import { STYLES } from './styles.ts';

export interface InsightsParts {
  readonly config: CollectorConfig;
  readonly database: Database;
  readonly shelf: ModelShelf;
  readonly nowMs: () => number;
}

/** No script, no picture, no request: the page is one answer. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLES).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/**
 * `/insights`, `/insights.csv` and the page's roll back, for whoever shows the operator's token: a browser asks for it as a
 * password (any name), a program sends it as a bearer.
 */
export function addInsights(app: Hono, { config, database, shelf, nowMs }: InsightsParts): void {
  const read = () => readInsights(database, config.tasks, shelf);
  const isKnown = (c: Context): boolean => isShown(c, config.operatorToken);
  const ask = (): Response =>
    new Response('This page is the merchant’s: the password is operatorToken of collector.json.', {
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="Reshelf insights", charset="UTF-8"' },
    });

  app.get('/insights', async (c) => {
    if (!isKnown(c)) return ask();
    c.header('content-security-policy', POLICY);
    c.header('referrer-policy', 'no-referrer');
    return c.html(insightsPage(await read(), nowMs()));
  });

  app.get('/insights.csv', async (c) => {
    if (!isKnown(c)) return ask();
    c.header('content-type', 'text/csv; charset=utf-8');
    c.header('content-disposition', 'attachment; filename="reshelf-insights.csv"');
    return c.body(toCsv(await read()));
  });

  app.post('/insights/rollback', async (c) => {
    if (!isKnown(c)) return ask();
    if (!isOwnForm(c)) throw new Problem('unauthorizedRequest', 403, 'expected the form of this very page');
    const { task, version } = readForm(await c.req.parseBody());
    if (!config.tasks.some(({ id }) => id === task))
      throw new Problem('unrecognizedTask', 404, 'there is no such task here');
    await database.transaction((sql) => shelf.pointTo(sql, task, version));
    return c.redirect('../insights', 303);
  });
}

/** A browser sends the password along with forms of other sites, too; where they come from it does not let them choose. */
function isOwnForm(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = c.req.header('origin');
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === c.req.header('host');
}

function readForm(body: Record<string, unknown>): { task: string; version: number } {
  try {
    const form = readFields(body, 'form');
    return {
      task: form.text('task', /^[A-Za-z0-9_-]{43}$/),
      version: Number(form.text('version', /^\d{1,9}$/)),
    };
  } catch (error) {
    throw new Problem('invalidMessage', 400, (error as Error).message);
  }
}
