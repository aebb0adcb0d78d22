import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Aggregators, startAggregators } from '../../demo/aggregators.ts';
import { sendCrowd } from '../../demo/crowd.ts';
import { ledgerStore } from '../support/contributing.ts';
import { openDemo } from '../support/demo.ts';

test.setTimeout(600_000);

let folder: string;
let aggregators: Aggregators | undefined;
let demo: Awaited<ReturnType<typeof openDemo>> | undefined;
test.beforeAll(async () => {
  test.setTimeout(300_000); // three processes start, each with a database of its own
  folder = join(mkdtempSync(join(tmpdir(), 'reshelf-crowd-')), 'keys');
  aggregators = await startAggregators(await threePorts(), folder);
  demo = await openDemo(() => aggregators?.tasks);
});
test.afterAll(() => {
  demo?.close();
  aggregators?.stop();
  rmSync(join(folder, '..'), { recursive: true, force: true, maxRetries: 10 });
});

/** The first of three free ports in a row. */
async function threePorts(): Promise<number> {
  const isFree = (port: number) =>
    new Promise<boolean>((done) => {
      const server = createServer();
      server.once('error', () => done(false));
      server.listen(port, () => server.close(() => done(true)));
    });
  for (let port = 20_000 + (process.pid % 20_000); ; port += 3)
    if ((await Promise.all([port, port + 1, port + 2].map(isFree))).every(Boolean)) return port;
}

test('a crowd closes a round at the demo’s aggregators, and a shopper of the demo takes the model over', async ({
  page,
}) => {
  expect(aggregators, 'three processes').toBeDefined();
  const said: string[] = [];
  await sendCrowd(folder, 60, (text) => said.push(text));
  expect(said.join('\n')).toContain('240 reports taken');
  expect(said.join('\n')).toContain('Version 1, signed, from 60 shoppers');

  const blocked: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') blocked.push(message.text()); // what the shop's own policy forbids is told here
  });
  await page.goto(`${demo?.origin}/c/dresses`);
  await page.waitForFunction(() => window.reshelf !== undefined);
  await page.evaluate(async () => {
    await window.reshelf.ready;
    await window.reshelf.consent.set(
      { personalize: true, contribute: true },
      { source: 'api', noticeId: 'test' },
    );
  });
  await expect.poll(() => ledgerStore(page, 'models'), { timeout: 60_000 }).toMatchObject([{ version: 1 }]);
  await page.reload();
  await page.waitForFunction(() => window.reshelf !== undefined);
  const { rankerId } = await page.evaluate(async () => {
    await window.reshelf.ready;
    return window.reshelf.rank([{ id: 'a' }, { id: 'b' }]);
  });
  expect(rankerId).toBe('linear@2+1');
  expect(blocked).toEqual([]);
});
