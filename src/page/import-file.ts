/**
 * Imports a file of Reshelf, checked against its hash where one is given: `import()` takes none, but it uses the module
 * that a preloading link has fetched and checked (https://html.spec.whatwg.org/#link-type-modulepreload).
 * @throws TypeError when the file cannot be had, has another hash, or the browser cannot check it
 */
export async function importFile(address: string, integrity?: string): Promise<object> {
  if (integrity !== undefined) await preload(address, integrity);
  return import(/* webpackIgnore: true */ /* @vite-ignore */ address);
}

function preload(href: string, integrity: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    const refuse = () => reject(new TypeError(`${href} is not the published file, or could not be checked`));
    if (!link.relList.supports('modulepreload')) return refuse();
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', refuse);
    Object.assign(link, { rel: 'modulepreload', integrity, crossOrigin: 'anonymous', href });
    document.head.append(link);
    link.remove();
  });
}
