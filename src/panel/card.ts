import { append, appendButton, createHost, pageRoot } from './element.ts';
import type { PanelHost } from './panel-host.ts';
import type { Speech } from './speech.ts';

/** Names the wording of the card in the receipt; a change of meaning gets a new name. */
const NOTICE_ID = 'reshelf-card/1';

const STYLES = `
:host { position: fixed !important; z-index: 2147483000 !important; inset: auto max(0.5rem, 50vw - 50rem) 0.5rem auto !important;
  inline-size: min(25rem, 100vw - 1rem) !important; max-block-size: calc(100dvb - 1rem) !important; overflow: auto !important; display: block !important; }
section { padding: 1.125rem 1.25rem 1.25rem; border-radius: 1rem; border: 1px solid #8886;
  color: var(--reshelf-text, CanvasText); background: var(--reshelf-surface, Canvas); box-shadow: 0 0.5rem 2rem #0003; }
h2 { margin: 0 0 0.25rem; font-size: 1.0625rem; line-height: 1.3; }
p { margin: 0 0 0.875rem; font-size: 0.9375rem; }
a { color: inherit; }
div { display: grid; grid-template-columns: 1fr 1fr; gap: 0.625rem; }
`;

/**
 * Asks once, without standing in the way: a region at the edge of the window, no modal, no trap; both answers weigh
 * the same. Escape means later: the card goes for this page and nothing is remembered. It overlays, so nothing shifts.
 * @returns the card
 */
export function showCard(
  { consent, settings, report }: PanelHost,
  { say, language, isRightToLeft }: Speech,
): HTMLElement {
  const [host, root] = createHost('reshelf-card', STYLES, isRightToLeft);
  const section = append(root, 'section');
  section.setAttribute('part', 'card');
  section.setAttribute('aria-labelledby', 'label');
  section.lang = language;
  append(section, 'h2', say('card.label')).id = 'label';
  const isAgain = consent.get().personalize.state !== 'default-off';
  const body = append(section, 'p', say('card.body') + (isAgain ? ` ${say('card.again')}` : ''));
  if (settings.noticeUrl !== undefined) {
    body.append(' ');
    append(body, 'a', say('card.notice')).href = settings.noticeUrl;
  }
  const text = [say('card.label'), body.textContent, say('refuse'), say('allow')].join('\n');
  const buttons = append(section, 'div');
  for (const [key, isAllowed] of [
    ['refuse', false],
    ['allow', true],
  ] as const)
    appendButton(buttons, say(key), () => {
      section.style.setProperty('opacity', '0'); // at once; it goes when the answer is in force, and hands on the focus
      const proof = {
        source: 'card',
        noticeId: NOTICE_ID,
        text,
        language,
        variant: 'card',
        knowsSignal: false,
      } as const;
      consent
        .set({ personalize: isAllowed }, proof)
        .catch(report)
        .then(() => host.remove());
    }).setAttribute('part', 'answer');
  host.addEventListener('keydown', ({ key }) => key === 'Escape' && consent.defer());
  pageRoot().append(host);
  return host;
}
