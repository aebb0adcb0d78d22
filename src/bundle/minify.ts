import { gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { type Plugin, rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';

export const toJavaScript: Plugin = esbuild({ target: 'es2022', tsconfig: 'tsconfig.base.json' });

/** One word for every declaration repeats better; as wide as the other, so that maps still fit. */
export const oneWord: Plugin = {
  name: 'one-word',
  renderChunk: (code) => ({ code: code.replace(/\bconst\b/g, 'let  '), map: null }),
};

/** The licences of what is bundled (MIT, Apache-2.0, ISC) ask for their notice; comments are otherwise left out. */
export const minify: readonly Plugin[] = [
  toJavaScript,
  oneWord,
  terser({
    ecma: 2020,
    compress: { passes: 3, keep_fargs: false, unsafe_arrows: true, pure_getters: true },
    format: { comments: /^!/ },
  }),
];

export const gzipBytes = (text: string | Buffer): number => gzipSync(text, { level: 9 }).length;

/** Most bytes of what the shopper sees before the panel is opened: consent core, card, launcher and "Why here?", after gzip. */
export const BEFORE_PANEL_BYTES = 7_000;

/** The consent core by itself, minified as in `reshelf.js`, which holds it; bytes after gzip. */
export async function consentCoreBytes(): Promise<number> {
  const built = await rollup({
    input: 'src/consent/consent.ts',
    plugins: [nodeResolve(), ...minify],
    preserveEntrySignatures: 'strict',
  });
  const { output } = await built.generate({ format: 'es' });
  await built.close();
  return gzipBytes(output[0].code);
}
