import { tagWith } from '../support/html.ts';
import { serve, type TestServer } from '../support/server.ts';
import { expect, test } from '../support/shop.ts';

let foreign: TestServer;
test.beforeEach(async () => {
  foreign = await serve({ routes: {}, cors: true });
});
test.afterEach(() => foreign.close());

const at = (path: string) => `${foreign.origin}${path}`;
const listed = (region: string) => `data-reshelf-hosts="${new URL(foreign.origin).host}=${region}"`;

for (const [what, hosts, region, isUsed] of [
  ['of the shopper’s region', () => listed('us'), 'us-ca', true],
  ['of another region', () => listed('eea'), 'us-ca', false],
  ['that is not listed', () => 'data-reshelf-hosts="tables.example=us"', 'us-ca', false],
  ['of an unknown shopper', () => listed('eea'), '', false],
] as const)
  test(`a host ${what} ${isUsed ? 'gets what it is there for' : 'gets nothing: no request for tables, no note, no look at tasks'}`, async ({
    openShop,
    page,
  }) => {
    const where = region === '' ? '' : `data-reshelf-region="${region}"`;
    const uses = `data-reshelf-artefacts="${at('/manifest-1.json')}" data-reshelf-audit-url="${at('/notes')}" data-reshelf-tasks="${at('/tasks.json')}"`;
    const shop = await openShop({ tag: tagWith(`${uses} ${where} ${hosts()}`) });
    await shop.visit('/');
    await page.evaluate(() =>
      window.reshelf.consent.set(
        { personalize: true, contribute: true },
        { source: 'api', noticeId: 'test/1' },
      ),
    );
    await page.evaluate(() => window.reshelf.rank([{ id: 'a' }, { id: 'b' }])); // the worker has its tables, or does without
    const asked = () => [...new Set(foreign.requests)].sort();
    if (isUsed) await expect.poll(asked).toEqual(['GET /manifest-1.json', 'GET /tasks.json', 'POST /notes']);
    else {
      await shop.visit('/p/dress-blue');
      await page.evaluate(() => window.reshelf.consent.withdraw());
      expect(asked()).toEqual([]);
    }
  });
