import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ShowPanel } from './attend.ts';
import { type PanelHost, type PanelSection, SECTIONS } from './panel-host.ts';
import { PANEL_STYLES } from './panel-styles.ts';
import { panelSettings } from './settings.ts';
import type { Speech } from './speech.ts';
import type { ViewProps } from './view.ts';
import { Activity } from './views/activity.tsx';
import { Learned } from './views/learned.tsx';
import { Now } from './views/now.tsx';
import { Proof } from './views/proof.tsx';
import { Shared } from './views/shared.tsx';
import { Take } from './views/take.tsx';
import { WhyOrder } from './views/why-order.tsx';

const VIEWS = {
  now: Now,
  learned: Learned,
  activity: Activity,
  why: WhyOrder,
  shared: Shared,
  proof: Proof,
  take: Take,
} as const;

/**
 * Opens the privacy panel: a native modal dialog in a shadow root, which brings its own focus containment, Escape, top layer
 * and focus return. It overlays, so nothing shifts; closing it never grants anything.
 */
export const showPanel: ShowPanel = (given, speech, section = 'now', [element, root]) => {
  const host = { ...given, settings: panelSettings(given.settings) };
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(PANEL_STYLES);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const close = () => {
    render(null, root);
    element.remove();
    if (document.activeElement !== document.body) return; // else what opened it was replaced meanwhile
    document.querySelector('reshelf-launcher')?.shadowRoot?.querySelector('button')?.focus();
  };
  render(<Panel host={host} speech={speech} section={section} onClose={close} />, root);
  return {
    close() {
      root.querySelector('dialog')?.close(); // gives the focus back; its event comes later
      close();
    },
  };
};

interface PanelProps {
  readonly host: PanelHost;
  readonly speech: Speech;
  readonly section: PanelSection;
  readonly onClose: () => void;
}

function Panel({ host, speech, section, onClose }: PanelProps) {
  const { say, language } = speech;
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(section);
  const [status, setStatus] = useState('');
  const [hint, setHint] = useState('');
  const [version, setVersion] = useState(0);
  useEffect(() => {
    dialog.current?.showModal();
    heading.current?.focus(); // not the first button: nothing is chosen by accident
    // What was pressed may be gone with what it deleted: the focus stays in its section.
    new MutationObserver(() => {
      if (!dialog.current?.matches(':focus-within')) body.current?.focus();
    }).observe(body.current as Node, { childList: true, subtree: true });
    return host.consent.subscribe(() => setVersion((before) => before + 1));
  }, [host]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the section shown
  useEffect(() => {
    // on a phone the sections stand in one line that scrolls
    dialog.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shown]);
  const go = (to: PanelSection) => {
    setShown(to);
    setStatus('');
    setHint('');
  };
  const props: ViewProps = {
    host,
    speech,
    version,
    go,
    tell: setStatus,
    hint: setHint,
    changed: () => setVersion((before) => before + 1),
  };
  const View = VIEWS[shown];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a press beside it closes it; Escape does so by the browser's own hand
    <dialog
      ref={dialog}
      part="panel"
      lang={language}
      aria-labelledby="title"
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && currentTarget.close()}
    >
      <div class="head">
        <h2 id="title" ref={heading} tabIndex={-1} part="heading">
          {say('title')}
        </h2>
        <button type="button" part="close" onClick={() => dialog.current?.close()}>
          {say('close')}
        </button>
      </div>
      <nav aria-label={say('sections')}>
        <ul>
          {SECTIONS.map((name) => (
            <li key={name}>
              <button
                type="button"
                part="section"
                aria-current={name === shown ? 'page' : undefined}
                onClick={() => go(name)}
              >
                {say(`section.${name}`)}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would group form controls; this groups a section */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard */}
      <div ref={body} class="body" role="group" tabIndex={0} aria-label={say(`section.${shown}`)}>
        <section key={shown}>
          <View {...props} />
        </section>
      </div>
      <div class="foot">
        <p role="status" dir="auto">
          {status}
        </p>
        <p class="small" aria-live="polite" part="preview">
          {hint}
        </p>
      </div>
    </dialog>
  );
}
