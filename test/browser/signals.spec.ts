import type { Page } from '@playwright/test';
import { page as html, list, orderBody, productBody, TAG, tagWith } from '../support/html.ts';
import { expect, type TestShop, test } from '../support/shop.ts';
import { product, WARDROBE } from '../support/wardrobe.ts';

async function openAllowed(open: () => Promise<TestShop>): Promise<TestShop> {
  const shop = await open();
  await shop.visit('/blank');
  await shop.allow();
  return shop;
}
const NOON = Date.UTC(2026, 2, 1, 12);
const BLANK = { '/blank': html({ title: 'Blank', tag: TAG, body: '' }) };
const dump = async (shop: TestShop) => JSON.stringify(await shop.stored());
/** Waits until the browser has told all observers what is visible now. */
const observed = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((done) => {
        const observer = new IntersectionObserver(() => done(observer.disconnect()));
        observer.observe(document.body);
      }),
  );

test('a product page is a view, and its dwell grows while the page is visible', async ({
  openShop,
  page,
}) => {
  await page.clock.install();
  const shop = await openAllowed(() => openShop({ pages: BLANK }));
  await shop.visit('/p/dress-blue');
  await expect.poll(() => shop.journal('view')).toMatchObject([{ itemId: 'dress-blue' }]);
  const dwell = async () => (await shop.journal('view')).at(-1)?.dwellMs as number;
  await page.clock.fastForward(2500);
  await expect.poll(dwell).toBeGreaterThanOrEqual(2000);
  await page.clock.fastForward(4000);
  await expect.poll(dwell).toBeGreaterThanOrEqual(5000);

  const setVisibility = (state: string) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await setVisibility('hidden');
  await expect.poll(dwell).toBeGreaterThanOrEqual(6500);
  const whenHidden = await dwell();
  await page.clock.fastForward(300_000); // lunch
  await setVisibility('visible');
  await page.clock.fastForward(1000);
  await page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
  await expect.poll(dwell).toBeGreaterThanOrEqual(whenHidden + 1000);
  expect(await dwell()).toBeLessThan(whenHidden + 60_000);
});

test('a dwell never counts for more than a minute', async ({ openShop, page }) => {
  await page.clock.install();
  const shop = await openAllowed(() => openShop({ pages: BLANK }));
  await shop.visit('/p/dress-blue');
  await expect.poll(() => shop.journal('view')).toHaveLength(1);
  await page.clock.fastForward(3_600_000);
  await page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
  await expect.poll(async () => (await shop.journal('view')).at(-1)?.dwellMs).toBe(60_000);
});

test('a click on a card is kept with its place and visit, before the page is left', async ({
  openShop,
  page,
}) => {
  const shop = await openAllowed(() => openShop({ pages: BLANK }));
  await shop.visit('/');
  const order = await shop.order();
  // No shop's server answers sooner than this, in ms. Where the next page comes at once, the worker may go with the old one.
  await page.route('**/p/*', async (route) => {
    await new Promise((done) => setTimeout(done, 100));
    await route.continue();
  });
  await page.locator('ul.products > li').nth(2).getByRole('link').click();
  await expect
    .poll(() => shop.journal('click'))
    .toMatchObject([{ itemId: order[2], position: 2, colour: product(order[2] ?? '').colour }]);
  const sessions = new Set((await shop.journal()).map(({ session }) => session));
  expect(sessions.size).toBe(1);
  expect([...sessions][0]).toEqual(expect.any(Number));
});

test('clicks beside the cards are no signal', async ({ openShop, page }) => {
  const shop = await openAllowed(() => openShop({ pages: BLANK }));
  await shop.visit('/');
  await page.getByRole('heading', { name: 'All' }).click();
  await page.evaluate(() => window.reshelf.signal({ kind: 'cart', itemId: 'x' })); // the same queue
  expect(await shop.journal('click')).toEqual([]);
});

test('an impression is at least half a card for a whole second, once per page', async ({
  openShop,
  page,
}) => {
  await page.clock.install({ time: NOON });
  const shop = await openAllowed(() => openShop({ pages: { ...BLANK, '/list': tall() } }));
  await shop.visit('/list');
  await page.clock.pauseAt(NOON + 3_600_000);
  const impressions = async () => {
    await page.evaluate(() => window.reshelf.rank([{ id: 'x' }])); // waits in the same queue
    return (await shop.journal('impression')).map(({ itemId }) => itemId);
  };
  /** Shows the page from `y` on for that long. */
  const show = async (y: number, ms: number) => {
    await page.evaluate((top) => window.scrollTo(0, top), y);
    await observed(page);
    await page.clock.runFor(ms);
  };
  await show(0, 5000); // above the list
  expect(await impressions()).toEqual([]);
  await show(1950, 900); // all of the first card, but not for a second
  await show(0, 5000);
  expect(await impressions()).toEqual([]);
  await show(2450, 5000); // less than half of the first and nothing of the second
  expect(await impressions()).toEqual([]);
  await show(1950, 1300);
  expect(await impressions()).toEqual(['dress-blue']); // the others are below the fold
  expect(await shop.journal('impression')).toMatchObject([{ position: 0, kind: 'impression' }]);
  await show(0, 1000);
  await show(1950, 5000); // seen again: it counts once
  await show(3150, 1300);
  expect(await impressions()).toEqual(['dress-blue', 'shirt-blue']);
});
/** Three cards of 800 px, 400 px apart, from 2000 px on; the window shows 900. */
const tall = () =>
  html({
    title: 'Tall',
    tag: TAG,
    head: '<style>br { display: none } ul.products { display: block; padding: 0; margin: 0 } ul.products li { height: 800px; margin-bottom: 400px } h1 { margin: 0; height: 2000px }</style>',
    body: list(WARDROBE.slice(0, 3), 'json-ld'),
  });

test('putting into the cart keeps the chosen size', async ({ openShop, page }) => {
  const shop = await openAllowed(() => openShop({ pages: BLANK }));
  await shop.visit('/p/dress-blue');
  await page.getByLabel('Size').selectOption('M');
  await expect.poll(() => shop.journal('size')).toMatchObject([{ itemId: 'dress-blue', size: 'm' }]);
  await page.route(/cart/, async (route) => {
    await new Promise((done) => setTimeout(done, 500)); // shops take a moment for a cart, however busy this machine is
    await route.continue();
  });
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect
    .poll(() => shop.journal('cart'))
    .toMatchObject([{ itemId: 'dress-blue', size: 'm', category: 'clothing > dress' }]);
});

test('a form that is no cart, and a select that is no size, are no signals', async ({ openShop, page }) => {
  const forms = `${productBody(product('dress-blue'))}<form action="/newsletter"><input name="email" value="a@b.c"><button>Subscribe</button></form>
    <form action="/cart/remove"><button>Remove</button></form><label>Colour <select name="colour"><option>red<option>blue</select></label>`;
  const shop = await openAllowed(() =>
    openShop({ pages: { ...BLANK, '/forms': html({ title: 'Forms', tag: TAG, body: forms }) } }),
  );
  await shop.visit('/forms');
  await page.evaluate(() => document.addEventListener('submit', (event) => event.preventDefault()));
  await page.getByLabel('Colour').selectOption('blue');
  for (const name of ['Subscribe', 'Remove']) await page.getByRole('button', { name }).click();
  await page.evaluate(() => window.reshelf.signal({ kind: 'click', itemId: 'x' }));
  expect((await shop.journal()).map(({ kind }) => kind)).toEqual(
    expect.not.arrayContaining(['cart', 'size']),
  );
  expect(await dump(shop)).not.toContain('a@b.c');
});

test('the order page is a purchase, and reloading it adds nothing', async ({ openShop, page }) => {
  const shop = await openAllowed(() => openShop({ pages: BLANK }));
  await shop.visit('/order');
  await expect.poll(() => shop.journal('purchase')).toMatchObject([{ itemId: 'jacket-red', quantity: 2 }]);
  expect((await shop.journal('purchase'))[0]).not.toHaveProperty('size'); // it comes in several, which says nothing
  await page.reload();
  await page.evaluate(() => window.reshelf.ready);
  await shop.visit('/order');
  await page.evaluate(() => window.reshelf.signal({ kind: 'click', itemId: 'x' }));
  expect(await shop.journal('purchase')).toHaveLength(1);
  expect(await shop.journal('view')).toEqual([]); // an order is no view
});

test('two lines of one product in an order are both kept, each with its size', async ({ openShop }) => {
  const lines = ['S', 'M'].map((size) => ({
    product: { ...product('dress-red'), sizes: [size] },
    quantity: 1,
  }));
  const shop = await openAllowed(() =>
    openShop({ pages: { ...BLANK, '/thanks': html({ title: 'Thanks', tag: TAG, body: orderBody(lines) }) } }),
  );
  await shop.visit('/thanks');
  await expect.poll(() => shop.journal('purchase')).toMatchObject([{ size: 's' }, { size: 'm' }]);
});

for (const name of ['q', 's', 'search'])
  test(`a search in the address (${name}) leaves hashes and no word`, async ({ openShop }) => {
    const shop = await openAllowed(() => openShop({ pages: BLANK }));
    await shop.visit(`/search?${name}=Corduroy+dungarees+7&page=2&utm_source=mail77`);
    await expect
      .poll(() => shop.journal('search'))
      .toMatchObject([{ queryTokens: [expect.any(Number), expect.any(Number)] }]);
    expect(Object.keys((await shop.journal('search'))[0] ?? {}).sort()).toEqual([
      'at',
      'kind',
      'queryTokens',
      'session',
    ]);
    expect(await dump(shop)).not.toMatch(/corduroy|dungarees|mail77|utm/i);
  });

const SECRETS = {
  userId: 'user-4711',
  email: 'shopper@example.org',
  url: 'https://shop.test/p?token=sesame',
  note: 'a gift for Ulrike',
  nested: { phone: '0151-234', deep: { iban: 'DE89' } },
};
test('of what the shop passes along, only allowed fields are stored', async ({ openShop, page }) => {
  const shop = await openAllowed(() => openShop({ pages: BLANK }));
  const kept = await page.evaluate(
    async ([secrets]) => {
      const item = {
        id: '/p/secret-dress?token=sesame#x',
        title: 'Velvet evening gown',
        price: 77.31,
        category: 'Gowns',
        brand: 'Maren',
        colour: 'Red',
        sizes: ['S'],
        ...secrets,
      };
      const results: boolean[] = [];
      for (const kind of ['view', 'click', 'impression', 'cart', 'purchase', 'size', 'search'] as const)
        results.push(
          await window.reshelf.signal({
            kind,
            item,
            size: 'M',
            query: 'Ulrike gift',
            dwellMs: 100,
            quantity: 2,
            position: 3,
            ...secrets,
          }),
        );
      return results;
    },
    [SECRETS] as const,
  );
  expect(kept).toEqual(Array(7).fill(true));
  const stored = await dump(shop);
  for (const secret of [
    '4711',
    'shopper@',
    'sesame',
    'token',
    'Ulrike',
    'ulrike',
    'gift',
    '0151',
    'DE89',
    'velvet',
    'evening',
    '77.31',
    'example',
  ])
    expect(stored).not.toContain(secret);
  expect((await shop.journal('cart'))[0]).toMatchObject({
    itemId: '/p/secret-dress',
    category: 'gowns',
    priceLevel: 50,
    size: 'm',
  });
});

test('data-reshelf-keep="size category recent" stores these and nothing else', async ({ openShop, page }) => {
  const tag = tagWith('data-reshelf-keep="size category recent"');
  const shop = await openShop({ tag });
  await shop.visit('/');
  await shop.allow();
  await shop.visit('/?q=linen');
  await page.evaluate(async (item) => {
    for (const kind of ['view', 'click', 'impression', 'cart', 'purchase', 'size', 'search'] as const)
      await window.reshelf.signal({ kind, item, size: 'M', query: 'linen' });
  }, product('dress-blue'));
  const fields: Record<string, string[]> = {};
  for (const { kind, ...rest } of await shop.journal()) fields[kind] = Object.keys(rest).sort();
  const base = ['at', 'category', 'itemId', 'session'];
  expect(fields).toEqual({
    view: [...base, 'dwellMs'].sort(),
    click: [...base, 'position', 'slateId'].sort(),
    impression: [...base, 'position', 'slateId'].sort(),
    cart: [...base, 'size'].sort(),
    purchase: [...base, 'quantity', 'size'].sort(),
    size: [...base, 'size'].sort(),
  });
  expect(await dump(shop)).not.toMatch(/lindqvist|blue(?!")|titleTokens":\[\d/i);
});

test('data-reshelf-collect="api" listens to nothing and keeps what the shop passes', async ({
  openShop,
  page,
}) => {
  const shop = await openShop({ tag: tagWith('data-reshelf-collect="api"') });
  await shop.visit('/');
  await shop.allow();
  for (const path of ['/p/dress-blue', '/order', '/?q=linen']) await shop.visit(path);
  await page.getByRole('link').first().click();
  await shop.visit('/');
  await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-red' }));
  expect(await shop.journal()).toMatchObject([{ kind: 'view', itemId: 'dress-red' }]);
});

const BAD_SIGNALS = [
  ['an unknown kind', { kind: 'wish', itemId: 'a' }, /expected kind to be one of impression.*wish/],
  ['no product', { kind: 'view' }, /needs the id of a product/],
  ['an id that is a text', { kind: 'view', itemId: 'this is a long text about me' }, /needs the id/],
  ['a search without words', { kind: 'search' }, /query/],
  ['a size without a size', { kind: 'size', itemId: 'a' }, /size/],
  ['no object', 'view', /expected an object/],
] as const;
for (const [title, input, message] of BAD_SIGNALS)
  test(`a signal with ${title} is refused with help, granted or not`, async ({ openShop, page }) => {
    const shop = await openShop();
    await shop.visit('/');
    const send = () =>
      page.evaluate(
        (bad) =>
          window.reshelf.signal(bad as never).then(
            () => ({}),
            (error) => ({ code: error.code, message: error.message }),
          ),
        input,
      );
    expect(await send()).toEqual({ code: 'signal/bad-input', message: expect.stringMatching(message) });
    await shop.allow();
    expect(await send()).toEqual({ code: 'signal/bad-input', message: expect.stringMatching(message) });
    expect(await shop.journal()).toEqual([]);
    expect(shop.errors).toEqual([]);
  });

test('a visit ends after half an hour of silence', async ({ openShop, page }) => {
  await page.clock.install();
  const shop = await openAllowed(() => openShop({ pages: BLANK }));
  const send = () => page.evaluate(() => window.reshelf.signal({ kind: 'click', itemId: 'a' }));
  await send();
  await page.clock.fastForward(29 * 60_000);
  await send();
  await page.clock.fastForward(31 * 60_000);
  await send();
  const [first, second, third] = (await shop.journal('click')).map(({ session }) => session);
  expect(second).toBe(first);
  expect(third).not.toBe(second);
});

test('a signal at once after an answer is kept, and one that is told while the answer comes into force, too', async ({
  openShop,
  page,
}) => {
  const shop = await openShop();
  await shop.visit('/');
  const kept = await page.evaluate(async () => {
    const { consent, signal } = window.reshelf;
    const set = () => consent.set({ personalize: true }, { source: 'api', noticeId: 'test' });
    const { setItem } = Storage.prototype;
    const meanwhile = new Promise<boolean>((done) => {
      Storage.prototype.setItem = function (this: Storage, key, value) {
        setItem.call(this, key, value);
        if (!consent.get().personalize.effective) return;
        Storage.prototype.setItem = setItem;
        done(signal({ kind: 'view', itemId: 'meanwhile' })); // granted it says, and the worker is not yet there
      };
    });
    await set();
    const after = await signal({ kind: 'view', itemId: 'after-1' });
    const told = [await meanwhile, after];
    await consent.withdraw();
    told.push(await signal({ kind: 'view', itemId: 'never' }));
    await set();
    told.push(await signal({ kind: 'view', itemId: 'after-2' }));
    return told;
  });
  expect(kept).toEqual([true, true, false, true]);
  expect((await shop.journal('view')).map(({ itemId }) => itemId)).toEqual(['after-2']);
  expect(shop.errors).toEqual([]);
});
