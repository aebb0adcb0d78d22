import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { expect, test } from '@playwright/test';
import { createCollector } from '../../src/coordinator/collector.ts';
import { type Database, openFolderDatabase } from '../../src/coordinator/database.ts';
import { createModelShelf } from '../../src/coordinator/model-shelf.ts';
import { type Provisioned, provision, type TaskPlan } from '../../src/coordinator/provision.ts';
import type { Content } from '../../src/wire/contribution-task.ts';
import { styleBuckets } from '../../src/wire/styles.ts';
import { violations } from '../support/axe.ts';
import { crowdTotals, liftVariance, SHARES, sightFor, withNoise } from '../support/lift-crowd.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
const START = Date.UTC(2025, 10, 3);
const MIN_BATCH = 100;
const CATEGORIES = ['dresses', 'knitwear', 'jeans', 'shoes', 'bags & belts', '=HYPERLINK("x")'];
const BUCKETS = styleBuckets(CATEGORIES);

const CONTENTS: readonly { readonly content: Content; readonly variance: number }[] = [
  {
    content: {
      kind: 'weights',
      features: ['order.linear', 'title.last'],
      scales: [1, 1],
      clip: 0.3,
      rate: 2,
      bits: 8,
      chunkLength: 4,
    },
    variance: 730_000,
  },
  { content: { kind: 'counts', topic: 'popular-styles', buckets: BUCKETS, chunkLength: 4 }, variance: 270 },
  {
    content: { kind: 'tallies', topic: 'lift', shares: [...SHARES], valueStep: 25, chunkLength: 8 },
    variance: liftVariance(),
  },
  {
    content: { kind: 'tallies', topic: 'health', shares: [0, 0, 0], valueStep: 0, chunkLength: 5 },
    variance: 1350,
  },
];

interface Insights {
  readonly origin: string;
  readonly made: Provisioned;
  readonly database: Database;
  close(): Promise<void>;
}

/** A real collector over HTTP, whose database holds so many released rounds of a shop. */
async function openInsights(rounds: number): Promise<Insights> {
  const at = (path: string) => `https://${path}.example/`;
  const plan = {
    region: 'eu',
    leader: at('leader'),
    helper: at('helper'),
    collector: at('collector'),
    timePrecisionSeconds: 3600,
    minBatch: MIN_BATCH,
    expiresAt: 2_000_000_000,
  };
  const made = await provision(CONTENTS.map((one): TaskPlan => ({ ...plan, ...one })));
  const database = await openFolderDatabase('memory://', 'reshelf_collector');
  const { app } = await createCollector({
    config: made.collector,
    database,
    fetch: async () => new Response(null, { status: 503 }),
    nowMs: () => START + 52 * WEEK,
    onFailure: () => {},
  });
  const shelf = await createModelShelf(made.collector.signingKey);
  const sight = rounds === 0 ? 0 : sightFor(0.1);
  const shoppers = rounds === 1 ? 2000 : 24_000;
  const totalsOfCrowd = crowdTotals(rounds === 0 ? 0 : shoppers, sight, 11);
  for (let round = 1; round <= rounds; round++)
    for (const { id, content, variance } of made.tasks) {
      const reports = content.kind === 'tallies' ? shoppers : 900 + 10 * (round % 7);
      if (content.kind === 'weights') {
        const mean = Float64Array.of(0.01, -0.004 * round);
        await database.transaction((sql) =>
          shelf.add(sql, made.tasks[0] as never, content, mean, { reports, noise: 0.01 }),
        );
      }
      const totals =
        content.kind === 'counts'
          ? withNoise(
              BUCKETS.map((_, bucket) => Math.round((reports * 0.34) / (bucket + 1) ** 0.9)),
              variance,
              round,
            ).totals
          : content.kind === 'weights'
            ? [1, 2]
            : content.topic === 'lift'
              ? withNoise(totalsOfCrowd, variance, round).totals
              : withNoise(
                  [0.7, 0.04, 0.2, 0.02, 0.01].map((share) => Math.round(share * reports)),
                  variance,
                  round,
                ).totals;
      await insert(database, id, round, reports, totals);
    }
  const server = serve({ fetch: app.fetch, port: 0 });
  await new Promise((done) => server.once('listening', done));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    made,
    database,
    async close() {
      await new Promise((done) => server.close(done));
      await database.close();
    },
  };
}

async function insert(
  database: Database,
  id: string,
  batch: number,
  reports: number,
  totals: readonly number[],
) {
  await database.query(
    `INSERT INTO rounds (task_id, batch, collection_id, state, reports, total, asked_at, released_at)
     VALUES ($1, $2, $3, 'released', $4, $5, $6, $7)`,
    [
      id,
      batch,
      `c${batch}`,
      reports,
      JSON.stringify(totals),
      START + (batch - 1) * WEEK,
      START + batch * WEEK,
    ],
  );
}

const credentials = ({ made }: Insights) => ({
  username: 'merchant',
  password: made.collector.operatorToken,
});

for (const rounds of [0, 1, 52])
  for (const { name, viewport } of [
    { name: 'desktop', viewport: { width: 1280, height: 900 } },
    { name: 'phone', viewport: { width: 390, height: 844 } },
  ])
    test(`insights of ${rounds} rounds on a ${name}: nothing from elsewhere, nothing amiss, no number without its range`, async ({
      browser,
    }) => {
      test.setTimeout(240_000);
      const insights = await openInsights(rounds);
      const context = await browser.newContext({ viewport, httpCredentials: credentials(insights) });
      const page = await context.newPage();
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      try {
        const reply = await page.goto(`${insights.origin}/insights`);
        expect(reply?.status()).toBe(200);
        await page.waitForLoadState('networkidle');
        expect(requests.filter((url) => !url.startsWith(insights.origin))).toEqual([]);
        expect(new Set(requests.map((url) => new URL(url).pathname))).toEqual(new Set(['/insights']));
        expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([]);
        await page.screenshot({ path: `test-results/insights-${rounds}-${name}.png`, fullPage: true });
        expect(await violations(page, 'body')).toEqual([]);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(sideways).toBeLessThanOrEqual(0);

        const sections = await page.locator('section h2').allTextContents();
        expect(sections.map((text) => text.replace(/ eu$/, ''))).toEqual([
          'Does it pay?',
          'Popular styles',
          'The model learned together',
          'How the shop fares on devices',
          'What it costs a shopper’s privacy',
        ]);
        if (rounds === 0) {
          await expect(page.getByText('Nothing yet.')).toHaveCount(4);
          await expect(page.locator('svg')).toHaveCount(0);
          return;
        }
        const charts = page.locator('td.chart');
        expect(await charts.count()).toBeGreaterThan(15);
        for (const row of await page.locator('tr:has(td.chart svg)').all())
          expect(await row.locator('small').textContent()).toMatch(
            /^[+−±]?[\d.]+( %)? to [+−±]?[\d.]+( %)?$/,
          );
        const first = page.locator('#popular-styles tbody th').first();
        await expect(first).toHaveText('dresses, looks');
        const history = await page.locator('.history .line').getAttribute('d');
        expect(history?.split('L').length).toBe(rounds);
        if (rounds === 52)
          await expect(page.locator('#lift .verdict')).toContainText('Clicks: personal lists bring more');
      } finally {
        await context.close();
        await insights.close();
      }
    });

test('the page is for whoever has the token, and tells nothing of a batch below the minimum', async ({
  browser,
  request,
}) => {
  test.setTimeout(240_000);
  const insights = await openInsights(0);
  try {
    const url = `${insights.origin}/insights`;
    for (const path of [url, `${url}.csv`]) {
      const asked = await request.get(path);
      expect([asked.status(), asked.headers()['www-authenticate']]).toEqual([
        401,
        expect.stringContaining('Basic'),
      ]);
      const wrong = { authorization: `Basic ${Buffer.from('merchant:guess').toString('base64')}` };
      expect((await request.get(path, { headers: wrong })).status()).toBe(401);
      expect((await request.get(path, { headers: { authorization: 'Bearer guess' } })).status()).toBe(401);
    }
    const styles = insights.made.tasks[1];
    if (styles === undefined) throw new TypeError('expected a task');
    await insert(
      insights.database,
      styles.id,
      1,
      MIN_BATCH - 1,
      BUCKETS.map(() => 77),
    );
    const headers = { authorization: `Bearer ${insights.made.collector.operatorToken}` };
    const text = await (await request.get(url, { headers })).text();
    expect(text).not.toContain('dresses');
    expect(await (await request.get(`${url}.csv`, { headers })).text()).not.toContain('dresses');
    await insert(
      insights.database,
      styles.id,
      2,
      MIN_BATCH,
      BUCKETS.map(() => 77),
    );
    const page = await browser.newPage({ httpCredentials: credentials(insights) });
    await page.goto(url);
    await expect(page.locator('#popular-styles')).toContainText('100 reports in 1 round');
    await expect(page.locator('#popular-styles tbody tr')).toHaveCount(BUCKETS.length);
    await page.close();
  } finally {
    await insights.close();
  }
});

test('the export holds the figures of the page, with their ranges, and no formula', async ({ request }) => {
  test.setTimeout(240_000);
  const insights = await openInsights(1);
  try {
    const headers = { authorization: `Bearer ${insights.made.collector.operatorToken}` };
    const reply = await request.get(`${insights.origin}/insights.csv`, { headers });
    expect(reply.headers()['content-type']).toContain('text/csv');
    const lines = (await reply.text()).split('\r\n');
    expect(lines[0]).toBe('topic,region,name,unit,value,low,high,reports,rounds');
    const clicks = lines.find((line) => line.startsWith('lift,eu,clicks lift,relative,'))?.split(',') ?? [];
    const [value, low, high, reports] = clicks.slice(4).map(Number) as [number, number, number, number];
    expect(low).toBeLessThan(value);
    expect(value).toBeLessThan(high);
    expect(reports).toBe(2000);
    expect(lines.filter((line) => line.startsWith('popular-styles,eu,')).length).toBe(BUCKETS.length + 3);
    expect(lines.filter((line) => /(^|,)"?=/.test(line))).toEqual([]);
    expect(lines.some((line) => line.includes(`"'=HYPERLINK(""x""), looks"`))).toBe(true);
  } finally {
    await insights.close();
  }
});

test('an earlier model comes back by a button, which no other site can press', async ({
  browser,
  request,
}) => {
  test.setTimeout(240_000);
  const insights = await openInsights(0);
  const [task] = insights.made.tasks;
  if (task?.content.kind !== 'weights') throw new TypeError('expected a task of weights');
  const { content } = task;
  const shelf = await createModelShelf(insights.made.collector.signingKey);
  for (let round = 1; round <= 3; round++) {
    await insert(insights.database, task.id, round, 200, [1, 2]);
    await insights.database.transaction((sql) =>
      shelf.add(sql, task, content, Float64Array.of(0.1, 0.1), { reports: 200, noise: 0.01 }),
    );
  }
  try {
    const page = await browser.newPage({ httpCredentials: credentials(insights) });
    await page.goto(`${insights.origin}/insights`);
    const row = (name: string) => page.locator('#weights tr', { hasText: new RegExp(`^${name}`) });
    await expect(row('Version 3')).toContainText('in force');
    await row('Version 2').getByRole('button', { name: 'Put in force' }).click();
    await expect(page).toHaveURL(`${insights.origin}/insights`);
    await expect(row('Version 2')).toContainText('in force');
    const press = (headers: Record<string, string>) =>
      request.post(`${insights.origin}/insights/rollback`, {
        headers: { authorization: `Bearer ${insights.made.collector.operatorToken}`, ...headers },
        form: { task: task.id, version: '0' },
      });
    expect((await press({ 'sec-fetch-site': 'cross-site' })).status()).toBe(403);
    expect((await press({ origin: 'https://elsewhere.example' })).status()).toBe(403);
    expect((await press({})).status()).toBe(403);
    await page.reload();
    await expect(row('Version 2')).toContainText('in force');
    await page.close();
  } finally {
    await insights.close();
  }
});
