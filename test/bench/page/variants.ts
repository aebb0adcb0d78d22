import type { Page } from 'playwright';
import { growthBook, instantSearch, postHog } from './rivals.ts';
import { type Addition, CARDS } from './shop.ts';

export type VariantName =
  | 'without'
  | 'again'
  | 'cold'
  | 'granted'
  | 'warm'
  | 'returning'
  | 'known'
  | 'growthbook'
  | 'instantsearch'
  | 'posthog';

export interface Variant {
  readonly title: string;
  readonly addition: Addition;
  /** What the shopper has done before, in the same browser; without it every load is a first visit. */
  readonly before?: (page: Page, address: string) => Promise<void>;
  /** Browsing that happens anew before every load: the same visit never comes twice to a first visit. */
  readonly isFresh: boolean;
  /** Whether the browser still holds the files of earlier visits; otherwise its cache is emptied before every load. */
  readonly keepsCache?: boolean;
  /** The page that it is compared with, with the cache in the same state. */
  readonly base?: VariantName;
  /** Says what is missing when the variant has not done its work on a loaded page. */
  readonly missing: (page: Page) => Promise<string | undefined>;
}

const nothing: Addition = {};
const reshelf: Addition = {
  first:
    '<script src="/reshelf/reshelf.boot.js" data-reshelf-worker-src="/reshelf/reshelf.worker.js"></script>',
};

const allow = async (page: Page, address: string): Promise<void> => {
  await page.goto(address);
  await page.waitForFunction(() => window.reshelf !== undefined); // the head snippet loads it
  await page.evaluate(async () => {
    await window.reshelf.ready;
    await window.reshelf.consent.set({ personalize: true }, { source: 'api', noticeId: 'bench' });
  });
};

/** Looks at three of the last products, until the head snippet knows what to do with the list. */
async function browse(page: Page, address: string): Promise<void> {
  await allow(page, address);
  await page.waitForFunction(() => window.reshelf.lists().length > 0);
  await page.evaluate(async () => {
    const items = window.reshelf.lists()[0]?.items ?? [];
    for (const place of [30, 25, 20, 30, 25, 20]) {
      const { id, title, brand, category, colour, price } = items[place] ?? {};
      const known = { title, brand, category, colour, price };
      const told = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
      if (id) await window.reshelf.signal({ kind: 'view', item: { id, ...told }, dwellMs: 20_000 });
    }
  });
  await page.goto(address);
  await page.waitForFunction(() => localStorage.getItem('reshelf:snapshot') !== null, undefined, {
    timeout: 20_000,
  });
  await page.goto(address);
  await page.waitForTimeout(1000); // the worker thinks of the next visit
}

const firstOf = (page: Page): Promise<string | null | undefined> =>
  page.evaluate((cards) => document.querySelector(`${cards} a[href^="/p/"]`)?.getAttribute('href'), CARDS);

/** All that is measured; `first` is the path of the product that the shop puts first. */
export function variants(first: string, cards: readonly string[]): Readonly<Record<VariantName, Variant>> {
  const moved = async (page: Page, who: string) =>
    (await firstOf(page)) === first ? `${who} has moved nothing` : undefined;
  const whole = async (page: Page) =>
    (await firstOf(page)) === first ? undefined : 'the list is not the shop’s';
  const started = (page: Page) => page.evaluate(() => window.reshelf?.consent.get().personalize.effective);
  return {
    without: { title: 'without us', addition: nothing, isFresh: true, missing: whole },
    again: { title: 'without us, again (A/A)', addition: nothing, isFresh: true, missing: whole },
    cold: {
      title: 'Reshelf, first visit, nobody has answered',
      addition: reshelf,
      isFresh: true,
      missing: async (page) => ((await started(page)) === false ? whole(page) : 'the script has not started'),
    },
    granted: {
      title: 'Reshelf, allowed, nothing known yet',
      addition: reshelf,
      before: allow,
      isFresh: true,
      missing: async (page) => ((await started(page)) === true ? undefined : 'the yes was not remembered'),
    },
    warm: {
      title: 'Reshelf, known shopper, cache emptied',
      addition: reshelf,
      before: browse,
      isFresh: false,
      missing: (page) => moved(page, 'the head snippet'),
    },
    returning: {
      title: 'without us, been here before',
      addition: nothing,
      isFresh: false,
      keepsCache: true,
      base: 'returning',
      missing: whole,
    },
    known: {
      title: 'Reshelf, known shopper, been here before',
      addition: reshelf,
      before: browse,
      isFresh: false,
      keepsCache: true,
      base: 'returning',
      missing: (page) => moved(page, 'the head snippet'),
    },
    growthbook: {
      title: 'GrowthBook auto.min.js, anti-flicker',
      addition: growthBook,
      isFresh: true,
      missing: (page) => moved(page, 'GrowthBook'),
    },
    instantsearch: {
      title: 'instantsearch.js',
      addition: instantSearch(cards),
      isFresh: true,
      missing: whole,
    },
    posthog: {
      title: 'posthog-js array.js, a flag orders',
      addition: postHog,
      isFresh: true,
      missing: (page) => moved(page, 'PostHog'),
    },
  };
}
