import { append, appendButton, createHost, pageRoot } from './element.ts';
import type { PanelHost } from './panel-host.ts';
import type { Speech } from './speech.ts';

const STYLES = `
:host { position: fixed !important; z-index: 2147482999 !important; inset-block: auto 0.5rem !important; inset-inline: max(0.5rem, 50vw - 50rem) auto !important; display: block !important; }
div { display: flex; border-radius: 2rem; border: 1px solid #8886; overflow: hidden; color: var(--reshelf-text, CanvasText);
  background: var(--reshelf-surface, Canvas); box-shadow: 0 0.25rem 1rem #0003; font-size: 0.8125rem; }
button { border: 0; border-radius: 2rem; padding: 0.5rem 0.875rem; }
button:focus-visible { outline-offset: -4px; }
button + button { font-weight: 400; text-decoration: underline; }
@media print { :host { display: none !important; } }
@media (forced-colors: active) { div { border-color: ButtonBorder; } }
`;

/**
 * Always there, so that taking a yes back is as easy as giving it: one press. It says what is so, and opens the panel.
 * @returns the launcher
 */
export function showLauncher(
  { consent, report }: PanelHost,
  { say, isRightToLeft, language }: Speech,
  open: () => void,
): HTMLElement {
  const [host, root] = createHost('reshelf-launcher', STYLES, isRightToLeft);
  const bar = append(root, 'div');
  bar.setAttribute('role', 'group');
  bar.setAttribute('part', 'launcher');
  bar.setAttribute('aria-label', say('launcher'));
  bar.lang = language;
  const { state, effective } = consent.get().personalize;
  const isPaused = state === 'paused';
  const status = effective ? 'launcher.on' : isPaused ? 'launcher.paused' : 'launcher.off';
  const label = consent.hasSignal() && !effective ? 'launcher.signal' : status;
  appendButton(bar, say(label), open).setAttribute('aria-haspopup', 'dialog');
  if (effective || isPaused)
    appendButton(bar, say('launcher.stop'), () => {
      consent.withdraw('all', 'panel').catch(report);
    });
  pageRoot().append(host);
  return host;
}
