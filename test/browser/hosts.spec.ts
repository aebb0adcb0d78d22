import { journalOf, ledgerStore, plantJournal } from '../support/contributing.ts';
import { tagWith } from '../support/html.ts';
import { type ListeningAggregators, listenAsAggregators } from '../support/listening-aggregators.ts';
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

/** Where the shop's list says that these aggregators stand; `undefined` where it does not name them. */
type Stand = 'eu' | 'us' | '*' | undefined;

for (const [what, stand, isUsed] of [
  ['of the shopper’s region', 'eu', true],
  ['of every region', '*', true],
  ['of another region', 'us', false],
  ['that are not listed', undefined, false],
] as const satisfies readonly (readonly [string, Stand, boolean])[])
  for (const parts of ['all of them', 'the helper alone', 'the collector alone'] as const) {
    if (isUsed && parts !== 'all of them') continue;
    test(`aggregators ${what} (${parts}) ${isUsed ? 'get a contribution' : 'get nothing, and nothing goes to the others of their task'}`, async ({
      openShop,
      page,
    }) => {
      test.setTimeout(240_000);
      const asked = await listenAsAggregators();
      const others = await listenAsAggregators(); // of the task after it: whoever contributes to that one has passed the first
      try {
        const first = { ...asked.task, id: `${'F'.repeat(42)}A` };
        const helper = `${others.origin}/helper/`;
        const leader = `${others.origin}/leader/`;
        const mixed = {
          'all of them': {},
          'the helper alone': { leader, collector: others.task.collector },
          'the collector alone': { leader, helper },
        }[parts];
        const contributedTo = await contribute([{ ...first, ...mixed }, others.task]);
        const heard = [...asked.heard, ...others.heard].filter(({ path }) => path.includes(first.id));
        if (isUsed) {
          expect(contributedTo).toContain(first.id);
          expect(heard.map(({ method }) => method)).toContain('PUT');
          return;
        }
        expect(contributedTo).toEqual([others.task.id]);
        expect(asked.heard).toEqual([]);
        expect(heard).toEqual([]);
      } finally {
        await asked.close();
        await others.close();
      }

      /** What a shopper of the EU contributes to, until the last task has its report. */
      async function contribute(tasks: readonly ListeningAggregators['task'][]): Promise<string[]> {
        const hostOf = ({ origin }: ListeningAggregators) => new URL(origin).host;
        const list = `${hostOf(others)}=eu ${stand === undefined ? '' : `${hostOf(asked)}=${stand}`}`;
        const shop = await openShop({
          tag: tagWith(
            `data-reshelf-tasks="/reshelf/tasks.json" data-reshelf-region="eu" data-reshelf-hosts="${list}"`,
          ),
          files: { 'tasks.json': JSON.stringify(tasks) },
        });
        const at = (days: number) => page.clock.setFixedTime(new Date(Date.now() + days * 86_400_000));
        await at(-40); // a new ledger waits a month
        await shop.visit('/');
        await page.evaluate(() =>
          window.reshelf.consent.set(
            { personalize: true, contribute: true },
            { source: 'api', noticeId: 'test' },
          ),
        );
        const slow = { timeout: 60_000 };
        await expect.poll(() => ledgerStore(page, 'born'), slow).toHaveLength(1);
        await plantJournal(page, journalOf(3));
        await at(0);
        await shop.visit('/');
        const sent = async () =>
          (await ledgerStore<{ taskId: string; state: string }>(page, 'rows'))
            .filter(({ state }) => state === 'sent')
            .map(({ taskId }) => taskId);
        await expect.poll(sent, slow).toContain(isUsed ? tasks[0]?.id : others.task.id);
        return sent();
      }
    });
  }
