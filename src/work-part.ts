import { startPageWork } from './page/page-work.ts';
import type { WorkPart } from './page/personalizer.ts';

/** What works on the page under a grant. */
export const part: WorkPart = { startPageWork };
