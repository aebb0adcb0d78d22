import { createArtefactLoader } from './artefact-loader.ts';
import { TABLES_NAME } from './tables-file.ts';

/** The file `reshelf.tables.js`: one name on the worker's global object, for `openTables` to find. */
Object.assign(self, { [TABLES_NAME]: createArtefactLoader });
