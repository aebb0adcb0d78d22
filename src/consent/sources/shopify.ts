import type { PlatformWord } from '../../core/purpose-state.ts';
import { type ConsentPlatform, type PlatformHeard, whenThere } from './platform.ts';

/** https://shopify.dev/docs/api/customer-privacy */
interface CustomerPrivacy {
  preferencesProcessingAllowed(): boolean;
  analyticsProcessingAllowed(): boolean;
  saleOfDataAllowed(): boolean;
  saleOfDataRegion?(): boolean;
  currentVisitorConsent(): Readonly<Record<string, string>>;
  setTrackingConsent(consent: Readonly<Record<string, boolean>>, callback: () => void): void;
}
interface Shopify {
  customerPrivacy?: CustomerPrivacy;
  loadFeatures?(features: readonly object[], callback: (error: unknown) => void): void;
}

/**
 * Shopify's Customer Privacy API. Its "allowed" holds regional defaults, too, so only a recorded "yes" counts as an answer;
 * `preferences` is what Shopify calls personalizing visits.
 */
export function shopifyPlatform(): ConsentPlatform {
  const shopify = () => Reflect.get(window, 'Shopify') as Shopify | undefined;
  const privacy = () => shopify()?.customerPrivacy;
  function read(isAct: boolean): PlatformHeard | undefined {
    const api = privacy();
    if (api === undefined) return undefined;
    const { preferences, analytics } = api.currentVisitorConsent();
    return {
      words: {
        personalize: wordOf(preferences, api.preferencesProcessingAllowed()),
        measure: wordOf(analytics, api.analyticsProcessingAllowed()),
        contribute: api.saleOfDataAllowed() ? 'allowed' : 'denied',
      },
      isAct,
      noticeId: 'shopify',
      ...(api.saleOfDataRegion?.() === true ? { region: 'us' } : {}),
    };
  }
  /** What was to be written while the API was still loading. */
  let waiting: Readonly<Record<string, boolean>> | undefined;
  /** Writes it, once there is something and somewhere to. @returns whether it did */
  function writeWaiting(written: () => void): boolean {
    const api = privacy();
    if (api === undefined || waiting === undefined) return false;
    const consent = waiting;
    waiting = undefined;
    api.setTrackingConsent(consent, written);
    return true;
  }
  return {
    name: 'shopify',
    subscribe(hear) {
      const tell = (isAct: boolean) => {
        const heard = read(isAct);
        if (heard !== undefined) hear(heard);
      };
      document.addEventListener('visitorConsentCollected', () => {
        waiting = undefined; // what was answered there is newer
        tell(true);
      });
      whenThere(shopify, ({ customerPrivacy, loadFeatures }) => {
        const begin = () => {
          if (!writeWaiting(() => tell(false))) tell(false); // an older word must not stand against what waits
        };
        if (customerPrivacy !== undefined) begin();
        else loadFeatures?.([{ name: 'consent-tracking-api', version: '0.1' }], begin);
      });
    },
    write({ personalize, measure }) {
      const consent = Object.fromEntries(
        Object.entries({ preferences: personalize, analytics: measure }).filter(
          ([, value]) => value !== undefined,
        ),
      ) as Record<string, boolean>;
      waiting = { ...waiting, ...consent };
      writeWaiting(() => {});
    },
  };
}

/** @param recorded "yes", "no", or empty: nobody has answered */
function wordOf(recorded: string | undefined, isAllowed: boolean): PlatformWord {
  if (recorded === 'no') return 'denied';
  if (recorded === 'yes') return isAllowed ? 'granted' : 'denied';
  return isAllowed ? 'allowed' : 'pending';
}
