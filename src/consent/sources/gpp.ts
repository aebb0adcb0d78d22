import { type ConsentPlatform, every, type PlatformHeard, whenThere } from './platform.ts';
import { tcfWords } from './tcf.ts';

type Section = Readonly<Record<string, unknown>>;
/** Of the IAB's ping what is read here. https://github.com/InteractiveAdvertisingBureau/Global-Privacy-Platform (CMP API 1.1) */
interface Ping {
  readonly signalStatus?: string;
  readonly cmpStatus?: string;
  readonly cmpId?: number;
  readonly applicableSections?: readonly number[];
  /** By prefix ("usnat"); a section is its fields, or a list of subsections. */
  readonly parsedSections?: Readonly<Record<string, Section | readonly Section[]>>;
}
interface GppEvent {
  readonly eventName: string;
  readonly data: unknown;
  readonly pingData: Ping;
}
type GppApi = (command: string, callback: (event: GppEvent, isOk: boolean) => void) => void;

const OPT_OUTS = ['SaleOptOut', 'SharingOptOut', 'TargetedAdvertisingOptOut'];
const OPTED_OUT = 1;
const CHILD = 'KnownChildSensitiveDataConsents';
const REGIONS: Readonly<Record<number, string>> = {
  2: 'eea',
  5: 'ca',
  7: 'us',
  8: 'us-ca',
  9: 'us-va',
  10: 'us-co',
};
const LAST_US_SECTION = 27;
/** TCF inside GPP; its consents are lists of yes and no, from purpose 1 on. */
const TCF = 'tcfeuv2';
const TCF_SECTION = 2;

/**
 * IAB GPP. In the United States any opt-out closes what leaves the device, and a missing opt-out is no yes; in the EU its
 * TCF section counts like TCF itself. A known child closes everything.
 */
export function gppPlatform(): ConsentPlatform {
  return {
    name: 'gpp',
    subscribe(hear) {
      const find = () => Reflect.get(window, '__gpp') as GppApi | undefined;
      whenThere(find, (api) => {
        api('addEventListener', (event, isOk) => {
          const { pingData: ping } = event ?? {};
          const noticeId = `gpp/${ping?.cmpId ?? 0}`;
          if (!isOk || ping?.cmpStatus === 'error') hear({ words: every('denied'), isAct: false, noticeId });
          else if (
            ping?.signalStatus === 'ready' ||
            (event.eventName === 'signalStatus' && event.data === 'ready')
          )
            hear({ ...wordsOf(ping), isAct: event.eventName === 'sectionChange', noticeId });
        });
      });
    },
  };
}

function wordsOf(ping: Ping): Pick<PlatformHeard, 'words' | 'region'> {
  const { [TCF]: tcf, ...others } = ping.parsedSections ?? {};
  const fields = Object.values(others).flat() as Section[];
  const [first = 0] = ping.applicableSections ?? [];
  const region = REGIONS[first] ?? (first > 5 && first <= LAST_US_SECTION ? 'us' : undefined);
  const where = region === undefined ? {} : { region };
  const isChild = fields.some((section) => toNumbers(section[CHILD]).some((value) => value !== 0));
  if (isChild) return { words: every('denied'), ...where };
  if (ping.applicableSections?.includes(TCF_SECTION)) {
    if (tcf === undefined) return { words: every('pending'), ...where };
    return { words: wordsOfTcf(Object.assign({}, ...[tcf].flat())), ...where };
  }
  const isOptedOut = fields.some(
    (section) => section.Gpc === true || OPT_OUTS.some((name) => section[name] === OPTED_OUT),
  );
  const outward = isOptedOut ? 'denied' : 'allowed';
  return { words: { personalize: 'allowed', measure: outward, contribute: outward }, ...where };
}

/** The shop's own (publisher) consents count where there are any: their list is there, all no, in texts that lack the segment. */
function wordsOfTcf({ PurposeConsents, PublisherConsents, PurposeOneTreatment }: Section) {
  const own = toConsents(PublisherConsents);
  return tcfWords({
    purpose: { consents: toConsents(PurposeConsents) },
    publisher: { consents: Object.values(own).includes(true) ? own : {} },
    purposeOneTreatment: PurposeOneTreatment === true,
  });
}
const toConsents = (list: unknown): Record<string, boolean> =>
  Object.fromEntries([list].flat().map((isAllowed, i) => [i + 1, isAllowed === true]));
const toNumbers = (value: unknown): number[] => [value].flat().filter((one) => typeof one === 'number');
