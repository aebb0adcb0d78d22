import { type Hosts, mayReceive } from '../../core/hosts.ts';
import type { PlatformWord } from '../../core/purpose-state.ts';
import { PURPOSES, type Purpose } from '../../core/receipt.ts';
import type { Consent } from '../consent.ts';
import { createAuditNotes } from './audit-note.ts';
import { createConsentMode } from './consent-mode.ts';
import { gppPlatform } from './gpp.ts';
import type { ConsentPlatform, PlatformHeard } from './platform.ts';
import { shopifyPlatform } from './shopify.ts';
import { tcfPlatform } from './tcf.ts';

export interface SourceSettings {
  readonly platform?: string | ConsentPlatform;
  readonly mode?: string;
  readonly consentMode?: string;
  readonly auditUrl?: string;
  readonly hosts?: Hosts;
  readonly attributes?: Readonly<Record<string, string | undefined>>;
}
export interface ConnectParts {
  readonly settings: SourceSettings;
  readonly consent: Consent;
  /** The newest receipt's id when the page began; an answer may be given before this file has come. */
  readonly known: string | undefined;
  /** Makes known what the platform says; what it closes stops at once. */
  readonly hear: (words: Readonly<Record<Purpose, PlatformWord>>, region: string | undefined) => void;
  readonly report: (error: unknown) => void;
}
export type Connect = (parts: ConnectParts) => void;

const MODES = ['gate', 'bridge', 'standalone'];

/** Joins the shop's consent platform, Google Consent Mode and the shop's own log, as far as each is configured. */
export const connect: Connect = ({ settings, consent, known, hear, report }) => {
  const { attributes = {} } = settings;
  const mode = settings.mode ?? attributes.reshelfMode ?? 'gate';
  if (!MODES.includes(mode)) throw new TypeError(`mode: expected ${MODES.join(', ')}; got "${mode}"`);
  const auditUrl = settings.auditUrl ?? attributes.reshelfAuditUrl;
  if (auditUrl !== undefined) {
    const note = createAuditNotes(auditUrl, consent, known);
    const noteNews = () => {
      if (mayReceive(auditUrl, settings.hosts, consent.region(), document.baseURI)) note();
    };
    noteNews();
    consent.subscribe(noteNews);
  }
  if ((settings.consentMode ?? attributes.reshelfConsentMode) === 'on') {
    const emit = createConsentMode();
    emit(consent.get());
    consent.subscribe(emit);
  }
  const name = settings.platform ?? attributes.reshelfPlatform;
  if (name === undefined || mode === 'standalone') return;
  const platform = typeof name === 'object' ? name : platformOf(name);

  /** A yes of the platform is an answer where there is none, or where it has just been given; a no is one where there was a yes. */
  async function onHeard({ words, isAct, noticeId }: PlatformHeard): Promise<void> {
    const [newest] = consent.history();
    const given = PURPOSES.flatMap((purpose): [Purpose, boolean][] => {
      const before = newest?.answers[purpose];
      const isLive = before === 'granted' || before === 'paused';
      if (words[purpose] === 'denied') return isLive ? [[purpose, false]] : [];
      const isNews = before === undefined || before === 'expired' || (isAct && !isLive);
      return words[purpose] === 'granted' && isNews ? [[purpose, true]] : [];
    });
    if (given.length === 0) return;
    const proof = { source: 'platform', noticeId, variant: platform.name } as const;
    await consent.set(Object.fromEntries(given), proof);
  }
  let answering = Promise.resolve();
  platform.subscribe((heard) => {
    try {
      hear(heard.words, heard.region);
      answering = answering.then(() => onHeard(heard)).catch(report); // platforms may tell one answer twice
    } catch (error) {
      report(error); // it runs inside the platform's own code
    }
  });

  if (mode !== 'bridge') return;
  let written = known;
  const writeNews = () => {
    const [newest] = consent.history();
    if (newest === undefined || newest.id === written || !consent.isOwn()) return;
    written = newest.id;
    if (newest.source !== 'platform')
      platform.write?.(
        Object.fromEntries(
          Object.entries(newest.answers).map(([purpose, answer]) => [purpose, answer === 'granted']),
        ),
      );
  };
  writeNews();
  consent.subscribe(writeNews);
};

function platformOf(name: string): ConsentPlatform {
  switch (name) {
    case 'tcf':
      return tcfPlatform();
    case 'gpp':
      return gppPlatform();
    case 'shopify':
      return shopifyPlatform();
    case 'custom': {
      const own = Reflect.get(window, 'reshelfPlatform') as ConsentPlatform | undefined;
      if (typeof own?.subscribe === 'function') return own;
      throw new TypeError('platform "custom": expected window.reshelfPlatform with a subscribe function');
    }
    default:
      throw new TypeError(`platform: expected tcf, gpp, shopify or custom; got "${name}"`);
  }
}
