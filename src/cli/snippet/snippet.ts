import { createHash } from 'node:crypto';

/** What the build has made: `dist/integrity.json`. */
export interface Published {
  readonly version: string;
  /** "0.1.0-1a2b3c4d": the version and a hash of all files. */
  readonly folder: string;
  /** SRI hashes by file name. */
  readonly files: Readonly<Record<string, string>>;
}

export interface Snippet {
  /** The lines for the head. */
  readonly html: string;
  /** What a Content-Security-Policy must allow, directive by directive. */
  readonly policy: Readonly<Record<string, string>>;
}

/**
 * The lines that pin every file of one release. The import map carries the hash of `reshelf.js`, which the head snippet
 * loads by `import()` (https://html.spec.whatwg.org/#import-map-integrity-map); `reshelf.js` knows the others.
 * @param base address of the folder with the files, absolute or from the site's root, with a slash at its end
 * @throws Error when a file is not among those published
 */
export function snippetOf({ files }: Published, base: string): Snippet {
  const hashOf = (name: string): string => {
    const hash = files[name];
    if (hash === undefined) throw new Error(`${name} is not among the published files`);
    return hash;
  };
  const map = JSON.stringify({ integrity: { [`${base}reshelf.js`]: hashOf('reshelf.js') } });
  const mapHash = `'sha256-${createHash('sha256').update(map).digest('base64')}'`;
  const isOwn = base.startsWith('/');
  const origin = isOwn ? "'self'" : new URL(base).origin;
  return {
    html: `<script type="importmap">${map}</script>
<script src="${base}reshelf.boot.js" integrity="${hashOf('reshelf.boot.js')}" crossorigin="anonymous"></script>`,
    policy: {
      'script-src': `${origin} ${mapHash}`,
      'worker-src': isOwn ? "'self'" : 'blob:',
      'trusted-types': 'reshelf',
    },
  };
}
