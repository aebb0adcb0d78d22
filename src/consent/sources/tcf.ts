import type { PlatformWord } from '../../core/purpose-state.ts';
import { type ConsentPlatform, every, type PlatformHeard, whenThere } from './platform.ts';

type Consents = Readonly<Record<string, boolean>>;
/** Of the IAB's TCData what is read here. https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework (TCF 2.3, CMP API v2) */
interface TcData extends TcConsents {
  readonly eventStatus?: string;
  readonly cmpStatus?: string;
  readonly gdprApplies?: boolean;
  readonly cmpId?: number;
  readonly tcfPolicyVersion?: number;
}
interface TcConsents {
  readonly purposeOneTreatment?: boolean;
  readonly purpose?: { readonly consents?: Consents };
  readonly publisher?: { readonly consents?: Consents };
}
type TcfApi = (command: string, version: number, callback: (data: TcData, isOk: boolean) => void) => void;

/**
 * Store and access, then the purposes that a content profile takes; legitimate interest never counts.
 * A shop is no vendor: its own (publisher) consents are read first.
 */
const NEEDED = { personalize: [1, 5, 6], measure: [1, 8], contribute: [1, 8, 10] } as const;

/** IAB TCF 2.3: only `tcloaded` and `useractioncomplete` are decisions; `cmpuishown` is none. */
export function tcfPlatform(): ConsentPlatform {
  return {
    name: 'tcf',
    subscribe(hear) {
      const find = () => Reflect.get(window, '__tcfapi') as TcfApi | undefined;
      whenThere(find, (api) => {
        api('addEventListener', 2, (data, isOk) => {
          const noticeId = `tcf/${data?.cmpId ?? 0}/${data?.tcfPolicyVersion ?? 0}`;
          if (!isOk || data.cmpStatus === 'error') {
            hear({ words: every('denied'), isAct: false, noticeId });
            return;
          }
          if (data.gdprApplies === false) {
            hear({ words: every('allowed'), isAct: false, noticeId });
            return;
          }
          const isDecision = data.eventStatus === 'tcloaded' || data.eventStatus === 'useractioncomplete';
          if (data.gdprApplies === undefined || !isDecision) return; // nobody knows yet
          hear({
            words: tcfWords(data),
            isAct: data.eventStatus === 'useractioncomplete',
            noticeId,
            region: 'eea',
          });
        });
      });
    },
  };
}

/** What the consents of TCF mean for our purposes. */
export const tcfWords = (data: TcConsents): PlatformHeard['words'] => ({
  personalize: wordOf(data, NEEDED.personalize),
  measure: wordOf(data, NEEDED.measure),
  contribute: wordOf(data, NEEDED.contribute),
});

/** Where purpose 1 is never asked (`purposeOneTreatment`), the rest is no answer to storing: our own card must ask. */
function wordOf(
  { publisher, purpose, purposeOneTreatment }: TcConsents,
  needed: readonly number[],
): PlatformWord {
  const own = publisher?.consents ?? {};
  const consents = Object.keys(own).length > 0 ? own : (purpose?.consents ?? {});
  const isMissing = (n: number) => consents[n] !== true && !(n === 1 && purposeOneTreatment === true);
  if (needed.some(isMissing)) return 'denied';
  return purposeOneTreatment === true ? 'allowed' : 'granted';
}
