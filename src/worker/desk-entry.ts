import { answer } from './desk/answer.ts';
import { DESK_NAME } from './desk-file.ts';

/** The file `reshelf.desk.js`: one name on the worker's global object, for `openDesk` to find. */
Object.assign(self, { [DESK_NAME]: answer });
