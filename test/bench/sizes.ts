import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

/** Sizes of Reshelf's consent parts beside three consent tools, as they ship on npm, after gzip -9; a table for the README. */
const gzip = (text: string | Buffer): number => gzipSync(text, { level: 9 }).length;
const file = (...paths: string[]): number => paths.reduce((sum, path) => sum + gzip(readFileSync(path)), 0);
const bundle = (contents: string): number => {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return gzip(outputFiles[0]?.text ?? '');
};
/** The consent core by itself, as `reshelf.js` holds it. */
const coreBytes = (): number => bundle(`export { createConsent } from './src/consent/consent.ts';`);

const ROWS: readonly (readonly [what: string, bytes: number])[] = [
  ['Reshelf: consent core, headless (inside reshelf.js)', coreBytes()],
  ['Reshelf: card, launcher, reasons’ buttons (reshelf.ask.js)', file('dist/reshelf.ask.js')],
  ['Reshelf: TCF, GPP, Shopify, Consent Mode (reshelf.sources.js)', file('dist/reshelf.sources.js')],
  [
    'Reshelf: panel with its library and English, when opened',
    file('dist/reshelf.panel.js', 'dist/reshelf.text.keys.js', 'dist/reshelf.text.en.js'),
  ],
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
