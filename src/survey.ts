import { leaveParts } from './page/parts.ts';
import { survey } from './page/survey.ts';

/** What `reshelf inspect` runs in the page; no file of the shop's. */
leaveParts({ survey });
