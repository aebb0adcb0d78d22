import type { AnswerSource, Purpose } from '../core/receipt.ts';
import { CARD_NOTICE_ID, CARD_TEXT } from './text.ts';

/** The part of consent that the card needs. */
export interface CardConsent {
  set(
    answers: Readonly<Partial<Record<Purpose, boolean>>>,
    proof: { source: AnswerSource; noticeId: string },
  ): Promise<unknown>;
  subscribe(onChange: (state: { readonly personalize: { readonly state: string } }) => void): () => void;
}

const STYLES = `
:host { all: initial; position: fixed; z-index: 2147483000; inset: auto max(0.5rem, 50vw - 50rem) 0.5rem auto;
  inline-size: min(25rem, 100vw - 1rem); font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark; }
section { box-sizing: border-box; padding: 1.125rem 1.25rem 1.25rem; border-radius: 1rem; border: 1px solid #8886;
  color: var(--reshelf-text, CanvasText); background: var(--reshelf-surface, Canvas); box-shadow: 0 0.5rem 2rem #0003; }
h2 { margin: 0 0 0.25rem; font-size: 1.0625rem; line-height: 1.3; }
p { margin: 0 0 0.875rem; font-size: 0.9375rem; }
a { color: inherit; }
div { display: grid; grid-template-columns: 1fr 1fr; gap: 0.625rem; }
button { font: inherit; font-weight: 600; min-block-size: 2.75rem; padding: 0.5rem 1rem; border-radius: 0.625rem; cursor: pointer;
  color: inherit; background: transparent; border: 2px solid; }
button:hover { background: #8883; }
:focus-visible { outline: 3px solid var(--reshelf-focus, #2f6fed); outline-offset: 2px; }
`;

/**
 * Asks once, without standing in the way: a region at the edge of the window, no modal, no trap; both answers weigh
 * the same. Escape means later: the card goes for this page and nothing is remembered. It overlays, so nothing shifts.
 */
export function showCard(
  consent: CardConsent,
  noticeUrl: string | undefined,
  report: (error: unknown) => void,
): void {
  const host = document.createElement('reshelf-card');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet(); // adopted, because a strict CSP blocks <style>
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];

  const section = document.createElement('section');
  section.setAttribute('aria-labelledby', 'label');
  const heading = append(section, 'h2', CARD_TEXT.label);
  heading.id = 'label';
  const body = append(section, 'p', CARD_TEXT.body);
  if (noticeUrl !== undefined) {
    body.append(' ');
    append(body, 'a', CARD_TEXT.notice).setAttribute('href', noticeUrl);
  }
  const buttons = append(section, 'div', '');
  // The shop's own banner may answer first.
  const unsubscribe = consent.subscribe(({ personalize }) => personalize.state !== 'unknown' && close());
  const controller = new AbortController();
  function close(): void {
    unsubscribe();
    controller.abort();
    host.remove();
  }
  for (const [text, isAllowed] of [
    [CARD_TEXT.refuse, false],
    [CARD_TEXT.allow, true],
  ] as const) {
    const button = append(buttons, 'button', text);
    button.setAttribute('type', 'button');
    button.addEventListener('click', () => {
      close();
      consent.set({ personalize: isAllowed }, { source: 'card', noticeId: CARD_NOTICE_ID }).catch(report);
    });
  }
  host.addEventListener('keydown', ({ key }) => key === 'Escape' && close(), { signal: controller.signal });
  root.append(section);
  document.body.append(host);
}

function append<Name extends keyof HTMLElementTagNameMap>(
  parent: Element,
  name: Name,
  text: string,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.textContent = text;
  parent.append(element);
  return element;
}
