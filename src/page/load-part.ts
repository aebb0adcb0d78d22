import { ReshelfError } from '../core/errors.ts';
import { partOf } from './parts.ts';
import { toScriptUrl } from './trusted.ts';

/**
 * Loads a lazy file of Reshelf: as a module where its server allows that (CORS, from another origin), else by a
 * script element, which needs no CORS but, on pages with Trusted Types, our policy.
 * @throws ReshelfError `page/part-missing` when neither way works
 */
export async function loadPart<Part>(address: string, name: string): Promise<Part> {
  const found = () => partOf<Part>(name); // left by that file alone
  if (found() === undefined) await import(address).catch(() => {});
  if (found() === undefined) await loadByElement(address).catch(() => {});
  const part = found();
  if (part === undefined)
    throw new ReshelfError(
      'page/part-missing',
      `${address} could not be loaded; serve it beside reshelf.js and allow it in script-src`,
    );
  return part;
}

function loadByElement(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new TypeError('not loaded')));
    script.src = toScriptUrl(address);
    document.head.append(script);
    script.remove(); // it runs all the same, and the shop's head stays as it was
  });
}
