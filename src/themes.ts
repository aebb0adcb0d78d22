import { leaveParts } from './page/parts.ts';
import { THEMES } from './page/themes.ts';

/** The file `reshelf.themes.js`: how shop systems mark their products; it loads beside `reshelf.lists.js`. */
leaveParts({ themes: THEMES });
