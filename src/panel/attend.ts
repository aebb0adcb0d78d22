import { presetOf } from '../core/region.ts';
import { showCard } from './card.ts';
import { createHost, pageRoot } from './element.ts';
import { showLauncher } from './launcher.ts';
import type { PanelHost, PanelSection } from './panel-host.ts';
import { askSettings } from './settings.ts';
import { createSpeech, languageOf, type Speech } from './speech.ts';
import { ASK_EN } from './text/ask-en.ts';
import type { Text, Texts } from './text/text.ts';
import { showWhyBadges } from './why-badges.ts';

/** What the page can ask of the shopper's side once it is there. */
export interface Attendant {
  open(section?: PanelSection): Promise<void>;
  close(): void;
  /** Takes away all that is shown; nothing is shown on this page any more. */
  stop(): void;
}
export type Attend = (host: PanelHost) => Promise<Attendant>;
/** What the file of the panel offers; it fills a host that has the common looks already. */
export type ShowPanel = (
  host: PanelHost,
  speech: Speech,
  section: PanelSection | undefined,
  empty: readonly [element: HTMLElement, root: ShadowRoot],
) => { close(): void };

/** What the developers' overlay (`?reshelf-debug`) offers; what it returns takes it away. */
export type ShowOverlay = (host: PanelHost) => () => void;

/** Shows the card where a question is due, else the launcher; and reasons on cards, where the shop wants them. */
export const attend: Attend = async (given) => {
  const host = { ...given, settings: askSettings(given.settings) };
  const { consent, settings, load, report } = host;
  const language = languageOf(settings.language);
  /** A language's file holds its texts in the order of the keys. */
  async function loadTexts(): Promise<Texts> {
    const [{ KEYS }, { TEXTS }] = (await Promise.all([load('text.keys'), load(`text.${language}`)])) as [
      { KEYS: readonly string[] },
      { TEXTS: readonly Text[] },
    ];
    return Object.fromEntries(KEYS.map((key, i) => [key, TEXTS[i] ?? key])) as Texts;
  }
  const texts = language === 'en' ? ASK_EN : await loadTexts().catch(() => ASK_EN);
  const speech = createSpeech(language, { ...ASK_EN, ...texts } as Partial<Texts>, settings.texts);
  const fullSpeech = async () => createSpeech(language, await loadTexts(), settings.texts);
  let shown: HTMLElement | undefined;
  let shownWhat = '';
  let whys: (() => void) | undefined;
  let panel: { close(): void } | undefined;

  async function open(section?: PanelSection): Promise<void> {
    const [file, all] = await Promise.all([load('panel'), fullSpeech()]);
    const { showPanel } = file as { showPanel: ShowPanel };
    panel?.close();
    const empty = createHost('reshelf-panel', '', all.isRightToLeft);
    pageRoot().append(empty[0]);
    panel = showPanel(host, all, section, empty);
  }
  const openOrReport = () => {
    open().catch(report);
  };
  function update(): void {
    const { personalize } = consent.get();
    const { prompt } = presetOf(consent.region(), consent.hasSignal());
    const { card, launcher = card, why } = settings;
    const isHidden = personalize.reason === 'merchant' || personalize.state === 'unknown';
    const isAsking = card !== 'off' && consent.isDue() && prompt === 'card';
    const what = isHidden ? '' : isAsking ? 'card' : launcher === 'off' ? '' : personalize.state;
    if (what !== shownWhat) {
      const hasFocus = shown !== undefined && document.activeElement === shown;
      shown?.remove();
      shownWhat = what;
      const show = isAsking ? showCard : showLauncher;
      shown = what === '' ? undefined : show(host, speech, openOrReport);
      if (hasFocus) shown?.shadowRoot?.querySelector('button')?.focus(); // who answers by keyboard goes on from there
    }
    if (why !== 'on') return;
    whys?.();
    whys = personalize.effective ? showWhyBadges(host, speech, fullSpeech, openOrReport) : undefined;
  }
  const updateOrReport = () => {
    try {
      update();
    } catch (error) {
      report(error); // it must not escape into the page
    }
  };
  const unsubscribe = consent.subscribe(updateOrReport);
  updateOrReport();
  const close = () => panel?.close();
  const stop = () => {
    unsubscribe();
    close();
    shown?.remove();
    whys?.();
  };
  return { open, close, stop };
};
