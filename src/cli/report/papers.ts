import { ANSWER_DAYS, PURPOSES } from '../../core/receipt.ts';
import { RETENTION_DAYS } from '../../core/retention.ts';
import { SENSITIVE } from '../../core/sensitive.ts';
import { FEATURE_GROUPS } from '../../rank/feature-specs.ts';
import type { Configuration } from './configuration.ts';
import type { Receiver } from './receivers.ts';

/** What each kind of record holds, as the notice tells it. */
const HOLDS: Readonly<Record<keyof typeof RETENTION_DAYS, string>> = {
  impression: 'products shown for at least a second, with their place',
  search: 'salted hashes of the words searched for, never the words',
  click: 'products opened from a list, with their place',
  view: 'products looked at, with the seconds on the page',
  cart: 'products put into the cart, with their size',
  size: 'sizes chosen',
  purchase: 'products bought, with size and pieces',
};
/** What it takes for a kind of record to be kept at all. */
const NEEDS: Readonly<Partial<Record<keyof typeof RETENTION_DAYS, string>>> = {
  search: 'search',
  size: 'size',
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** One row a kind of record that this configuration keeps: kind, what it holds, where, how long. */
export function dataRows({ terms }: Pick<Configuration, 'terms'>): string[][] {
  return (Object.keys(RETENTION_DAYS) as (keyof typeof RETENTION_DAYS)[])
    .filter((kind) => {
      const needed = NEEDS[kind];
      return needed === undefined || terms.data.some((name) => name === needed);
    })
    .map((kind) => [kind, HOLDS[kind], 'the shopper’s device only', `${terms.retentionDays[kind]} days`]);
}

/** The privacy notice's table. */
export function notice(configuration: Configuration): string {
  const { controller, terms } = configuration;
  return `# Personal product lists: what is kept

Responsible: ${controller}. Purpose: to put products the shopper is likely to want first. Legal basis: consent (GDPR Art. 6(1)(a);
for storing on the device ePrivacy Art. 5(3)), asked once, valid ${ANSWER_DAYS} days, taken back with one press.

${table(['record', 'what it holds', 'where', 'how long'], dataRows(configuration))}

Kept with them: ${terms.data.join(', ')}. Recipients: ${terms.recipients.join(', ') || 'none; nothing leaves the device'}.
Remembered without consent, because it is the answer itself: yes or no, when, and to which text (localStorage).
`;
}

/** Record of processing activities, GDPR Art. 30(1). */
export function processingRecord({ controller, contact, region, terms, origin }: Configuration): string {
  const days = Math.max(...Object.values(terms.retentionDays));
  return `# Record of processing: personal product lists (GDPR Art. 30)

${table(
  ['item', 'content'],
  [
    ['controller', `${controller}${contact === undefined ? '' : `, ${contact}`}`],
    ['purposes', `${PURPOSES[0]}; prepared and not used by this release: ${PURPOSES.slice(1).join(', ')}`],
    ['data subjects', `visitors of ${origin} who said yes`],
    ['categories of data', `browsing in this shop: ${terms.data.join(', ')}`],
    ['special categories', `kept out: ${Object.keys(SENSITIVE).join(', ')}`],
    ['recipients', terms.recipients.join(', ') || 'none'],
    ['transfers to third countries', 'none: data stays on the device'],
    ['erasure', `after at most ${days} days, or at once on withdrawal`],
    ['law assumed', region],
    [
      'measures',
      'no transmission; salted hashes for words; random salt and visit number, new on every deletion; consent looked at inside every database transaction; erasure in one transaction',
    ],
  ],
)}
`;
}

/** What a data protection impact assessment starts from; the judgement is the controller's. */
export function impactStarter({ controller, terms }: Configuration): string {
  return `# Impact assessment: a start (GDPR Art. 35)

Whether one is needed is for ${controller} to judge; profiling on the device without decisions about people usually does not need one.

${table(
  ['question', 'facts', 'your judgement'],
  [
    ['Is it necessary?', 'lists can be shown without it; the shop’s own order is one press away', ''],
    [
      'What is personal?',
      'journal, profile, wishes on the device: personal for whoever holds the device',
      '',
    ],
    [
      'What is pseudonymous?',
      'hashed words, visit numbers: testable by guessing with the salt beside them',
      '',
    ],
    ['What leaves?', terms.recipients.join(', ') || 'nothing', ''],
    ['Who could see it?', 'other scripts of this shop; other people at the same device', ''],
    [
      'Special categories?',
      `kept out by name: ${Object.keys(SENSITIVE).join(', ')}; check your own categories`,
      '',
    ],
    ['Children?', 'off where the shop knows (data-reshelf-child); else not known', ''],
    ['Rights?', 'see, correct, delete, take along, object, pause: in the panel, at once', ''],
  ],
)}
`;
}

const PARAMETERS: Readonly<Record<(typeof FEATURE_GROUPS)[number], string>> = {
  order: 'the shop’s own order, where every list starts',
  viewed: 'whether and how lately you looked at the product',
  bought: 'whether and how often you bought it',
  similar: 'how like it is to products you looked at, by words of the title',
  category: 'how much you look at its kind',
  brand: 'how much you look at its brand',
  colour: 'how much you look at its colour',
  price: 'how near its price is to those you look at',
  search: 'whether its title holds words you searched for',
  together: 'whether it is bought together with what you looked at',
  popular: 'how popular it is in this shop',
  size: 'whether a size you chose is there',
  passed: 'how often you saw it and went on',
};

/** Main parameters of ranking: P2B Regulation Art. 5, Consumer Rights Directive Art. 6a(1)(a), DSA Art. 27. */
export function rankingParameters(): string {
  const groups = FEATURE_GROUPS.map((group) => `- ${PARAMETERS[group]}`);
  return `# How lists are ordered

Without your yes: in the shop’s own order. With it, these move products, each with the share that the panel shows under "Why this order":

${groups.join('\n')}
- first of all: what you asked for yourself (favourites, sizes, what to put last)

Paid places never move. No price changes. "Show the shop’s own order" in the privacy panel puts the shop’s order back.
`;
}

/** Who ever receives anything, and where they stand: transfers between regions, GDPR Art. 44. */
export function hostList({ hosts }: Configuration, receivers: readonly Receiver[]): string {
  const whose = ({ region, isShop }: Receiver) => region ?? (isShop ? 'the shop itself' : 'not listed');
  const rule =
    hosts === undefined
      ? 'No list stands in the configuration (data-reshelf-hosts): shoppers of every region use all of these.'
      : 'A shopper uses hosts of their own region only, and none that is not listed (data-reshelf-hosts).';
  return `# Who receives anything

${table(
  ['host', 'receives', 'region'],
  receivers.map((one) => [one.host, one.gets, whose(one)]),
)}

${rule}
`;
}

/** https://w3c.github.io/gpc/#gpc-support-resource */
export function gpcResource(day: string): string {
  return `${JSON.stringify({ gpc: true, lastUpdate: day })}\n`;
}
