import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright';
import { readConfiguration } from '../report/configuration.ts';
import { type Receiver, receiversOf } from '../report/receivers.ts';
import type { Published } from '../snippet/snippet.ts';
import { checkEgress, checkHosts } from './check-egress.ts';
import { checkFiles, checkPolicy } from './check-files.ts';
import { checkLists } from './check-lists.ts';
import { checkNotice } from './check-notice.ts';
import { checkPanel } from './check-panel.ts';
import { checkSilence, walkWithout } from './check-silence.ts';
import type { Finding, Tell } from './finding.ts';
import { openShopper } from './shopper.ts';
import { nameOf, type Person } from './stand-in.ts';

/** A preset each, and the person of whom nothing is known. */
export const REGIONS = ['eea', 'uk', 'ch', 'br', 'ca-qc', 'us', 'us-ca', ''] as const;

export interface AuditOptions {
  readonly address: string;
  readonly regions: readonly string[];
  readonly maxAgeDays: number;
  /** Source of axe-core. */
  readonly axe: string;
  /** Unix ms. */
  readonly now: number;
  readonly progress: (line: string) => void;
}

export interface Audit {
  readonly address: string;
  readonly at: string;
  readonly persons: readonly string[];
  readonly receivers: readonly Receiver[];
  readonly findings: readonly Finding[];
}

/** Looks at a live shop as every person would. @throws CliError when the page has no tag of ours */
export async function audit(browser: Browser, options: AuditOptions): Promise<Audit> {
  const { address, regions, maxAgeDays, axe, now, progress } = options;
  const configuration = await readConfiguration(address);
  const { attribute, origin } = configuration;
  const receivers = await receiversOf(configuration);
  const findings: Finding[] = [];
  const tell: Tell = (level, check, as, told) => findings.push({ level, check, as, told });
  const notes = attribute('audit-url');
  const [region = ''] = regions;

  progress('the shop without Reshelf');
  const addresses = [address, ...(await productsOf(browser, address))];
  const without = await walkWithout(browser, addresses);
  await checkNotice(configuration, maxAgeDays, now, tell);

  progress('a shopper with a history');
  const shop = await openShopper(browser, undefined);
  const shopper = await openShopper(browser, { region, signal: 'none' });
  try {
    await shopper.visit(address);
    const hasStarted = await shopper.page.evaluate(() => 'ready' in Object(Reflect.get(window, 'reshelf')));
    if (!hasStarted) tell('fault', 'start', shopper.name, 'window.reshelf is not there');
    else {
      await checkRegion(shopper.page, region, tell);
      await shopper.answer(true);
      for (const one of addresses) await shopper.visit(one);
      await shopper.visit(address);
      const pins = ['[data-reshelf-pin]', attribute('pin-selector')].filter(Boolean).join(', ');
      await checkLists({ shop, shopper, address, pins, tell });
      await shopper.visit(address);
      await checkPanel(shopper, axe, tell);
      const all = { ...without, sent: [...without.sent, ...shop.sent] };
      checkEgress(shopper, all, configuration, receivers, tell);
      checkHosts(shopper, region, configuration, receivers, tell);
    }
    const response = await fetch(address);
    checkPolicy(response.headers.get('content-security-policy') ?? undefined, shopper.blocked, tell);
    await checkFiles(configuration, shopper.sent, published(), tell);
  } finally {
    await shopper.close();
    await shop.close();
  }

  const persons = regions.flatMap((one): Person[] =>
    (['none', 'gpc', 'platform'] as const).map((signal) => ({ region: one, signal })),
  );
  for (const person of persons) {
    progress(nameOf(person));
    await checkSilence(person, {
      browser,
      addresses: addresses.slice(0, 2),
      without,
      notes: notes === undefined ? undefined : new URL(notes, origin).href,
      tell,
    });
  }
  return {
    address,
    at: new Date(now).toISOString(),
    persons: persons.map(nameOf),
    receivers,
    findings,
  };
}

const published = (): Published =>
  JSON.parse(readFileSync(new URL('../integrity.json', import.meta.url), 'utf8')) as Published; // the build's own file

/** Pages of two products that the page links to, by the paths that most links share. */
async function productsOf(browser: Browser, address: string): Promise<string[]> {
  const shopper = await openShopper(browser, undefined);
  try {
    await shopper.visit(address);
    return await shopper.page.evaluate(() => {
      const groups = new Map<string, string[]>();
      for (const { origin, pathname, href } of document.querySelectorAll<HTMLAnchorElement>(
        'li a[href], article a[href], [class*="card"] a[href]',
      )) {
        const folder = pathname.slice(0, pathname.lastIndexOf('/'));
        if (origin !== location.origin || folder === '') continue;
        groups.set(folder, [...(groups.get(folder) ?? []), href]);
      }
      const [most = []] = [...groups.values()].sort((a, b) => b.length - a.length);
      return [...new Set(most)].slice(0, 2);
    });
  } finally {
    await shopper.close();
  }
}

/** Whether the person's region reached the page: settings in code or JSON cannot be stood in for. */
async function checkRegion(page: import('playwright').Page, region: string, tell: Tell): Promise<void> {
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
