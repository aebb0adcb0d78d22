import type { LedgerLine, LedgerView } from '../wire/contribute-api.ts';
import type { PanelHost } from './panel-host.ts';
import { createSpeech, type Speech } from './speech.ts';
import { SHARED_TEXTS, type SharedTexts } from './text/shared.ts';

export interface SharedParts {
  readonly host: PanelHost;
  readonly speech: Speech;
}

/** The section "Shared": what has left this device, to the byte, and what it cost of the privacy budget. */
export async function fillShared(into: Element, { host, speech }: SharedParts): Promise<void> {
  const { language, day, time } = speech;
  const texts = SHARED_TEXTS[language] ?? SHARED_TEXTS.en;
  const { say } = createSpeech(language, texts, host.settings.texts) as Speech & {
    say(key: keyof SharedTexts, values?: Readonly<Record<string, string | number>>): string;
  };
  const view = await host.ledger();
  const figure = (value: number, digits = 2) =>
    value.toLocaleString(language, { maximumFractionDigits: digits, minimumFractionDigits: digits });
  const lines = view?.lines ?? [];
  const parts: Node[] = [];
  if (view?.arm === 'holdout' || view?.arm === 'interleaved')
    parts.push(element('p', { part: 'arm' }, say(`shared.${view.arm}`)));
  if (lines.length === 0) parts.push(element('p', {}, element('strong', {}, say('shared.nothing'))));
  if (view !== undefined && lines.length > 0) {
    parts.push(
      element('p', {}, element('strong', {}, say('shared.budget', spentOf(view)))),
      element('p', { class: 'small' }, say('shared.meaning', { days: view.periodDays })),
    );
    if (view.notBefore > 0)
      parts.push(element('p', { class: 'small' }, say('shared.next', { day: day(view.notBefore) })));
    parts.push(element('ol', { part: 'ledger' }, ...toRows(view)));
  }
  if (host.settings.auditUrl !== undefined) parts.push(element('p', {}, say('shared.log')));
  into.replaceChildren(...parts);

  function spentOf({ epsilon, limit, delta }: LedgerView) {
    return { spent: figure(epsilon), limit: figure(limit, 0), delta: delta.toExponential(0) };
  }
  /** Of counts the ledger keeps English words: they are the record of what was said, not a label. */
  function wordsOf({ kind, words, numbers }: LedgerLine): Node | string {
    if (kind !== 'weights') return element('bdi', { lang: 'en' }, words);
    const used = numbers.filter((number) => number !== 0).length;
    return used === 0 ? say('shared.zeros') : say('shared.weights', { used, n: numbers.length });
  }
  /** Newest first; each with the total up to it, so that the sum can be followed. */
  function toRows({ lines: all }: LedgerView): Node[] {
    return all
      .map((line) =>
        element(
          'li',
          {},
          `${day(line.at)}, ${time(line.at)}: `,
          wordsOf(line),
          ` ${say(`shared.${line.state}`)}`,
          element(
            'p',
            { class: 'small' },
            line.noise > 0 ? say('shared.noise', { noise: figure(line.noise, 0) }) : say('shared.noise.here'),
            ' ',
            say('shared.cost', {
              epsilon: figure(line.epsilon),
              delta: line.delta === 0 ? '0' : line.delta.toExponential(0),
              total: figure(line.total),
            }),
          ),
          element(
            'details',
            {},
            element('summary', {}, say('shared.bytes', { n: line.bytes.length })),
            element('p', { class: 'small' }, say('shared.to', { hosts: line.to.join(', ') })),
            element('p', { class: 'small', dir: 'ltr' }, line.numbers.join(' ')),
            rawOf(line.bytes),
          ),
        ),
      )
      .reverse();
  }
}

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Thousands of digits in a box of their own, which keys can scroll. */
function rawOf(bytes: Uint8Array): Element {
  const raw = element('p', { class: 'small raw', dir: 'ltr', tabindex: '0' }, hexOf(bytes)) as HTMLElement;
  raw.style.cssText = 'max-block-size:10em;overflow:auto'; // by the object model: an attribute may be forbidden
  return raw;
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): Element {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}
