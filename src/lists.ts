import { leaveParts } from './page/parts.ts';
import { part } from './work-part.ts';

/** The file `reshelf.lists.js`: finders, themes and moving; the script loads it with a grant. */
leaveParts({ lists: part });
