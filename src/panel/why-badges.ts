import { append, appendButton, createHost } from './element.ts';
import type { PanelHost } from './panel-host.ts';
import type { Speech } from './speech.ts';

const STYLES = `
:host { position: absolute !important; z-index: 2 !important; display: block !important; }
button { border: 1px solid #8886; }
.opener { font-size: 0.75rem; padding: 0 0.625rem; border: 0.5rem solid transparent; border-radius: 2rem; color: var(--reshelf-text, CanvasText); background: var(--reshelf-surface, Canvas) padding-box; }
[popover] { position: fixed; inset: auto; margin: 0; inline-size: min(20rem, 100vw - 1rem); max-block-size: 80dvb; overflow: auto; padding: 1rem; border: 1px solid #8886; border-radius: 0.875rem;
  color: var(--reshelf-text, CanvasText); background: var(--reshelf-surface, Canvas); box-shadow: 0 0.5rem 2rem #0003; }
h2 { margin: 0 0 0.25rem; font-size: 1rem; }
p { margin: 0 0 0.75rem; font-size: 0.9375rem; }
.acts { display: grid; gap: 0.5rem; }
`;
const MARGIN_PX = 8;

/** Handed on, so that no second file holds it. */
export interface Make {
  readonly append: typeof append;
  readonly appendButton: typeof appendButton;
}

/** What the file of the reasons offers: it fills the popover of one card. */
export type FillWhy = (
  popover: HTMLElement,
  host: PanelHost,
  speech: Speech,
  itemId: string,
  listId: string,
  openPanel: () => void,
  make: Make,
) => Promise<void>;

/**
 * "Why here?" on every card that can move; answer and its code are asked for when one is opened.
 * @param fullSpeech loads all texts of the language
 * @returns takes the badges away
 */
export function showWhyBadges(
  host: PanelHost,
  { say, isRightToLeft, language }: Speech,
  fullSpeech: () => Promise<Speech>,
  openPanel: () => void,
): () => void {
  const badges = host.cards().map(({ element, itemId, listId }) => {
    const [badge, root] = createHost('reshelf-why', STYLES, isRightToLeft);
    const opener = appendButton(root, say('why.button'), () => {});
    const popover = append(root, 'div');
    opener.className = 'opener';
    opener.popoverTargetElement = popover;
    const attributes = { part: 'why', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' };
    for (const [name, value] of Object.entries(attributes)) opener.setAttribute(name, value);
    popover.popover = 'auto';
    popover.lang = language;
    popover.setAttribute('role', 'dialog');
    popover.setAttribute('aria-label', say('why.button'));
    popover.addEventListener('toggle', ({ newState }) => {
      opener.setAttribute('aria-expanded', String(newState === 'open'));
      popover.textContent = ''; // what was said last time is old
      if (newState !== 'open') return;
      popover.style.setProperty('visibility', 'hidden'); // until it has its place: nothing is seen to shift
      Promise.all([host.load('why'), fullSpeech()])
        .then(([file, speech]) =>
          (file as { fillWhy: FillWhy }).fillWhy(popover, host, speech, itemId, listId, openPanel, {
            append,
            appendButton,
          }),
        )
        .then(() => place(popover, opener), host.report);
    });
    (element.querySelector('[data-reshelf-why]') ?? element).prepend(badge);
    return badge;
  });
  return () => {
    for (const badge of badges) badge.remove();
  };
}

/** Under its button, inside the window. */
function place(popover: HTMLElement, opener: HTMLElement): void {
  const at = opener.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const keep = (wanted: number, size: number, room: number) =>
    Math.max(MARGIN_PX, Math.min(wanted, room - size - MARGIN_PX));
  popover.style.setProperty('left', `${keep(at.left, width, document.documentElement.clientWidth)}px`);
  popover.style.setProperty('top', `${keep(at.bottom + MARGIN_PX, height, window.innerHeight)}px`);
  popover.style.removeProperty('visibility');
}
