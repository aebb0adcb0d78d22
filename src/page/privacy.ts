import type { Choice } from '../consent/choice.ts';
import type { Consent } from '../consent/consent.ts';
import type { Connect } from '../consent/sources/connect.ts';
import { ReshelfError } from '../core/errors.ts';
import type { Terms } from '../core/terms.ts';
import type { Attend, Attendant } from '../panel/attend.ts';
import type { PanelHost, PanelSection } from '../panel/panel-host.ts';
import type { Words } from './platform-words.ts';
import type { Reshelf } from './reshelf-api.ts';
import type { Settings } from './settings.ts';

export interface PrivacyParts {
  readonly settings: Settings;
  /** Whether a consent platform is to be heard. */
  readonly isHeard: boolean;
  readonly terms: Terms;
  readonly consent: Consent;
  readonly choice: () => Choice;
  readonly hear: (words: Words, region: string | undefined) => void;
  readonly reshelf: () => Reshelf;
  readonly cards: PanelHost['cards'];
  readonly requestCount: PanelHost['requestCount'];
  readonly report: (error: unknown) => void;
}

/** What the shopper sees, in files of their own: card, launcher and reasons in one, the panel and each language in others. */
export function createPrivacy({ settings, isHeard, report, hear, ...parts }: PrivacyParts) {
  const { consent } = parts;
  /** The files stand beside the script; a version that the shop appends to its address goes for all. */
  const load = (name: string): Promise<object> => {
    const base = new URL(settings.filesUrl ?? settings.workerUrl, document.baseURI);
    const url = new URL(`reshelf.${name}.js`, base);
    url.search = base.search;
    return import(/* webpackIgnore: true */ /* @vite-ignore */ url.href).catch((cause: unknown) => {
      const advice = 'serve it beside reshelf.js, from another origin with CORS';
      throw new ReshelfError('page/part-missing', `${url.href} could not be loaded; ${advice}`, { cause });
    });
  };
  let attending: Promise<Attendant> | undefined;
  const attend = (): Promise<Attendant> => {
    const host: PanelHost = { ...parts, settings, reshelf: parts.reshelf(), load, report };
    attending ??= load('ask').then((file) => (file as { attend: Attend }).attend(host));
    return attending;
  };
  return {
    start(): void {
      const { attributes = {}, card, consentMode, auditUrl } = settings;
      const launcher = settings.launcher ?? attributes.reshelfLauncher ?? card;
      const why = settings.why ?? attributes.reshelfWhy;
      const isNeeded = consentMode ?? auditUrl ?? attributes.reshelfConsentMode ?? attributes.reshelfAuditUrl;
      if (consent.get().personalize.reason === 'merchant') return;
      if (isHeard || isNeeded !== undefined)
        load('sources')
          .then((file) => (file as { connect: Connect }).connect({ settings, consent, hear, report }))
          .catch(report);
      if (card !== 'off' || launcher !== 'off' || why === 'on' || location.search.includes('reshelf-debug'))
        attend().catch(report);
    },
    async open(section?: PanelSection): Promise<void> {
      await (await attend()).open(section);
    },
    close(): void {
      attending?.then((attendant) => attendant.close(), report);
    },
    /** Takes away whatever of ours is shown. */
    stop(): void {
      attending?.then((attendant) => attendant.stop(), report);
    },
  };
}
