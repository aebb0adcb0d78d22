import type { ConsentPlatform } from '../consent/sources/platform.ts';
import { beside } from '../core/beside.ts';
import { defined } from '../core/defined.ts';
import { type Hosts, parseHosts } from '../core/hosts.ts';
import { KEEPABLE, type Keepable } from '../core/minimize.ts';
import { partOf } from './parts.ts';

/** Everything a merchant can set; every field has a default that works. */
export interface Settings {
  /** Address of `reshelf.worker.js`; it must be on the page's own origin. */
  readonly workerUrl: string;
  /** Where the other files stand, as the address of one of them; beside the worker's by default. */
  readonly filesUrl?: string;
  /** Where shops share an origin by path: this one's, e.g. "/shop-a". Answers and data of each are its own. */
  readonly shop?: string;
  /** CSS selectors for shops whose lists are not found by themselves. Both or neither. */
  readonly listSelector?: string;
  readonly itemSelector?: string;
  /** Products that stay where they are, besides `[data-reshelf-pin]`. */
  readonly pinSelector?: string;
  /** Which attributes may be kept; all by default. */
  readonly keep?: readonly Keepable[];
  /** A limit on every retention time, in days; it can only shorten. */
  readonly retentionDays?: number;
  /** Address of the shop's own tables (`manifest-<hash>.json`, made by `reshelf build`); loaded by the worker after a grant. */
  readonly artefactsUrl?: string;
  /** Address of the shop's copy of `tasks.json`; without it nobody is asked to contribute and nothing is. */
  readonly tasksUrl?: string;
  /** Places that a product may rise or fall at most; no limit by default. */
  readonly maxShift?: number;
  /** Whether one slot in twelve, never among the first three, may show something never seen; off by default. */
  readonly explore?: boolean;
  /** `'api'`: nothing is collected by listeners, only what the shop passes to `signal`. */
  readonly collect?: 'auto' | 'api';
  /** `'off'` where the merchant's own banner asks and calls `consent.set`. */
  readonly card?: 'on' | 'off';
  /** Address of the shop's privacy notice, linked from the card. */
  readonly noticeUrl?: string;
  /** `'off'` where the shop has its own place for `reshelf.privacy.open()`; by default as the card. */
  readonly launcher?: 'on' | 'off';
  /** `'on'`: a small "Why here?" on every card that has moved. */
  readonly why?: 'on' | 'off';
  /** Whose law applies, e.g. "eea", "uk", "us-ca", "ca-qc"; else `<meta name="reshelf-region">`, else what the consent platform says, else the strictest. */
  readonly region?: string;
  /**
   * Every host but the shop's own that ever receives anything, with its region: `{ 'tables.example': 'eea' }`. With a list, hosts
   * that are not on it, and those of another region than the shopper's, get nothing.
   */
  readonly hosts?: Hosts;
  /** The shop's consent platform; none by default. */
  readonly platform?: 'tcf' | 'gpp' | 'shopify' | 'custom' | ConsentPlatform;
  /**
   * `'gate'`: the platform's no wins and its yes counts; `'bridge'`: answers given here are written back to it, too;
   * `'standalone'`: it is not looked at.
   */
  readonly mode?: 'gate' | 'bridge' | 'standalone';
  /** `'on'`: tells Google Consent Mode `personalization_storage`; it is never read. */
  readonly consentMode?: 'on' | 'off';
  /** The shop is certain that a child is looking: everything stays off. */
  readonly child?: boolean;
  /** Who is responsible; stands in receipts and in the panel. */
  readonly controller?: { readonly name: string; readonly contact?: string; readonly address?: string };
  /** Gets an anonymous note of every answer, without person and address; none by default. */
  readonly auditUrl?: string;
  /** Who gets something of the data; a change of it asks the shopper again. */
  readonly recipients?: readonly string[];
  /** `'on'`: this shop agrees that exports are read elsewhere, and reads those of shops that agree. */
  readonly portable?: 'on' | 'off';
  /** The panel's language, BCP 47; the page's own by default. */
  readonly language?: string;
  /** The script tag's attributes; what concerns only the shopper's side is read where that is loaded. */
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  /** The shop's own words for some of the texts, by key. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Told every failure, once per kind. The page goes on with the shop's own order. */
  readonly onError?: (error: Error) => void;
}

/** Settings as JSON on the page, for tag managers that strip attributes. */
const JSON_SELECTOR = 'script[type="application/json"][data-reshelf-settings], #reshelf-settings';

/**
 * Settings from the attributes of the script tag, else from the calls queued before it ran, else from a JSON block;
 * all three take the same names (`workerSrc`, `maxShift` …).
 * @throws TypeError with the attribute's name, what was expected and what came
 */
export function settingsOf(script: HTMLScriptElement, queued: Record<string, unknown> = {}): Settings {
  const { dataset } = script;
  const block = document.querySelector(JSON_SELECTOR)?.textContent;
  const given: Record<string, unknown> = { ...(block ? JSON.parse(block) : {}), ...queued };
  const text = (name: string) => {
    const value = dataset[`reshelf${name}`] ?? given[name.charAt(0).toLowerCase() + name.slice(1)];
    return value === undefined ? undefined : String(value).trim() || undefined;
  };
  const selector = (name: string) => checkSelector(text(name));
  const listSelector = selector('ListSelector');
  const itemSelector = selector('ItemSelector');
  if ((listSelector === undefined) !== (itemSelector === undefined))
    throw new TypeError(
      'data-reshelf-list-selector and data-reshelf-item-selector go together; one of them is missing',
    );
  const keep = text('Keep');
  const hosts = text('Hosts');
  const address = (name: string) => {
    const given = text(name);
    return given === undefined ? given : new URL(given, document.baseURI).href;
  };
  return {
    workerUrl: address('WorkerSrc') ?? beside('reshelf.worker.js', script.src),
    ...defined({
      listSelector,
      itemSelector,
      pinSelector: selector('PinSelector'),
      keep: keep === undefined ? keep : toKeep(keep),
      retentionDays: toPositive('retention-days', text('RetentionDays')),
      artefactsUrl: address('Artefacts'),
      tasksUrl: address('Tasks'),
      maxShift: toPositive('max-shift', text('MaxShift')),
      region: text('Region'),
      hosts: hosts === undefined ? hosts : parseHosts(hosts),
      shop: toShop(text('Shop'), dataset.reshelfShop),
    }),
    filesUrl: script.src,
    ...(dataset.reshelfChild === undefined ? {} : { child: true }),
    attributes: { ...dataset },
    collect: oneOf('collect', text('Collect'), ['auto', 'api']),
    card: oneOf('card', text('Card'), ['on', 'off']),
  };
}

/** The head snippet reads the tag alone, and it has read by now. */
function toShop(shop: string | undefined, onTag: string | undefined): string | undefined {
  if (shop !== onTag && partOf('tag') !== undefined)
    throw new TypeError(`with the head snippet the shop stands on its tag: data-reshelf-shop="${shop}"`);
  return shop;
}

function toKeep(text: string): Keepable[] {
  return text.split(/[\s,]+/).map((word) => {
    const known = KEEPABLE.find((name) => name === word);
    if (known === undefined)
      throw new TypeError(`data-reshelf-keep: expected words of ${KEEPABLE.join(', ')}; got "${word}"`);
    return known;
  });
}

function toPositive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!(number > 0)) throw new TypeError(`data-reshelf-${name}: expected a number above 0, got "${text}"`);
  return number;
}

function checkSelector(selector: string | undefined): string | undefined {
  try {
    if (selector !== undefined) document.querySelector(selector);
  } catch {
    throw new TypeError(`expected a CSS selector in the script tag's attributes, got "${selector}"`);
  }
  return selector;
}

function oneOf<Word extends string>(
  name: string,
  word: string | undefined,
  words: readonly [Word, ...Word[]],
): Word {
  const found = word === undefined ? words[0] : words.find((known) => known === word);
  if (found === undefined)
    throw new TypeError(`data-reshelf-${name}: expected ${words.join(' or ')}, got "${word}"`);
  return found;
}
