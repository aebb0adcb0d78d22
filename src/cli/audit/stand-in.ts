/** Whom the browser plays. */
export interface Person {
  /** Empty: the page does not know. */
  readonly region: string;
  readonly signal: 'none' | 'gpc' | 'platform';
}

const WORDS = { none: 'no signal', gpc: 'Global Privacy Control', platform: 'refused consent platform' };
export const nameOf = ({ region, signal }: Person): string =>
  `${region || 'unknown region'}, ${WORDS[signal]}`;

/**
 * Runs in the page before anything else: puts the person's region where the shop's server would put it, before the script
 * runs; sends the opt-out signal; and answers as a TCF platform in which everything was refused.
 */
export function standIn({ region, signal }: Person): void {
  if (signal === 'gpc')
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {
      get: () => true,
      configurable: true,
    });
  if (signal === 'platform') {
    const refused = {
      eventStatus: 'tcloaded',
      cmpStatus: 'loaded',
      gdprApplies: true,
      cmpId: 1,
      tcfPolicyVersion: 5,
      purpose: { consents: {} },
      publisher: { consents: {} },
    };
    const api = (command: string, _version: number, callback: (data: object, isOk: boolean) => void) => {
      if (command === 'addEventListener') callback(refused, true);
    };
    Object.defineProperty(window, '__tcfapi', { get: () => api, set: () => {} }); // the shop's own must not overwrite it
  }
  const dress = () => {
    for (const meta of document.querySelectorAll('meta[name="reshelf-region"]')) meta.remove();
    for (const tag of document.querySelectorAll('script[src*="reshelf"]')) {
      if (region === '') tag.removeAttribute('data-reshelf-region');
      else if (tag.getAttribute('data-reshelf-region') !== region)
        tag.setAttribute('data-reshelf-region', region);
      if (signal !== 'platform' || tag.getAttribute('data-reshelf-platform') === 'tcf') continue;
      tag.setAttribute('data-reshelf-platform', 'tcf');
      tag.removeAttribute('data-reshelf-mode');
    }
  };
  const observer = new MutationObserver(dress);
  observer.observe(document, { childList: true, subtree: true });
  addEventListener('DOMContentLoaded', () => observer.disconnect());
}
