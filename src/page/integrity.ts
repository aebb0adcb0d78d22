import { ReshelfError } from '../core/errors.ts';
import { loadPart } from './load-part.ts';

/** Hash of the table of hashes; the build puts it here. */
const TABLE_HASH = 'sha384-of-reshelf.integrity.js';

/** Tells the SRI hash that a file of Reshelf must have, by its name; `undefined` where nothing is to be checked. */
export type IntegrityOf = (name: string) => Promise<string | undefined>;

/**
 * A tag with an `integrity` attribute wants every byte checked, so the files that the script loads later are, too. The
 * hashes are a file of their own, `reshelf.integrity.js`, which only such shops load.
 */
export function createIntegrity(tag: HTMLScriptElement, fileOf: (name: string) => string): IntegrityOf {
  let table: Promise<Readonly<Record<string, string>>> | undefined;
  return async (name) => {
    if (tag.integrity === '') return undefined;
    table ??= loadPart(fileOf('reshelf.integrity.js'), 'integrity', TABLE_HASH);
    const hash = (await table)[name];
    if (hash === undefined) throw new ReshelfError('page/part-missing', `no hash of ${name} was published`);
    return hash;
  };
}
