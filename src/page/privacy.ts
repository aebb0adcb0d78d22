import type { Choice } from '../consent/choice.ts';
import type { Consent } from '../consent/consent.ts';
import type { Connect } from '../consent/sources/connect.ts';
import type { Terms } from '../core/terms.ts';
import type { Attend, Attendant, ShowOverlay } from '../panel/attend.ts';
import type { PanelHost, PanelSection } from '../panel/panel-host.ts';
import { loadAgain } from './load-again.ts';
import type { LoadFile } from './load-file.ts';
import type { Words } from './platform-words.ts';
import type { Reshelf } from './reshelf-api.ts';
import type { Settings } from './settings.ts';

export interface PrivacyParts {
  readonly settings: Settings;
  readonly load: LoadFile;
  readonly ledger: PanelHost['ledger'];
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
export function createPrivacy({ settings, load, isHeard, report, hear, ...parts }: PrivacyParts) {
  const { consent } = parts;
  let attending: Promise<Attendant> | undefined;
  const host = (): PanelHost => ({ ...parts, settings, reshelf: parts.reshelf(), load, report });
  const attend = (): Promise<Attendant> => {
    attending ??= load('ask').then((file) => (file as { attend: Attend }).attend(host()));
    return attending;
  };
  /** The developers' overlay: a dry run until something is personal. */
  let overlay: Promise<() => void> | undefined;
  return {
    start(): void {
      const { attributes = {}, card, consentMode, auditUrl } = settings;
      const launcher = settings.launcher ?? attributes.reshelfLauncher ?? card;
      const why = settings.why ?? attributes.reshelfWhy;
      const isNeeded = consentMode ?? auditUrl ?? attributes.reshelfConsentMode ?? attributes.reshelfAuditUrl;
      if (consent.get().personalize.reason === 'merchant') return;
      const known = consent.history()[0]?.id;
      if (isHeard || isNeeded !== undefined)
        loadAgain((attempt) => load('sources', attempt), report)
          .then((file) => (file as { connect: Connect }).connect({ settings, consent, known, hear, report }))
          .catch(report);
      if (card !== 'off' || launcher !== 'off' || why === 'on') attend().catch(report);
      if (!new URLSearchParams(location.search).has('reshelf-debug')) return;
      overlay = load('debug').then((file) => (file as { showOverlay: ShowOverlay }).showOverlay(host()));
      overlay.catch(report);
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
      overlay?.then((end) => end(), report);
    },
  };
}
