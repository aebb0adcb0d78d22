import { beside } from '../core/beside.ts';
import { ReshelfError } from '../core/errors.ts';
import { importFile } from './import-file.ts';
import type { IntegrityOf } from './integrity.ts';
import type { Settings } from './settings.ts';

/**
 * Loads the file `reshelf.<name>.js`.
 * @param attempt tries before this one: a module that failed has failed for good under its address
 * @throws ReshelfError `page/part-missing`
 */
export type LoadFile = (name: string, attempt?: number) => Promise<object>;

/** The files stand beside the script. */
export function createFileLoader({ filesUrl, workerUrl }: Settings, integrityOf?: IntegrityOf): LoadFile {
  return async (name, attempt = 0) => {
    const file = `reshelf.${name}.js`;
    const url = beside(file, filesUrl ?? workerUrl, document.baseURI) + (attempt > 0 ? `#${attempt}` : '');
    const integrity = await integrityOf?.(file);
    return importFile(url, integrity).catch((cause: unknown) => {
      const advice = 'serve it unchanged beside reshelf.js, from another origin with CORS';
      throw new ReshelfError('page/part-missing', `${url} could not be loaded; ${advice}`, { cause });
    });
  };
}
