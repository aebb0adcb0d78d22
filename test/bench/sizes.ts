import { readFileSync } from 'node:fs';
import { buildSync } from 'esbuild';
import { consentCoreBytes, gzipBytes } from '../../src/bundle/minify.ts';

/** Sizes of Reshelf's consent parts beside three consent tools, as they ship on npm, after gzip -9; a table for the README. */
const file = (...paths: string[]): number =>
  paths.reduce((sum, path) => sum + gzipBytes(readFileSync(path)), 0);
const bundle = (contents: string): number => {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return gzipBytes(outputFiles[0]?.text ?? '');
};
const core = await consentCoreBytes();
const ROWS: readonly (readonly [what: string, bytes: number])[] = [
  ['Reshelf: consent core (in `reshelf.js`)', core],
  ['Reshelf: card, launcher, "Why here?" (`reshelf.ask.js`)', file('dist/reshelf.ask.js')],
  ['Reshelf: both, all that the shopper sees before the panel', core + file('dist/reshelf.ask.js')],
  ['Reshelf: consent core for a page of your own, headless (`reshelf/consent`)', file('dist/consent.js')],
  ['Reshelf: reasons, when one is opened (`reshelf.why.js`)', file('dist/reshelf.why.js')],
  ['Reshelf: TCF, GPP, Shopify, Consent Mode (reshelf.sources.js)', file('dist/reshelf.sources.js')],
  ...['English, en', 'German, de', 'French, fr', 'Spanish, es', 'Japanese, ja', 'Arabic, ar'].map(
    (language): [string, number] => {
      const [name, tag] = language.split(', ');
      const files = ['panel', 'text.keys', `text.${tag}`].map((one) => `dist/reshelf.${one}.js`);
      return [`Reshelf: panel with its library and ${name}, when opened`, file(...files)];
    },
  ),
  ['Klaro 0.7.22, with styles and translations', file('node_modules/klaro/dist/klaro.js')],
  [
    'vanilla-cookieconsent 3.1.0, with styles',
    file(
      'node_modules/vanilla-cookieconsent/dist/cookieconsent.umd.js',
      'node_modules/vanilla-cookieconsent/dist/cookieconsent.css',
    ),
  ],
  ['c15t 2.2.1, core only, bundled', bundle(`export { getOrCreateConsentRuntime } from 'c15t';`)],
];
for (const [what, bytes] of ROWS) console.log(`| ${what} | ${bytes.toLocaleString('en')} |`);
