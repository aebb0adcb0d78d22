import type { Browser } from 'playwright';
import { readConfiguration } from '../report/configuration.ts';
import { type Receiver, receiversOf } from '../report/receivers.ts';
import type { Published } from '../snippet/snippet.ts';
import { checkNotice } from './check-notice.ts';
import { checkSilence, signalsFor } from './check-silence.ts';
import type { Check, Finding, Tell } from './finding.ts';
import { ON_SCREENS, openHistory } from './history.ts';
import { inParallel } from './in-parallel.ts';
import { nameOf, type Person } from './stand-in.ts';
import { walkWithout } from './walk-without.ts';

/** A preset each, and the person of whom nothing is known. */
export const REGIONS = ['eea', 'uk', 'ch', 'br', 'ca-qc', 'us', 'us-ca', ''] as const;

export interface AuditOptions {
  readonly address: string;
  readonly regions: readonly string[];
  /** What is looked at. */
  readonly checks: readonly Check[];
  /** Persons who look at the same time. */
  readonly parallel: number;
  readonly maxAgeDays: number;
  /** Source of axe-core. */
  readonly axe: string;
  /** Hashes of the files that are served, unless somebody has changed them. */
  readonly published: Published;
  /** Unix ms. */
  readonly now: number;
  readonly progress: (line: string) => void;
}

export interface Audit {
  readonly address: string;
  readonly at: string;
  readonly checks: readonly Check[];
  readonly persons: readonly string[];
  readonly receivers: readonly Receiver[];
  readonly findings: readonly Finding[];
}

/** What one part finds, apart from the others: the report's order does not hang on who was faster. */
function createFindings(): { readonly found: Finding[]; readonly tell: Tell } {
  const found: Finding[] = [];
  return { found, tell: (level, check, as, told) => found.push({ level, check, as, told }) };
}

/** Looks at a live shop as every person would. @throws CliError when the page has no tag of ours */
export async function audit(browser: Browser, options: AuditOptions): Promise<Audit> {
  const { address, regions, maxAgeDays, now, progress } = options;
  const checks: readonly Check[] = ['start', ...options.checks.filter((one) => one !== 'start')];
  const looksAt = (...some: readonly Check[]) => some.some((one) => checks.includes(one));
  const configuration = await readConfiguration(address);
  const receivers = await receiversOf(configuration);
  const notice = createFindings();
  if (looksAt('notice')) await checkNotice(configuration, maxAgeDays, now, notice.tell);

  progress('the shop without Reshelf');
  const without = await walkWithout(browser, address);
  const [region = ''] = regions;
  const parts = { ...options, browser, configuration, receivers, without, region, looksAt };
  const histories = [];
  try {
    // One after the other and before all others: what is watched frame by frame must have the machine for itself.
    for (const screen of ['desktop', 'phone'] as const) {
      if (screen === 'phone' && !looksAt(...ON_SCREENS)) continue;
      progress(`a shopper with a history, ${screen}`);
      const { found, tell } = createFindings();
      const history = await openHistory(screen, { ...parts, tell });
      histories.push({ ...history, found });
    }
    const persons = regions.flatMap((one) =>
      signalsFor(looksAt).map((signal) => ({ person: { region: one, signal }, ...createFindings() })),
    );
    const asPerson = ({ person, tell }: { readonly person: Person; readonly tell: Tell }) => {
      progress(nameOf(person));
      return checkSilence(person, { browser, without, configuration, tell });
    };
    const jobs = [...histories.map(({ use }) => use), ...persons.map((one) => () => asPerson(one))];
    await inParallel(jobs, options.parallel, (job) => job());
    return {
      address,
      at: new Date(now).toISOString(),
      checks,
      persons: persons.map(({ person }) => nameOf(person)),
      receivers,
      findings: [notice, ...histories, ...persons].flatMap(({ found }) =>
        found.filter(({ check }) => checks.includes(check)),
      ),
    };
  } finally {
    for (const { close } of histories) await close();
  }
}
