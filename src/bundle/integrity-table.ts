import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Plugin } from 'rollup';
import { sri } from './sri.ts';

/** Stands in `src/page/integrity.ts` where the hash of the table belongs. */
const PLACE = 'sha384-of-reshelf.integrity.js';
/** What no page loads by itself: the entries, and files that workers load, which browsers cannot check. */
const NOT_LISTED = /^reshelf\.(js|(boot|integrity|worker|tables|weights|trainer|contribute|desk)\.js)$/;

/**
 * For the script alone, built after the files it loads: writes `reshelf.integrity.js`, the hashes of those files by name,
 * and puts that table's own hash into the script. So a script whose bytes are pinned pins every other file.
 */
export function integrityTable(banner: string): Plugin {
  return {
    name: 'integrity-table',
    renderChunk(code) {
      const names = readdirSync('dist').filter(
        (name) => /^reshelf\..*js$/.test(name) && !NOT_LISTED.test(name),
      );
      const table = Object.fromEntries(names.map((name) => [name, sri(readFileSync(`dist/${name}`))]));
      const text = `${banner}\n{const k=Symbol.for("reshelf");globalThis[k]={...globalThis[k],integrity:${JSON.stringify(table)}}}\n`;
      writeFileSync('dist/reshelf.integrity.js', text);
      if (code.split(PLACE).length !== 2) this.error(`"${PLACE}" was expected once in the script`);
      return { code: code.replace(PLACE, sri(Buffer.from(text))), map: null };
    },
  };
}
