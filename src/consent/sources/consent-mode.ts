import type { ConsentState } from '../consent.ts';

type Command = readonly [
  command: 'consent',
  what: 'default' | 'update',
  values: Readonly<Record<string, string | number>>,
];

/** How long Google's tags wait for an update, in ms. */
const WAIT_MS = 500;

/**
 * Tells Google Consent Mode the one type that is ours, `personalization_storage`: first the default, then every update.
 * It is emitted and never read, because gtag has no documented getter.
 * https://developers.google.com/tag-platform/security/guides/consent
 */
export function createConsentMode(): (state: ConsentState) => void {
  const page = window as { dataLayer?: unknown[] };
  page.dataLayer ??= [];
  const layer = page.dataLayer;
  // gtag pushes its `arguments` object, and Google's tags tell it from an array
  function gtag(..._command: Command): void {
    // biome-ignore lint/complexity/noArguments: an array would be taken for data
    layer.push(arguments);
  }
  gtag('consent', 'default', { personalization_storage: 'denied', wait_for_update: WAIT_MS });
  let told = 'denied';
  return ({ personalize }) => {
    const word = personalize.effective ? 'granted' : 'denied';
    if (word === told) return;
    told = word;
    gtag('consent', 'update', { personalization_storage: word });
  };
}
