import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Plugin } from 'rollup';
import { type Published, snippetOf } from '../cli/snippet/snippet.ts';
import { sri } from './sri.ts';

/**
 * Runs after everything is built: copies what a shop serves to `dist/cdn/<version>-<hash>/`, a name that never means
 * anything else and may be cached for ever, writes `dist/integrity.json` and prints the lines for the head.
 */
export function versionedCopy(version: string): Plugin {
  return {
    name: 'versioned-copy',
    writeBundle() {
      const names = readdirSync('dist').filter((name) => /^reshelf\..*js(\.map)?$/.test(name));
      const files = Object.fromEntries(
        names.filter((name) => name.endsWith('.js')).map((name) => [name, sri(readFileSync(`dist/${name}`))]),
      );
      const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 8);
      const published: Published = { version, folder: `${version}-${hash}`, files };
      const folder = `dist/cdn/${published.folder}`;
      rmSync('dist/cdn', { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      for (const name of names) copyFileSync(`dist/${name}`, `${folder}/${name}`);
      writeFileSync('dist/integrity.json', `${JSON.stringify(published, undefined, 2)}\n`);
      console.log(
        `\n${folder} holds all files; for the head of every page, before the style sheets, once it is served at /reshelf/:\n`,
      );
      console.log(snippetOf(published, `/reshelf/${published.folder}/`).html);
      console.log('\nFor another address, and for the policy that it needs: npx reshelf snippet <address>');
    },
  };
}
