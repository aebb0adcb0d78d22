import { scoreEarly } from './core/early-score.ts';
import { startPageWork } from './page/page-work.ts';
import type { WorkPart } from './page/personalizer.ts';

/** What works on the page under a grant, with the scores that the head snippet uses too. */
export const part: WorkPart = {
  startPageWork: (parts) => startPageWork({ ...parts, scoreNow: scoreEarly }),
};
