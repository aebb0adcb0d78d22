import type { Page } from '@playwright/test';
import type { DraftLog, DrawnArm } from '../../src/core/trial.ts';
import type { ContributionTask } from '../../src/wire/contribution-task.ts';
import { BOOT, TAG } from '../support/html.ts';
import { expect, LISTED, type ShopOptions, type TestShop, test } from '../support/shop.ts';

test.setTimeout(240_000);
const SLOW = { timeout: 60_000 };

/** A task of lift by which every device draws the same arm. */
function liftTask(shares: readonly number[]): ContributionTask {
  const at = (name: string) => `https://${name}.example/`;
  return {
    format: 'reshelf-task@1',
    id: 'T'.repeat(43),
    region: 'eu',
    leader: at('leader'),
    helper: at('helper'),
    collector: at('collector'),
    timePrecisionSeconds: 3600,
    minBatch: 100,
    expiresAt: 4_000_000_000,
    variance: 30_000,
    signingKey: 'K'.repeat(43),
    content: { kind: 'tallies', topic: 'lift', shares, valueStep: 25, chunkLength: 8 },
  };
}

const open = (openShop: (options?: ShopOptions) => Promise<TestShop>, shares: readonly number[], tag = TAG) =>
  openShop({
    tag: tag.replace(
      '></script>',
      ' data-reshelf-tasks="/reshelf/tasks.json" data-reshelf-region="eu"></script>',
    ),
    files: { 'tasks.json': JSON.stringify([liftTask(shares)]) },
  });

const answer = (page: Page, answers: Readonly<Record<string, boolean>>) =>
  page.evaluate((given) => window.reshelf.consent.set(given, { source: 'api', noticeId: 'test/1' }), answers);

async function armOf(shop: TestShop): Promise<string | undefined> {
  const trial = (await shop.stored())?.trial ?? [];
  return trial.find((one): one is DrawnArm => 'arm' in (one as object))?.arm;
}
const draftsOf = async (shop: TestShop): Promise<DraftLog[]> =>
  ((await shop.stored())?.trial ?? []).filter((one): one is DraftLog => 'slateId' in (one as object));

const BROWSED = ['jacket-black', 'jacket-white', 'shirt-white', 'jacket-black'];

/** A shopper with a history in the arm that the shares leave. */
async function shopper(shop: TestShop, page: Page): Promise<void> {
  await shop.visit('/');
  await answer(page, { personalize: true, measure: true });
  await expect.poll(() => armOf(shop), SLOW).toBeDefined();
  await shop.browse(...BROWSED);
}

test('no arm is drawn without a grant to measure, and lists are personal', async ({ openShop, page }) => {
  const shop = await open(openShop, [0, 100, 0]);
  await shop.visit('/');
  await answer(page, { personalize: true, contribute: true });
  await shop.browse(...BROWSED);
  await shop.visit('/');
  await expect.poll(() => shop.order()).not.toEqual(LISTED);
  expect(await armOf(shop)).toBeUndefined();
  await answer(page, { measure: true });
  await shop.visit('/');
  await expect.poll(() => armOf(shop), SLOW).toBe('holdout');
});

for (const { name, tag } of [
  { name: 'by the script', tag: TAG },
  { name: 'by the head snippet', tag: BOOT },
])
  test(`a holdout shopper’s lists are ranked ${name} and left in the shop’s order; the panel says so`, async ({
    openShop,
    page,
  }) => {
    const shop = await open(openShop, [0, 100, 0], tag);
    await shopper(shop, page);
    await shop.visit('/');
    await page.locator('ul.products').scrollIntoViewIfNeeded();
    await expect.poll(async () => (await shop.journal('impression')).length, SLOW).toBeGreaterThan(3);
    expect(await shop.order()).toEqual(LISTED);
    expect(await shop.heard('reordered')).toEqual([]);
    // All was done but the move: an answer with scores, weights with what is known of this shopper.
    const slates = new Set((await shop.journal('impression')).map(({ slateId }) => slateId));
    expect([...slates].every((slateId) => typeof slateId === 'string')).toBe(true);
    const ranked = await page.evaluate(
      async (ids) => window.reshelf.rank(ids.map((id) => ({ id, title: id.replace('-', ' linen ') }))),
      LISTED,
    );
    expect(ranked.order.map(({ id }) => id)).toEqual(LISTED);
    expect(new Set(ranked.order.map(({ score }) => score)).size).toBeGreaterThan(3);
    const weights = await page.evaluate(
      () => JSON.parse(localStorage.getItem('reshelf:snapshot') ?? '{}').weights as string,
    );
    expect(weights.split('|')[0]).toMatch(/^\d+,\d+,-1000000,-1000000,0,\d+$/);
    expect(weights.split('|').slice(1).join('').length).toBeGreaterThan(20);
    await page.evaluate(() => window.reshelf.privacy.open('shared'));
    await expect(
      page.locator('reshelf-panel').getByText('Your lists stand in the shop’s own order'),
    ).toBeVisible(SLOW);

    await answer(page, { measure: false });
    await shop.visit('/');
    await expect.poll(() => shop.order(), SLOW).not.toEqual(LISTED);
  });

test('an interleaved list is drafted from both orders, and clicks are kept with the draft that they speak for', async ({
  openShop,
  page,
}) => {
  const shop = await open(openShop, [0, 0, 100]);
  await shopper(shop, page);
  await shop.visit('/');
  await expect.poll(async () => (await draftsOf(shop)).length, SLOW).toBeGreaterThan(0);
  await expect.poll(() => shop.heard('reordered'), SLOW).not.toEqual([]);
  const order = await shop.order();
  const draft = (await draftsOf(shop)).at(-1);
  if (draft === undefined) throw new TypeError('expected a draft');
  expect([...draft.personal, ...draft.shop].sort()).toEqual([...LISTED].sort());
  expect(Math.abs(draft.personal.length - draft.shop.length)).toBeLessThanOrEqual(1);
  // Each team's picks stand in its own order; in every pair both have picked.
  const places = (ids: readonly string[]) => ids.map((id) => order.indexOf(id));
  for (const ids of [draft.personal, draft.shop])
    expect(places(ids)).toEqual([...places(ids)].sort((a, b) => a - b));
  expect(places(draft.shop)).toEqual(places(draft.shop).sort((a, b) => a - b));
  for (let place = 0; place + 1 < order.length; place += 2)
    expect(
      order.slice(place, place + 2).filter((id) => draft.personal.some((one) => one === id)),
    ).toHaveLength(1);
  const [first] = draft.personal;
  await page.locator(`ul.products a[href^="/p/${first}?"]`).first().click();
  await expect.poll(async () => (await shop.journal('click')).length, SLOW).toBe(1);
  expect((await shop.journal('click'))[0]).toMatchObject({ itemId: first, slateId: draft.slateId });
  await shop.visit('/');
  await page.evaluate(() => window.reshelf.forget('all'));
  await expect.poll(() => draftsOf(shop), SLOW).toEqual([]);
});
