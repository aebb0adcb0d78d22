import { defined } from '../core/defined.ts';
import { KEEPABLE, type Keepable } from '../core/minimize.ts';

/** Everything a merchant can set; every field has a default that works. */
export interface Settings {
  /** Address of `reshelf.worker.js`; it must be on the page's own origin. */
  readonly workerUrl: string;
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
  const artefacts = text('Artefacts');
  return {
    workerUrl: new URL(text('WorkerSrc') ?? new URL('reshelf.worker.js', script.src).href, document.baseURI)
      .href,
    ...defined({
      listSelector,
      itemSelector,
      pinSelector: selector('PinSelector'),
      keep: keep === undefined ? keep : toKeep(keep),
      retentionDays: toPositive('retention-days', text('RetentionDays')),
      artefactsUrl: artefacts === undefined ? artefacts : new URL(artefacts, document.baseURI).href,
      maxShift: toPositive('max-shift', text('MaxShift')),
      noticeUrl: text('NoticeUrl'),
    }),
    collect: oneOf('collect', text('Collect'), ['auto', 'api']),
    card: oneOf('card', text('Card'), ['on', 'off']),
  };
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
