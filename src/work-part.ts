import type { Recipe } from './core/recipe.ts';
import { startPageWork } from './page/page-work.ts';
import type { WorkPart } from './page/personalizer.ts';

/** What works on the page under a grant. */
export const partWith = (themes: readonly Recipe[]): WorkPart => ({
  startPageWork: (parts) => startPageWork({ ...parts, themes }),
});
