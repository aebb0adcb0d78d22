import { leaveParts } from './page/parts.ts';
import { partWith } from './work-part.ts';

/** The file `reshelf.lists.js`: finders and moving; the script loads it with a grant. */
leaveParts({ lists: partWith });
