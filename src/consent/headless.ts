import { asEpochMs } from '../core/ids.ts';
import { hasSignal } from '../core/opt-out.ts';
import type { PlatformWord, PurposeName } from '../core/purpose-state.ts';
import type { ConsentReceipt, Purpose } from '../core/receipt.ts';
import type { Terms } from '../core/terms.ts';
import { type Consent, createConsent } from './consent.ts';

/** What a page of your own brings to the consent core. */
export interface HeadlessSettings {
  /** What an answer is an answer to; a change of it asks again. */
  readonly terms: Terms;
  /**
   * Brings your data in line with an answer; awaited before `set`, `withdraw` and `pause` resolve. `mustPurge`: delete
   * everything that a yes allowed. When it rejects, the purge is asked for again at the next start.
   */
  readonly enforce: (receipt: ConsentReceipt, mustPurge: boolean) => Promise<void>;
  /** localStorage key of the remembered answer; "reshelf:choice" by default, which Reshelf itself uses. */
  readonly storageKey?: string;
  /** Whose law applies, e.g. "eea", "us-ca"; the strictest by default. */
  readonly region?: string;
  /** Your own no: a private page, a known child. */
  readonly isOff?: () => boolean;
  /** What your consent platform says of a purpose; `silent` by default: there is none. */
  readonly platform?: (purpose: Purpose) => PlatformWord;
  /** Told of every change of a state. */
  readonly onChange?: (purpose: Purpose, from: PurposeName, to: PurposeName) => void;
}

/**
 * The consent core by itself: purposes, states, receipts and Global Privacy Control, in every open tab, without any user
 * interface, worker or list. Resolves when the remembered answer has been checked; a purge that is still owed is done first.
 */
export async function createHeadlessConsent(settings: HeadlessSettings): Promise<Consent> {
  const { terms, storageKey = 'reshelf:choice', region = '', isOff = () => false } = settings;
  const core = createConsent({
    storageKey,
    turn: () => Promise.resolve(),
    terms,
    isOff,
    clock: () => asEpochMs(Date.now()),
    random: (into) => void crypto.getRandomValues(into),
    region: () => region,
    signal: hasSignal,
    platform: settings.platform ?? (() => 'silent'),
    enforce,
    onOtherTab: () => void core.refresh(),
    announce: settings.onChange ?? (() => {}),
  });
  async function enforce(receipt: ConsentReceipt): Promise<void> {
    const { purgePending } = core.read();
    await settings.enforce(receipt, purgePending);
    if (purgePending) core.note({ purgePending: false });
  }
  await core.verify();
  const [receipt] = core.api.history();
  if (receipt !== undefined && core.read().purgePending) await enforce(receipt).catch(() => {}); // still owed, then
  await core.expire().catch(() => {}); // likewise
  core.refresh();
  return core.api;
}
