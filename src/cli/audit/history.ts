import type { Browser, Page } from 'playwright';
import type { Screen } from '../browser/screens.ts';
import type { Configuration } from '../report/configuration.ts';
import type { Receiver } from '../report/receivers.ts';
import type { Published } from '../snippet/snippet.ts';
import { checkEgress, checkHosts } from './check-egress.ts';
import { checkFiles, checkPolicy } from './check-files.ts';
import { checkLists } from './check-lists.ts';
import { checkPanel } from './check-panel.ts';
import type { Check, Tell } from './finding.ts';
import { openShopper } from './shopper.ts';
import type { Without } from './walk-without.ts';

interface HistoryParts {
  readonly browser: Browser;
  readonly address: string;
  readonly region: string;
  readonly configuration: Configuration;
  readonly receivers: readonly Receiver[];
  readonly published: Published;
  readonly axe: string;
  readonly without: Without;
  readonly looksAt: (...some: readonly Check[]) => boolean;
  readonly tell: Tell;
}
const OF_LISTS: readonly Check[] = ['sort', 'pins', 'stability'];
/** What only a shopper with a history shows: on every screen, and once. */
export const ON_SCREENS: readonly Check[] = [...OF_LISTS, 'panel'];
const ONCE: readonly Check[] = ['egress', 'integrity', 'policy', 'hosts'];

interface History {
  /** The rest, which others may do at the same time: the panel, and what was sent in all. */
  readonly use: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A shopper who allows, walks through the shop and comes back to the list; what must hold for the list is looked at. */
export async function openHistory(screen: Screen, parts: HistoryParts): Promise<History> {
  const { browser, address, region, configuration, receivers, without, looksAt, tell } = parts;
  const { attribute } = configuration;
  const shop = await openShopper(browser, undefined, screen);
  const shopper = await openShopper(browser, { region, signal: 'none' }, screen);
  const close = async () => {
    await shopper.close();
    await shop.close();
  };
  const isWhole = screen === 'desktop';
  try {
    await shopper.visit(address);
    const hasStarted = await shopper.page.evaluate(() => 'ready' in Object(Reflect.get(window, 'reshelf')));
    if (hasStarted) {
      if (isWhole) await checkRegion(shopper.page, region, tell);
      if (looksAt(...ON_SCREENS, ...ONCE)) {
        await shopper.answer(true);
        for (const one of without.addresses) await shopper.visit(one);
        await shopper.visit(address);
      }
      const pins = ['[data-reshelf-pin]', attribute('pin-selector')].filter(Boolean).join(', ');
      if (looksAt(...OF_LISTS)) await checkLists({ shop, shopper, address, pins, tell });
    } else if (isWhole) tell('fault', 'start', shopper.name, 'window.reshelf is not there');
    return {
      close,
      async use() {
        if (hasStarted && looksAt('panel')) {
          await shopper.visit(address);
          await checkPanel(shopper, parts.axe, tell);
        }
        if (!isWhole || !looksAt(...ONCE)) return;
        if (hasStarted) {
          const all = { ...without, sent: [...without.sent, ...shop.sent] };
          checkEgress(shopper, all, configuration, receivers, tell);
          checkHosts(shopper, region, configuration, receivers, tell);
        }
        const response = await fetch(address);
        checkPolicy(response.headers.get('content-security-policy') ?? undefined, shopper.blocked, tell);
        await checkFiles(configuration, shopper.sent, parts.published, tell);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whether the person's region reached the page: settings in code or JSON cannot be stood in for. */
async function checkRegion(page: Page, region: string, tell: Tell): Promise<void> {
  const heard = await page.evaluate(() =>
    (window as unknown as { reshelf: { consent: { region(): string } } }).reshelf.consent.region(),
  );
  if (heard !== region)
    tell(
      'warning',
      'start',
      region || 'unknown region',
      `the page takes everybody for "${heard}": other regions were not played`,
    );
}
