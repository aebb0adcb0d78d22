import { ReshelfError } from '../core/errors.ts';
import { importFile } from './import-file.ts';
import { partOf } from './parts.ts';
import { toScriptUrl } from './trusted.ts';

/**
 * Loads a lazy file of Reshelf: as a module where its server allows that (CORS, from another origin), else by a
 * script element, which needs no CORS but, on pages with Trusted Types, our policy.
 * @param integrity SRI hash that the file must have; from another origin it needs CORS in any case
 * @throws ReshelfError `page/part-missing` when neither way works
 */
export async function loadPart<Part>(address: string, name: string, integrity?: string): Promise<Part> {
  const found = () => partOf<Part>(name); // left by that file alone
  if (found() === undefined) await importFile(address, integrity).catch(() => {});
  if (found() === undefined) await loadByElement(address, integrity).catch(() => {});
  const part = found();
  if (part === undefined)
    throw new ReshelfError(
      'page/part-missing',
      `${address} could not be loaded; serve it unchanged beside reshelf.js and allow it in script-src`,
    );
  return part;
}

function loadByElement(address: string, integrity: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new TypeError('not loaded')));
    if (integrity !== undefined) Object.assign(script, { integrity, crossOrigin: 'anonymous' });
    script.src = toScriptUrl(address);
    document.head.append(script);
    script.remove(); // it runs all the same, and the shop's head stays as it was
  });
}
