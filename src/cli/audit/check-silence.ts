import type { Browser } from 'playwright';
import { presetOf } from '../../core/region.ts';
import type { Configuration } from '../report/configuration.ts';
import { newlyKept, newRequests } from './compare.ts';
import type { Check, Tell } from './finding.ts';
import { openShopper, type Shopper } from './shopper.ts';
import type { Person } from './stand-in.ts';
import type { Without } from './walk-without.ts';

export interface SilenceParts {
  readonly browser: Browser;
  readonly without: Without;
  readonly configuration: Configuration;
  readonly tell: Tell;
}

/** Files that may load while nobody has allowed anything. */
const SILENT_FILE = /\/reshelf\.(boot|ask|sources|integrity|why|panel|proof|text\.\w+)?\.?js$/;
/** And those of the worker, where there is something to delete and to note. */
const SILENT_OR_DELETING = new RegExp(`${SILENT_FILE.source}|/reshelf\\.(worker|desk)\\.js$`);
/** Stores that are proof of the answers, and stay after a withdrawal. */
const PROOF = /^database reshelf(, (grant|receipts|audit))?$|^database reshelf-ledger/;
const ANSWER = 'localStorage reshelf:choice';
/** The list and a product. */
const MOST_PAGES = 2;

/** Which persons of a region the checks need. */
export function signalsFor(looksAt: (...some: readonly Check[]) => boolean): readonly Person['signal'][] {
  const isNeeded = {
    none: looksAt('before an answer', 'after refusal', 'after withdrawal'),
    gpc: looksAt('global privacy control'),
    platform: looksAt('consent platform'),
  };
  return (['none', 'gpc', 'platform'] as const).filter((signal) => isNeeded[signal]);
}

/** One person: before an answer, after it, and after a yes was taken back. Nothing may be heard of them in between. */
export async function checkSilence(person: Person, parts: SilenceParts): Promise<void> {
  const { browser, without, tell } = parts;
  const { attribute, origin } = parts.configuration;
  const notes = attribute('audit-url');
  const notesUrl = notes === undefined ? undefined : new URL(notes, origin).href;
  const shopper = await openShopper(browser, person);
  const walk = async () => {
    for (const address of without.addresses.slice(0, MOST_PAGES)) await shopper.visit(address);
  };
  const look = async (
    check: Check,
    since: number,
    isKept: (place: string) => boolean,
    files = SILENT_FILE,
  ) => {
    const news = newRequests(
      shopper.sent.slice(since),
      without.sent,
      ({ url }) => files.test(new URL(url).pathname) || url === notesUrl || without.isInPages(url),
    );
    for (const key of news) tell('fault', check, shopper.name, `requested: ${key}`);
    const kept = newlyKept(await shopper.kept(), without.kept, isKept);
    for (const place of kept) tell('fault', check, shopper.name, `kept: ${place}`);
  };
  try {
    await walk();
    const before = person.signal === 'gpc' ? 'global privacy control' : 'before an answer';
    await look(before, 0, () => false);
    await checkQuestion(person, shopper, tell);
    let since = shopper.sent.length;
    if (person.signal !== 'none') {
      // A yes of the shop's own code knows nothing of the signal, and must not stand against the platform.
      const check = person.signal === 'gpc' ? 'global privacy control' : 'consent platform';
      await shopper.answer(true);
      if (await isOn(shopper)) tell('fault', check, shopper.name, 'a yes of the page’s own code turns it on');
      await walk();
      if (await isOn(shopper)) tell('fault', check, shopper.name, 'it is on, on the pages after');
      // The platform's no ends that yes: the worker comes to delete, and notes that it did.
      const isPlatform = person.signal === 'platform';
      const isKept = (place: string) => place === ANSWER || (isPlatform && PROOF.test(place));
      await look(check, since, isKept, isPlatform ? SILENT_OR_DELETING : SILENT_FILE);
      return;
    }
    const refuse = shopper.page.locator('reshelf-card [part=answer]').first();
    if (await refuse.isVisible()) await refuse.click();
    else await shopper.answer(false);
    await walk();
    await look('after refusal', since, (place) => place === ANSWER);
    await shopper.answer(true);
    await walk();
    await shopper.page.evaluate(async () => {
      const { reshelf } = window as { reshelf?: { consent: { withdraw(): Promise<unknown> } } };
      await reshelf?.consent.withdraw();
    });
    since = shopper.sent.length;
    await walk();
    await look('after withdrawal', since, (place) => place === ANSWER || PROOF.test(place));
  } finally {
    await shopper.close();
  }
}

const isOn = ({ page }: Shopper): Promise<boolean> =>
  page.evaluate(() => {
    const { reshelf } = window as {
      reshelf?: { consent: { get(): { personalize: { effective: boolean } } } };
    };
    return reshelf?.consent.get().personalize.effective === true;
  });

/** Whether the question is put as the region's law wants it: under an opt-out signal nobody is asked. */
async function checkQuestion({ region, signal }: Person, { page, name }: Shopper, tell: Tell): Promise<void> {
  const isAsked = (await page.locator('reshelf-card').count()) > 0;
  if (signal === 'gpc' && isAsked)
    tell('fault', 'global privacy control', name, 'the card asks, though the browser has answered');
  else if (signal === 'platform' && isAsked)
    tell('fault', 'consent platform', name, 'the card asks, though the platform has the answer');
  else if (isAsked && presetOf(region, false).prompt === 'notice')
    tell('fault', 'before an answer', name, 'the card asks where this region’s preset gives notice only');
}
