/** What is looked at, with the sentence that the report gives it. */
export const CHECKS = {
  start: 'Reshelf starts on the page',
  'before an answer': 'Before an answer nothing is requested and nothing is kept',
  'after refusal': 'After a refusal nothing is requested, and only the answer is kept',
  'after withdrawal': 'After a withdrawal no behaviour is left and nothing is requested',
  'global privacy control':
    'Under Global Privacy Control nobody is asked, and a yes that does not know of it counts for nothing',
  'consent platform': 'What was refused in the consent platform stays off, whatever the page says',
  egress: 'After a grant nothing leaves but requests for Reshelf’s own files and listed hosts',
  integrity: 'Every file is pinned by its hash, and is the published one',
  policy: 'The page’s Content-Security-Policy lets Reshelf work and nothing more',
  panel: 'The privacy panel opens, is left and is used by keyboard, without a violation that axe finds',
  sort: 'An order that the shopper chose stays',
  pins: 'Sponsored, pinned and sold-out places stay where they are',
  stability: 'Nothing in view changes and nothing shifts',
  notice: 'The notice’s table is that of the running configuration, and not old',
  hosts: 'Every host that receives anything is listed with its region',
} as const;
export type Check = keyof typeof CHECKS;

/** A `fault` makes the audit fail; a `warning` does not; a `note` says what could not be looked at, or what was found. */
export interface Finding {
  readonly level: 'fault' | 'warning' | 'note';
  readonly check: Check;
  /** As whom, e.g. "eea, Global Privacy Control". */
  readonly as: string;
  readonly told: string;
}
export type Tell = (level: Finding['level'], check: Check, as: string, told: string) => void;
