import type { ArtefactLoader, ArtefactLoaderParts } from './artefact-loader.ts';
import { besideWorker } from './beside.ts';

/** Where `reshelf.tables.js` leaves its one function: two classic scripts share nothing else. */
export const TABLES_NAME = 'reshelfTables';
const FILE_NAME = 'reshelf.tables.js';

/**
 * Loads the code that reads the shop's own tables, from beside the worker's file: shops without tables never load it.
 * @returns a loader that finds nothing when that file cannot be had; `onFailure` is told
 */
export function openTables(parts: ArtefactLoaderParts): ArtefactLoader {
  try {
    importScripts(besideWorker(FILE_NAME));
    const create = Reflect.get(self, TABLES_NAME) as (parts: ArtefactLoaderParts) => ArtefactLoader; // set by that file
    return create(parts);
  } catch (cause) {
    parts.onFailure(new Error(`${FILE_NAME} could not be loaded`, { cause }));
    return { load: async () => new Map(), model: async () => undefined };
  }
}
