import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { buildSync } from 'esbuild';
import { page as html, list, tagWith } from '../support/html.ts';
import { createLatch } from '../support/latch.ts';
import { expect, pageAt, type ShopOptions, test, workerWith } from '../support/shop.ts';
import { WARDROBE } from '../support/wardrobe.ts';

declare global {
  interface Window {
    /** What the platform under test offers the test. */
    act: (words: unknown) => unknown;
    written: unknown[];
    dataLayer?: IArguments[];
  }
}

const states = (page: Page) =>
  page.evaluate(() => {
    const { personalize, measure, contribute } = window.reshelf.consent.get();
    return [personalize.state, measure.state, contribute.state];
  });
const newest = (page: Page) => page.evaluate(() => window.reshelf.consent.history()[0]);
const shopWith = (script: string, attributes: string): ShopOptions => {
  const text = html({
    title: 'Shop',
    head: script,
    tag: tagWith(attributes),
    body: list(WARDROBE, 'json-ld'),
  });
  return { pages: { '/': text } };
};

/** A CMP that answers by the letter of the TCF's specification: the listener is called at once, also while loading. */
const TCF = `<script>{
  const listeners = [];
  let data = { eventStatus: 'cmpuishown', cmpStatus: 'loaded', gdprApplies: true, cmpId: 7, tcfPolicyVersion: 5 };
  const api = (command, version, callback) => { if (command === 'addEventListener') { listeners.push(callback); callback(data, true); } };
  window.act = (change) => { data = { ...data, ...change }; for (const one of listeners) one(data, change.isOk ?? true); };
  if (location.search !== '?late') window.__tcfapi = api;
  else setTimeout(() => { window.__tcfapi = api; }, 400);
}</script>`;
const consents = (...purposes: number[]) => Object.fromEntries(purposes.map((n) => [n, true]));

const TCF_CASES: readonly (readonly [what: string, change: object, expected: readonly string[]])[] = [
  [
    'the banner shown is no decision',
    { eventStatus: 'cmpuishown', purpose: { consents: consents(1, 5, 6, 8, 10) } },
    ['unknown', 'unknown', 'unknown'],
  ],
  [
    'nobody knows yet whether the GDPR applies',
    { gdprApplies: undefined, eventStatus: 'tcloaded' },
    ['unknown', 'unknown', 'unknown'],
  ],
  [
    '1, 5, 6, 8 and 10',
    { eventStatus: 'useractioncomplete', purpose: { consents: consents(1, 5, 6, 8, 10) } },
    ['granted', 'granted', 'granted'],
  ],
  [
    'a stored answer counts where there is none of ours',
    { eventStatus: 'tcloaded', purpose: { consents: consents(1, 5, 6) } },
    ['granted', 'blocked', 'blocked'],
  ],
  [
    'a profile without its use',
    { eventStatus: 'useractioncomplete', purpose: { consents: consents(1, 5) } },
    ['blocked', 'blocked', 'blocked'],
  ],
  [
    'no storing',
    { eventStatus: 'useractioncomplete', purpose: { consents: consents(5, 6, 8) } },
    ['blocked', 'blocked', 'blocked'],
  ],
  [
    'legitimate interest never counts',
    {
      eventStatus: 'useractioncomplete',
      purpose: { consents: {}, legitimateInterests: consents(1, 5, 6, 8, 10) },
    },
    ['blocked', 'blocked', 'blocked'],
  ],
  [
    'the shop’s own consents come first',
    {
      eventStatus: 'useractioncomplete',
      publisher: { consents: consents(1, 8) },
      purpose: { consents: consents(1, 5, 6) },
    },
    ['blocked', 'granted', 'blocked'],
  ],
  [
    'outside the GDPR our own card asks',
    { gdprApplies: false, eventStatus: 'tcloaded' },
    ['default-off', 'default-off', 'default-off'],
  ],
  [
    'where purpose 1 is never asked, our own card asks',
    { eventStatus: 'useractioncomplete', purposeOneTreatment: true, purpose: { consents: consents(5, 6) } },
    ['default-off', 'blocked', 'blocked'],
  ],
  ['an error', { cmpStatus: 'error' }, ['blocked', 'blocked', 'blocked']],
  ['a callback without success', { isOk: false }, ['blocked', 'blocked', 'blocked']],
];
for (const [what, change, expected] of TCF_CASES)
  test(`TCF: ${what}`, async ({ openShop, page }) => {
    const shop = await openShop(shopWith(TCF, 'data-reshelf-platform="tcf"'));
    await shop.visit('/');
    await expect.poll(() => states(page)).toEqual(['unknown', 'unknown', 'unknown']);
    await page.waitForFunction(
      () =>
        performance.getEntriesByName(new URL('/reshelf/reshelf.sources.js', location.href).href).length > 0,
    );
    await page.evaluate((data) => window.act(data), change);
    await expect.poll(() => states(page)).toEqual(expected);
    if (expected[0] === 'granted')
      expect(await newest(page)).toMatchObject({
        source: 'platform',
        notice: { id: 'tcf/7/5', variant: 'tcf' },
        region: 'eea',
      });
    else expect((await newest(page))?.answers.personalize ?? 'none').toBe('none');
    expect(shop.errors).toEqual([]);
  });

test('TCF: a stub that comes late is found, and a no there takes a yes back, data and all', async ({
  openShop,
  page,
}) => {
  const shop = await openShop(shopWith(TCF, 'data-reshelf-platform="tcf"'));
  await shop.visit('/?late');
  await page.waitForFunction(() => Reflect.has(window, '__tcfapi'));
  const yes = { eventStatus: 'useractioncomplete', purpose: { consents: consents(1, 5, 6) } };
  await page.evaluate((data) => window.act(data), yes);
  await expect.poll(() => states(page)).toEqual(['granted', 'blocked', 'blocked']);
  const tell = () => page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-blue' }));
  await expect.poll(tell).toBe(true); // the yes is told a moment before the worker is open
  expect(await shop.journal()).toHaveLength(1);
  await page.evaluate((data) => window.act(data), { ...yes, purpose: { consents: {} } });
  await expect.poll(async () => (await newest(page))?.answers.personalize).toBe('withdrawn');
  await expect.poll(() => shop.journal()).toEqual([]);
  expect(await states(page)).toEqual(['blocked', 'blocked', 'blocked']);
});

test('TCF: what the shopper takes back here is not given again by a stored answer there', async ({
  openShop,
  page,
}) => {
  const shop = await openShop(shopWith(TCF, 'data-reshelf-platform="tcf"'));
  const loaded = { eventStatus: 'tcloaded', purpose: { consents: consents(1, 5, 6) } };
  await shop.visit('/');
  await page.evaluate((data) => window.act(data), loaded);
  await expect.poll(async () => (await states(page))[0]).toBe('granted');
  await page.evaluate(() => window.reshelf.consent.withdraw());
  await shop.visit('/');
  await page.waitForFunction(
    () => performance.getEntriesByName(new URL('/reshelf/reshelf.sources.js', location.href).href).length > 0,
  );
  await page.evaluate((data) => window.act(data), loaded);
  await expect.poll(async () => (await states(page))[0]).toBe('withdrawn');
  await page.evaluate((data) => window.act(data), { ...loaded, eventStatus: 'useractioncomplete' }); // a new yes is one
  await expect.poll(async () => (await states(page))[0]).toBe('granted');
});

test('standalone: the platform is not looked at', async ({ openShop, page }) => {
  const shop = await openShop(shopWith(TCF, 'data-reshelf-platform="tcf" data-reshelf-mode="standalone"'));
  await shop.visit('/');
  expect(await states(page)).toEqual(['default-off', 'default-off', 'default-off']);
  await page.evaluate((data) => window.act(data), {
    eventStatus: 'useractioncomplete',
    purpose: { consents: {} },
  });
  await shop.allow();
  expect((await states(page))[0]).toBe('granted');
});

const GPP = `<script>{
  let tell = () => {};
  window.__gpp = (command, callback) => { if (command === 'addEventListener') { tell = callback; callback({ eventName: 'listenerRegistered', data: true, pingData: { signalStatus: 'not ready', cmpId: 9 } }, true); } };
  window.act = ({ sections, applicableSections = [7], eventName = 'signalStatus' }) => tell({ eventName, data: 'ready', pingData: { signalStatus: 'ready', cmpId: 9, applicableSections, parsedSections: sections } }, true);
}</script>`;
const OPEN = {
  SaleOptOut: 2,
  SharingOptOut: 2,
  TargetedAdvertisingOptOut: 2,
  KnownChildSensitiveDataConsents: [0, 0],
};
const GPP_CASES: readonly (readonly [what: string, data: object, expected: readonly string[]])[] = [
  ['no opt-out is no yes', { sections: { usnat: OPEN } }, ['default-off', 'default-off', 'default-off']],
  [
    'a sale opt-out',
    { sections: { usnat: { ...OPEN, SaleOptOut: 1 } } },
    ['default-off', 'blocked', 'blocked'],
  ],
  [
    'a sharing opt-out of one state',
    { sections: { usnat: OPEN, usca: [{ ...OPEN, SharingOptOut: 1 }, { Gpc: false }] } },
    ['default-off', 'blocked', 'blocked'],
  ],
  [
    'the signal in a subsection',
    { sections: { usca: [OPEN, { Gpc: true }] }, applicableSections: [8] },
    ['default-off', 'blocked', 'blocked'],
  ],
  [
    'a known child',
    { sections: { usnat: { ...OPEN, KnownChildSensitiveDataConsents: [0, 2] } } },
    ['blocked', 'blocked', 'blocked'],
  ],
  [
    'a known child as a single field',
    { sections: { usut: { ...OPEN, KnownChildSensitiveDataConsents: 1 } } },
    ['blocked', 'blocked', 'blocked'],
  ],
];
const bits = (...purposes: number[]) => Array.from({ length: 24 }, (_, i) => purposes.includes(i + 1));
const GPP_EU_CASES: readonly (readonly [what: string, section: object, expected: readonly string[]])[] = [
  ['every purpose', { PurposeConsents: bits(1, 5, 6, 8, 10) }, ['granted', 'granted', 'granted']],
  ['the profile alone', { PurposeConsents: bits(1, 5, 6) }, ['granted', 'blocked', 'blocked']],
  ['no storing', { PurposeConsents: bits(5, 6, 8, 10) }, ['blocked', 'blocked', 'blocked']],
  [
    'the shop’s own consents, in a segment of their own',
    [{ PurposeConsents: bits() }, { PublisherConsents: bits(1, 5, 6) }],
    ['granted', 'blocked', 'blocked'],
  ],
  [
    'a segment of the shop that is not there',
    { PurposeConsents: bits(1, 5, 6), PublisherConsents: bits() },
    ['granted', 'blocked', 'blocked'],
  ],
  [
    'purpose 1 never asked: no answer to storing',
    { PurposeConsents: bits(5, 6), PurposeOneTreatment: true },
    ['default-off', 'blocked', 'blocked'],
  ],
];
for (const [what, tcfeuv2, expected] of GPP_EU_CASES)
  test(`GPP, its section of TCF: ${what}`, async ({ openShop, page }) => {
    const shop = await openShop(shopWith(GPP, 'data-reshelf-platform="gpp"'));
    await shop.visit('/');
    await page.waitForFunction(
      () =>
        performance.getEntriesByName(new URL('/reshelf/reshelf.sources.js', location.href).href).length > 0,
    );
    await page.evaluate((given) => window.act(given), {
      sections: { tcfeuv2, usnat: { SaleOptOut: 1 } }, // of a section that does not apply
      applicableSections: [2],
    });
    await expect.poll(() => states(page)).toEqual(expected);
    expect(await page.evaluate(() => window.reshelf.consent.region())).toBe('eea');
  });

test('sources that could not be loaded are asked for again; until then nothing is on', async ({
  openShop,
  page,
}) => {
  let isThere = false;
  const shop = await openShop({
    ...shopWith(GPP, 'data-reshelf-platform="gpp"'),
    files: {
      'reshelf.sources.js': () => (isThere ? readFileSync('dist/reshelf.sources.js', 'utf8') : undefined),
    },
  });
  await shop.visit('/');
  await expect.poll(() => shop.requests.filter((one) => one.includes('sources')).length).toBe(1);
  await shop.allow();
  expect(await states(page)).toEqual(['unknown', 'unknown', 'unknown']);
  isThere = true;
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect.poll(() => shop.requests.filter((one) => one.includes('sources')).length).toBe(2);
  const data = { sections: { usnat: OPEN } };
  await expect
    .poll(() => page.evaluate((given) => window.act(given), data).then(() => states(page)))
    .toEqual(['granted', 'default-off', 'default-off']);
});

test('a known child, by an attribute of the script: off, whatever was answered, and nothing is shown or written', async ({
  openShop,
  page,
}) => {
  let isChild = false;
  const shop = await openShop({
    routes: (path) =>
      pageAt(path, { tag: isChild ? tagWith('data-reshelf-child data-reshelf-why="on"') : tagWith('') }),
  });
  await shop.visit('/');
  await shop.allow();
  await shop.browse('dress-green');
  const seen = async () => (await shop.journal()).map(({ kind, itemId }) => `${kind} ${itemId}`);
  const kept = await seen();
  isChild = true;
  await shop.visit('/');
  expect(await states(page)).toEqual(['blocked', 'blocked', 'blocked']);
  expect(await page.evaluate(() => window.reshelf.consent.get().personalize.reason)).toBe('merchant');
  expect(await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-red' }))).toBe(false);
  await page.evaluate(() =>
    window.reshelf.consent.set({ personalize: true }, { source: 'api', noticeId: 'n' }),
  );
  expect(await states(page)).toEqual(['blocked', 'blocked', 'blocked']); // a child's yes is none
  await expect(page.locator('reshelf-card, reshelf-launcher, reshelf-why')).toHaveCount(0);
  expect(await seen()).toEqual(kept);
});

for (const [what, data, expected] of GPP_CASES)
  test(`GPP: ${what}`, async ({ openShop, page }) => {
    const shop = await openShop(shopWith(GPP, 'data-reshelf-platform="gpp"'));
    await shop.visit('/');
    await page.waitForFunction(
      () =>
        performance.getEntriesByName(new URL('/reshelf/reshelf.sources.js', location.href).href).length > 0,
    );
    expect(await states(page)).toEqual(['unknown', 'unknown', 'unknown']);
    await page.evaluate((given) => window.act(given), data);
    await expect.poll(() => states(page)).toEqual(expected);
    expect(await page.evaluate(() => window.reshelf.consent.region())).toMatch(/^us/);
  });

const SHOPIFY = `<script>{
  const consent = { preferences: '', analytics: '' };
  const allowed = { preferences: location.search !== '?strict', analytics: false, sale: true };
  window.written = [];
  window.Shopify = { loadFeatures(features, done) { setTimeout(() => { window.Shopify.customerPrivacy = api; done(); }, 50); } };
  const api = {
    preferencesProcessingAllowed: () => allowed.preferences, analyticsProcessingAllowed: () => allowed.analytics,
    saleOfDataAllowed: () => allowed.sale, saleOfDataRegion: () => false, currentVisitorConsent: () => consent,
    setTrackingConsent(given, done) {
      window.written.push(given);
      for (const [name, value] of Object.entries(given)) { consent[name] = value ? 'yes' : 'no'; allowed[name] = value; }
      done();
    },
  };
  window.act = ({ preferences, analytics = '' }) => {
    Object.assign(consent, { preferences, analytics });
    Object.assign(allowed, { preferences: preferences === 'yes', analytics: analytics === 'yes' });
    document.dispatchEvent(new CustomEvent('visitorConsentCollected', { detail: { preferencesAllowed: preferences === 'yes' } }));
  };
}</script>`;
test('Shopify: a regional default is no yes, a recorded yes is, and a no takes it back', async ({
  openShop,
  page,
}) => {
  const shop = await openShop(shopWith(SHOPIFY, 'data-reshelf-platform="shopify"'));
  await shop.visit('/');
  await expect.poll(() => states(page)).toEqual(['default-off', 'unknown', 'default-off']);
  await page.evaluate(() => window.act({ preferences: 'yes', analytics: 'yes' }));
  await expect.poll(() => states(page)).toEqual(['granted', 'granted', 'default-off']);
  expect(await newest(page)).toMatchObject({ source: 'platform', notice: { id: 'shopify' } });
  await page.evaluate(() => window.act({ preferences: 'no', analytics: 'no' }));
  await expect
    .poll(async () => (await newest(page))?.answers)
    .toMatchObject({ personalize: 'withdrawn', measure: 'withdrawn' });
  await shop.visit('/?strict');
  expect(await states(page)).not.toContain('granted');
});
test('Shopify, bridge: an answer given here is written back, one that came from there is not', async ({
  openShop,
  page,
}) => {
  const shop = await openShop(
    shopWith(SHOPIFY, 'data-reshelf-platform="shopify" data-reshelf-mode="bridge"'),
  );
  await shop.visit('/');
  await expect.poll(async () => (await states(page))[0]).toBe('default-off');
  await shop.allow();
  await expect.poll(() => page.evaluate(() => window.written)).toEqual([{ preferences: true }]);
  await page.evaluate(() => window.act({ preferences: 'no' }));
  await expect.poll(async () => (await newest(page))?.answers.personalize).toBe('withdrawn');
  expect(await page.evaluate(() => window.written)).toHaveLength(1);
});

test('Shopify, bridge: an answer given before our file and before Shopify’s API have come is written back, and stands', async ({
  openShop,
  page,
}) => {
  const shop = await openShop(
    shopWith(SHOPIFY, 'data-reshelf-platform="shopify" data-reshelf-mode="bridge"'),
  );
  const file = createLatch();
  await page.route('**/reshelf.sources.js', (route) => file.opened.then(() => route.continue()));
  await page.goto(`${shop.origin}/`);
  await page.waitForFunction(() => window.reshelf !== undefined);
  await page.evaluate(() =>
    window.reshelf.consent.set({ personalize: true, measure: false }, { source: 'api', noticeId: 'test' }),
  );
  expect(await page.evaluate(() => window.written)).toEqual([]);
  file.open();
  await expect
    .poll(() => page.evaluate(() => window.written))
    .toEqual([{ preferences: true, analytics: false }]);
  await expect.poll(() => states(page)).toEqual(['granted', 'blocked', 'default-off']);
  expect(await newest(page)).toMatchObject({ source: 'api' }); // what comes back from there is no news
});

const example = (name: string) => readFileSync(`demo/platforms/${name}.js`, 'utf8');
const src = (...names: string[]) => names.map((name) => `<script src="/reshelf/${name}"></script>`).join('');
const CUSTOM = 'data-reshelf-platform="custom" data-reshelf-mode="bridge"';

/** The real packages from npm, and how a shopper answers each. */
const REAL: Readonly<
  Record<
    string,
    {
      files: () => Record<string, string>;
      head: string;
      yes: (page: Page) => Promise<void>;
      no: (page: Page) => Promise<void>;
      hasYes: (page: Page) => Promise<boolean>;
    }
  >
> = {
  klaro: {
    files: () => ({
      'cmp.js': readFileSync('node_modules/klaro/dist/klaro-no-css.js', 'utf8'),
      'adapter.js': example('klaro'),
    }),
    head: `<script>var klaroConfig = { lang: 'en', storageMethod: 'localStorage', translations: {}, services: [{ name: 'personalization', title: 'P', purposes: ['a'] }, { name: 'measurement', title: 'M', purposes: ['b'] }] };</script>${src('cmp.js', 'adapter.js')}`,
    yes: (page) =>
      page.evaluate(() => {
        const manager = Reflect.get(window, 'klaro').getManager();
        manager.updateConsent('personalization', true);
        manager.saveAndApplyConsents('save');
      }),
    no: (page) =>
      page.evaluate(() => {
        const manager = Reflect.get(window, 'klaro').getManager();
        manager.updateConsent('personalization', false);
        manager.saveAndApplyConsents('save');
      }),
    hasYes: (page) =>
      page.evaluate(() => Reflect.get(window, 'klaro').getManager().getConsent('personalization')),
  },
  'vanilla-cookieconsent': {
    files: () => ({
      'cmp.js': readFileSync('node_modules/vanilla-cookieconsent/dist/cookieconsent.umd.js', 'utf8'),
      'adapter.js': example('vanilla-cookieconsent'),
    }),
    head: `${src('cmp.js', 'adapter.js')}<script>addEventListener('DOMContentLoaded', () => CookieConsent.run({ hideFromBots: false, categories: { necessary: { enabled: true, readOnly: true }, personalization: {}, measurement: {} }, language: { default: 'en', translations: { en: { consentModal: { title: 'C', acceptAllBtn: 'All', acceptNecessaryBtn: 'None' }, preferencesModal: { sections: [] } } } } }));</script>`,
    yes: (page) =>
      page.evaluate(() => Reflect.get(window, 'CookieConsent').acceptCategory(['personalization'])),
    no: (page) => page.evaluate(() => Reflect.get(window, 'CookieConsent').acceptCategory([])),
    hasYes: (page) =>
      page.evaluate(() => Reflect.get(window, 'CookieConsent').acceptedCategory('personalization')),
  },
  c15t: {
    files: () => {
      const { outputFiles } = buildSync({
        stdin: {
          contents: `import { getOrCreateConsentRuntime } from 'c15t';
            window.c15tStore = getOrCreateConsentRuntime({ mode: 'offline', reloadOnConsentRevoked: false, consentCategories: ['necessary', 'functionality', 'measurement'] }).consentStore;`,
          resolveDir: process.cwd(),
        },
        bundle: true,
        format: 'iife',
        write: false,
      });
      return { 'cmp.js': outputFiles[0]?.text ?? '', 'adapter.js': example('c15t') };
    },
    head: src('cmp.js', 'adapter.js').replaceAll('<script', '<script defer'), // it wants a body
    yes: (page) =>
      page.evaluate(() => {
        const state = Reflect.get(window, 'c15tStore').getState();
        state.setSelectedConsent('functionality', true);
        return state.saveConsents('custom');
      }),
    no: (page) =>
      page.evaluate(() => {
        const state = Reflect.get(window, 'c15tStore').getState();
        state.setSelectedConsent('functionality', false);
        return state.saveConsents('custom');
      }),
    hasYes: (page) => page.evaluate(() => Reflect.get(window, 'c15tStore').getState().consents.functionality),
  },
};
for (const [name, { files, head, yes, no, hasYes }] of Object.entries(REAL))
  test(`the worked example for ${name} against its real package: waits, hears yes and no, keeps them, writes back`, async ({
    openShop,
    page,
  }) => {
    const shop = await openShop({ ...shopWith(head, CUSTOM), files: files() });
    await shop.visit('/');
    await expect.poll(async () => (await states(page))[0]).toBe('unknown');
    await yes(page);
    await expect.poll(async () => (await states(page))[0]).toBe('granted');
    expect(await newest(page)).toMatchObject({ source: 'platform', notice: { variant: name } });
    await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'dress-blue' }));
    await shop.visit('/');
    await expect.poll(async () => (await states(page))[0]).toBe('granted');
    expect(await page.evaluate(() => window.reshelf.consent.history().length)).toBe(1); // the same answer, not a new one
    await no(page);
    await expect.poll(async () => (await newest(page))?.answers.personalize).toBe('withdrawn');
    await expect.poll(() => shop.journal()).toEqual([]);
    await yes(page);
    await expect.poll(async () => (await states(page))[0]).toBe('granted');
    await page.evaluate(() => window.reshelf.consent.withdraw()); // here: and the platform is told
    await expect.poll(() => hasYes(page)).toBe(false);
    expect(shop.errors).toEqual([]);
  });

test('Google Consent Mode is told the default, then each change, as gtag tells it; it is never read', async ({
  openShop,
  page,
}) => {
  const shop = await openShop({ tag: tagWith('data-reshelf-consent-mode="on"') });
  await shop.visit('/');
  await page.waitForFunction(() => (window.dataLayer ?? []).length === 1);
  await shop.allow();
  await page.evaluate(() => window.reshelf.consent.pause());
  await page.waitForFunction(() => (window.dataLayer ?? []).length === 3);
  const told = await page.evaluate(() =>
    window.dataLayer?.map((one) => [Array.isArray(one), ...Array.from(one)]),
  );
  expect(told).toEqual([
    [false, 'consent', 'default', { personalization_storage: 'denied', wait_for_update: 500 }],
    [false, 'consent', 'update', { personalization_storage: 'granted' }],
    [false, 'consent', 'update', { personalization_storage: 'denied' }],
  ]);
});

for (const [signal, honoured] of [
  [true, true],
  ['1', true],
  [false, false],
  [undefined, false],
  ['0', false],
] as const)
  test(`Global Privacy Control ${JSON.stringify(signal) ?? 'undefined'}: ${honoured ? 'honoured, shown, nothing asked' : 'no signal'}`, async ({
    openShop,
    page,
  }) => {
    await page.addInitScript(
      (value) => Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => value }),
      signal,
    );
    const shop = await openShop();
    await shop.visit('/');
    if (!honoured) {
      await expect(page.locator('reshelf-card')).toHaveCount(1);
      await shop.allow();
      expect((await states(page))[0]).toBe('granted');
      return;
    }
    await expect(page.getByRole('button', { name: 'Opt-out signal honoured' })).toBeVisible();
    await expect(page.locator('reshelf-card')).toHaveCount(0);
    expect(await states(page)).toEqual(['default-off', 'blocked', 'blocked']);
    expect(await shop.choice()).toBeNull(); // a signal is no choice and is not remembered
    await shop.allow(); // a banner that does not tell of the signal cannot overrule it
    expect(await states(page)).toEqual(['blocked', 'blocked', 'blocked']);
    expect(await shop.stored()).toBeNull();
    await page.evaluate(() =>
      window.reshelf.consent.set(
        { personalize: true, contribute: true },
        { source: 'api', noticeId: 'n', knowsSignal: true },
      ),
    );
    expect(await states(page)).toEqual(['granted', 'blocked', 'blocked']);
    expect((await newest(page))?.basis.personalize?.signal).toBe(true);
  });

test('a note of each answer goes to the shop’s own log where it is configured: no person, no address, no time of day', async ({
  openShop,
  page,
}) => {
  const shop = await openShop({
    tag: tagWith('data-reshelf-audit-url="/consent-log" data-reshelf-region="uk"'),
  });
  const notes: string[] = [];
  page.on(
    'request',
    (request) => request.url().endsWith('/consent-log') && notes.push(request.postData() ?? ''),
  );
  let come = () => {};
  const held = new Promise<void>((done) => {
    come = done;
  });
  await page.route('**/reshelf.sources.js', async (route) => {
    await held;
    await route.continue();
  });
  await shop.visit('/');
  await shop.allow(); // the file that sends notes has not come yet
  await shop.allow();
  come();
  await expect.poll(() => notes.length).toBe(2);
  await page.evaluate(() => window.reshelf.consent.withdraw());
  await expect.poll(() => notes.length).toBe(3);
  const receipt = await newest(page);
  expect(JSON.parse(notes[2] ?? '')).toEqual({
    schema: 'reshelf-note/1',
    recordId: receipt?.id,
    answers: { personalize: 'withdrawn' },
    source: 'api',
    notice: receipt?.notice,
    region: 'uk',
    day: new Date().toISOString().slice(0, 10),
  });
});

test('the worker looks for Global Privacy Control itself: a yes that was not told of it opens nothing there', async ({
  openShop,
  page,
}) => {
  const signalled = workerWith(
    'Object.defineProperty(WorkerNavigator.prototype, "globalPrivacyControl", { get: () => true });',
  );
  const shop = await openShop({ files: { 'reshelf.worker.js': signalled } });
  await shop.visit('/');
  await shop.allow(); // the page sees no signal
  expect(await page.evaluate(() => window.reshelf.signal({ kind: 'view', itemId: 'a' }))).toBe(false);
  expect(await shop.journal()).toEqual([]);
});
