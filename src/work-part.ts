import { scoreEarly } from './core/early-score.ts';
import type { Recipe } from './core/recipe.ts';
import { startPageWork } from './page/page-work.ts';
import type { WorkPart } from './page/personalizer.ts';

/** What works on the page under a grant, with the scores that the head snippet uses too. */
export const partWith = (themes: readonly Recipe[]): WorkPart => ({
  startPageWork: (parts) => startPageWork({ ...parts, themes, scoreNow: scoreEarly }),
});
