import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import type { Plugin, RollupOptions } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';
import { integrityTable } from './src/bundle/integrity-table.ts';
import {
  BEFORE_PANEL_BYTES,
  consentCoreBytes,
  gzipBytes,
  minify,
  oneWord,
  toJavaScript,
} from './src/bundle/minify.ts';
import { versionedCopy } from './src/bundle/versioned-copy.ts';
import { LOG_SCHEMA } from './src/cli/verify/log-schema.ts';
import { TEXTS as ar } from './src/panel/text/ar.ts';
import { TEXTS as de } from './src/panel/text/de.ts';
import { TEXTS as en } from './src/panel/text/en.ts';
import { TEXTS as es } from './src/panel/text/es.ts';
import { TEXTS as fr } from './src/panel/text/fr.ts';
import { TEXTS as ja } from './src/panel/text/ja.ts';
import type { Texts } from './src/panel/text/text.ts';

/** Most bytes a file may have after gzip, as promised in the README. */
const BUDGET_BYTES: Readonly<Record<string, number>> = {
  'reshelf.boot.js': 2_500,
  'reshelf.lists.js': 16_750,
  'reshelf.themes.js': 3_500,
  'reshelf.js': 14_000,
  'reshelf.worker.js': 15_000,
  'consent.js': 4_000,
  'reshelf.trainer.js': 45_000,
  'reshelf.contribute.js': 45_000,
  'reshelf.debug.js': 16_000, // for who looks with ?reshelf-debug; it brings the finders with it
  'reshelf.ask.js': 4_000,
  'reshelf.why.js': 2_000,
  'reshelf.panel.js': 12_700, // with the keys and any language 16 kB
  'reshelf.proof.js': 2_000,
  'reshelf.share.js': 2_500,
  'reshelf.shared.js': 6_000,
  'reshelf.sources.js': 4_000,
  'reshelf.desk.js': 7_000,
  'react.js': 2_500,
  'vue.js': 2_500,
  'svelte.js': 2_500,
  'reshelf.text.keys.js': 1_000,
  'reshelf.text.en.js': 2_500,
  'reshelf.text.de.js': 2_500,
  'reshelf.text.fr.js': 2_500,
  'reshelf.text.es.js': 2_500,
  'reshelf.text.ja.js': 2_500,
  'reshelf.text.ar.js': 2_500,
};

/** The panel with its library, the keys and one language, whichever. */
const OPENED_PANEL_BYTES = 16_000;

/** Each language of the panel is a file of its own. */
const LANGUAGES: Readonly<Record<string, Texts>> = { en, de, fr, es, ja, ar };

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const banner = `/*! reshelf ${version} | MIT */`;
const tensorflowNotice =
  '\n/*! with parts of TensorFlow.js 4.22.0 | Copyright Google LLC | Apache-2.0, https://www.apache.org/licenses/LICENSE-2.0 */';

const contributeNotice =
  '\n/*! with @divviup/dap 0.9.1 and its parts | Copyright ISRG | MPL-2.0, source at https://github.com/divviup/divviup-ts; @hpke/core | MIT; buffer | MIT */';

/** Fails the build when a file outgrows its budget. */
function budget(): Plugin {
  return {
    name: 'budget',
    writeBundle(_options, bundle) {
      for (const [name, chunk] of Object.entries(bundle)) {
        const limit = BUDGET_BYTES[name];
        if (limit === undefined || chunk.type !== 'chunk') continue;
        const size = gzipBytes(chunk.code);
        if (size > limit) this.error(`${name} is ${size} bytes after gzip; its budget is ${limit}`);
        console.log(`${name}: ${size} of ${limit} bytes after gzip`);
      }
    },
  };
}

/** Fails the build when what the shopper sees before the panel is opened outgrows its budget. */
const budgetBeforePanel: Plugin = {
  name: 'budget-before-panel',
  async writeBundle(_options, bundle) {
    const ask = bundle['reshelf.ask.js'];
    if (ask?.type !== 'chunk') return;
    const size = (await consentCoreBytes()) + gzipBytes(ask.code);
    const told = `before the panel (consent core, card, launcher, why): ${size} of ${BEFORE_PANEL_BYTES} bytes after gzip`;
    if (size > BEFORE_PANEL_BYTES) this.error(told);
    console.log(told);
  },
};

/**
 * TensorFlow.js by its parts wherever it is imported: the engine without its extras, and of the CPU backend only what
 * `src/learn/tensor-parts.ts` registers. Random tensors and hashes of text, which need packages of their own, are never reached.
 */
function tensorParts(): Plugin {
  const unreached = '\0unreached';
  return {
    name: 'tensor-parts',
    resolveId(source) {
      if (source === './hash_util' || source === 'seedrandom')
        return { id: unreached, moduleSideEffects: false };
      if (source === '@tensorflow/tfjs-core')
        return { id: resolve('node_modules/@tensorflow/tfjs-core/dist/base.js'), moduleSideEffects: false };
      if (source === '@tensorflow/tfjs')
        return { id: resolve('src/learn/tensor-parts.ts'), moduleSideEffects: true };
      return null;
    },
    load: (id) => (id === unreached ? 'export const alea = undefined;' : null),
  };
}

/** Writes `reshelf.inline.js`: the worker's source as text, for pages on which only a blob can be a worker. */
function inlineWorker(): Plugin {
  return {
    name: 'inline-worker',
    writeBundle(_options, bundle) {
      const chunk = bundle['reshelf.worker.js'];
      if (chunk?.type !== 'chunk') return;
      const source = JSON.stringify(chunk.code.replace(/\/\/# sourceMappingURL=.*/, ''));
      const code = `${banner}\n{const k=Symbol.for("reshelf");globalThis[k]={...globalThis[k],inline:${source}}}\n`;
      writeFileSync('dist/reshelf.inline.js', code);
    },
  };
}

/**
 * comlink without what no call here uses: functions as arguments, which alone tie its two halves together, and errors, which
 * travel as data (`src/wire/reply.ts`). Without them the worker keeps only `expose` and the page only `wrap`.
 */
function plainCallsOnly(): Plugin {
  /** From the first text up to the second, which stays. */
  const unused: readonly (readonly [from: string, until: string])[] = [
    ['["proxy", proxyTransferHandler],', '\n]);\nfunction isAllowedOrigin'], // `replying` makes every failure a reply
    ['for (const [name, handler] of transferHandlers) {', 'return [\n        {\n            type: "RAW"'],
    ['case "HANDLER"', 'case "RAW"'],
    ['"FinalizationRegistry" in globalThis &&', ';\nfunction registerProxy'], // one worker per page, ended by `terminate`
    ['case "GET"', 'case "APPLY"'],
    ['case "CONSTRUCT"', 'default:\n                    return;'],
    ['if (type === "RELEASE"', '})\n            .catch((error)'],
    ['set(_target, prop, rawValue) {', 'apply(_target'],
    ['construct(_target, rawArgumentList) {', '});\n    registerProxy'],
    ['if (last === createEndpoint) {', '// We just pretend'],
    ['if (prop === releaseProxy) {', 'if (prop === "then")'],
  ];
  return {
    name: 'plain-calls-only',
    transform(code, id) {
      if (!id.endsWith('comlink/dist/esm/comlink.mjs')) return null;
      let rest = code;
      for (const [from, until] of unused) {
        const start = rest.indexOf(from);
        const end = rest.indexOf(until, start);
        if (start < 0 || end < 0) this.error(`comlink has changed: "${from}" is not where it was`);
        rest = rest.slice(0, start) + rest.slice(end);
      }
      return { code: rest.replace('proxyFinalizers = ;', 'proxyFinalizers = undefined;'), map: null };
    },
  };
}

/** idb without its cursors as async iterators, which nothing here uses and every worker would carry. */
function withoutIterators(): Plugin {
  return {
    name: 'without-iterators',
    transform(code, id) {
      if (!id.endsWith('idb/build/index.js')) return null;
      const start = code.indexOf('const advanceMethodProps');
      const end = code.indexOf('export {', start);
      if (start < 0 || end < 0) this.error('idb has changed: its iterators are not where they were');
      return { code: code.slice(0, start) + code.slice(end), map: null };
    },
  };
}

/** Of HPKE the one suite that both our aggregators and Janus offer: the library's sealed-for-everything bundle is twice the size. */
function sealParts(): Plugin {
  return {
    name: 'seal-parts',
    resolveId: (source) => (source === 'hpke-js' ? resolve('src/contribute/hpke-parts.ts') : null),
  };
}

/** Style sheets in template literals, without the white space that only people need. */
const tightStyles: Plugin = {
  name: 'tight-styles',
  transform(code, id) {
    if (!/src\/panel\/.*\.ts$/.test(id)) return null;
    const tight = (css: string) =>
      css.includes(':host')
        ? css
            .replace(/\s*\n\s*/g, '')
            .replace(/(?<=[{;:,]) | (?=[{!])|;? ?(?=})|\b0(?=\.\d)/g, '')
            .replace(/(?<=[a-z]) ([+>]) /g, '$1')
        : css;
    return { code: code.replace(/`[^`]*`/g, tight), map: null };
  },
};

/** Ajv reads its own schemas as JSON. */
const jsonModules: Plugin = {
  name: 'json-modules',
  transform: (code, id) => (id.endsWith('.json') ? { code: `export default ${code}`, map: null } : null),
};

/** The JSON Schema of saved receipts, for programs that check them by themselves. */
const schemaFile: Plugin = {
  name: 'schema-file',
  writeBundle: () => writeFileSync('dist/receipt.schema.json', `${JSON.stringify(LOG_SCHEMA, null, 2)}\n`),
};

/** `text:keys` is the list of all keys, `text:de` the texts in that order: so that no language pays for the keys again. */
function texts(): Plugin {
  const keys = Object.keys(en) as (keyof Texts)[];
  return {
    name: 'texts',
    resolveId: (id) => (id.startsWith('text:') ? `\0${id}` : null),
    load(id) {
      const language = id.startsWith('\0text:') ? id.slice('\0text:'.length) : undefined;
      if (language === undefined) return null;
      if (language === 'keys') return `export const KEYS = ${JSON.stringify(keys.join(' '))}.split(' ');`;
      return `export const TEXTS = ${JSON.stringify(keys.map((key) => LANGUAGES[language]?.[key]))};`;
    },
  };
}

/**
 * The head snippet, byte for byte: names of its own need not last.
 * What it shares with other files or reads from storage keeps its name.
 */
const tightSnippet = [
  oneWord,
  terser({
    ecma: 2020,
    compress: {
      passes: 6,
      keep_fargs: false,
      unsafe_arrows: true,
      pure_getters: true,
      unsafe: true,
      hoist_funs: true,
      unsafe_comps: true,
      inline: 1,
      booleans_as_integers: true,
    },
    mangle: { properties: { builtins: true, regex: /^(isMovable|back|element|position)$/ } },
  }),
] satisfies Plugin[];

const compress = [...minify, budget(), budgetBeforePanel, inlineWorker()];
const plugins = [
  tensorParts(),
  plainCallsOnly(),
  withoutIterators(),
  texts(),
  tightStyles,
  nodeResolve(),
  ...compress,
];

/** Compiled packages' ways of writing classes, which we cannot mend, are not worth a warning each. */
const quietPackages: RollupOptions['onLog'] = (level, log, handle) => {
  const isTheirs = (log.id ?? log.ids?.[0] ?? '').includes('node_modules');
  if (
    !(
      isTheirs &&
      ['THIS_IS_UNDEFINED', 'CIRCULAR_DEPENDENCY', 'INVALID_ANNOTATION', 'UNRESOLVED_IMPORT'].includes(
        log.code ?? '',
      )
    )
  )
    handle(level, log);
};

function bundle(input: string, file: string, format: 'iife' | 'es', notice = ''): RollupOptions {
  return {
    input,
    plugins,
    output: { file: `dist/${file}`, format, sourcemap: true, banner: banner + notice },
  };
}

/** Panel, keys and each language were made before: together they are what opening the panel costs. */
const budgetPanel: Plugin = {
  name: 'budget-panel',
  writeBundle() {
    const size = (name: string) => gzipBytes(readFileSync(`dist/reshelf.${name}.js`));
    for (const language of Object.keys(LANGUAGES)) {
      const total = size('panel') + size('text.keys') + size(`text.${language}`);
      if (total > OPENED_PANEL_BYTES)
        this.error(
          `the panel in ${language} is ${total} bytes after gzip; its budget is ${OPENED_PANEL_BYTES}`,
        );
    }
  },
};

const script: RollupOptions = {
  ...bundle('src/script.ts', 'reshelf.js', 'iife'),
  plugins: [...plugins, integrityTable(banner)],
};

/** Tells React's servers that a file is for the browser; the minifier takes a directive out, so it comes last. */
const clientOnly: Plugin = {
  name: 'client-only',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk') {
        file.code = `"use client";\n${file.code}`;
        if (file.map !== null) file.map.mappings = `;${file.map.mappings}`;
      }
  },
};

/** A framework's binding: an entry point of its own, with the framework left to the shop. */
const binding = (framework: string, more: readonly Plugin[] = []): RollupOptions[] => [
  {
    ...bundle(`src/${framework}.ts`, `${framework}.js`, 'es'),
    external: /^(react|vue|svelte)\b/,
    plugins: [...plugins, ...more],
  },
  {
    input: `src/${framework}.ts`,
    external: /^(react|vue|svelte)\b/,
    plugins: [dts({ tsconfig: 'tsconfig.page.json' })],
    output: { file: `dist/${framework}.d.ts`, format: 'es' },
  },
];

export default [
  {
    input: 'src/boot.ts', // every byte of it stands before the first paint: no banner, no mode, no address of its map
    plugins: [nodeResolve(), toJavaScript, ...tightSnippet, budget()],
    output: { file: 'dist/reshelf.boot.js', format: 'iife', strict: false, sourcemap: 'hidden' },
  },
  bundle('src/worker/entry.ts', 'reshelf.worker.js', 'iife'),
  bundle('src/worker/tables-entry.ts', 'reshelf.tables.js', 'iife'),
  bundle('src/worker/weights-entry.ts', 'reshelf.weights.js', 'iife'),
  bundle('src/worker/trainer-entry.ts', 'reshelf.trainer.js', 'iife', tensorflowNotice),
  {
    ...bundle('src/contribute/entry.ts', 'reshelf.contribute.js', 'iife', contributeNotice),
    onLog: quietPackages,
    plugins: [
      sealParts(),
      plainCallsOnly(),
      withoutIterators(),
      nodeResolve({ browser: true, preferBuiltins: false }),
      commonjs(),
      ...compress,
    ],
  },
  bundle('src/worker/desk-entry.ts', 'reshelf.desk.js', 'iife'),
  bundle('src/consent.ts', 'consent.js', 'es'),
  bundle('src/ask.ts', 'reshelf.ask.js', 'es'),
  bundle('src/why.ts', 'reshelf.why.js', 'es'),
  bundle('src/sources.ts', 'reshelf.sources.js', 'es'),
  bundle('src/panel.ts', 'reshelf.panel.js', 'es'),
  bundle('src/proof.ts', 'reshelf.proof.js', 'es'),
  bundle('src/share.ts', 'reshelf.share.js', 'es'),
  bundle('src/shared.ts', 'reshelf.shared.js', 'es'),
  bundle('text:keys', 'reshelf.text.keys.js', 'es'),
  ...Object.keys(LANGUAGES).map((language) =>
    bundle(`text:${language}`, `reshelf.text.${language}.js`, 'es'),
  ),
  bundle('src/lists.ts', 'reshelf.lists.js', 'iife'),
  bundle('src/themes.ts', 'reshelf.themes.js', 'iife'),
  bundle('src/in-page.ts', 'reshelf.in-page.js', 'iife'),
  bundle('src/debug.ts', 'reshelf.debug.js', 'es'),
  bundle('src/survey.ts', 'cli/survey.js', 'iife'), // `reshelf inspect` runs it in the page
  script, // after the files whose hashes it pins
  {
    input: 'src/index.ts',
    plugins,
    output: {
      dir: 'dist',
      entryFileNames: 'index.js',
      chunkFileNames: 'index-[name].js',
      sourcemap: true,
      banner,
    },
  },
  ...binding('react', [clientOnly]),
  ...binding('vue'),
  ...binding('svelte'),
  {
    input: 'src/cli/main.ts',
    external: [/^node:/, '@duckdb/node-api', '@electric-sql/pglite', 'pg', 'playwright'], // optional peers, loaded when they are asked for
    onLog: quietPackages,
    plugins: [
      jsonModules,
      schemaFile,
      budgetPanel,
      tensorParts(),
      nodeResolve({ preferBuiltins: true }),
      commonjs(),
      esbuild({ target: 'node20', tsconfig: 'tsconfig.base.json' }),
    ],
    output: { dir: 'dist/cli', format: 'es', chunkFileNames: '[name]-[hash].js' },
  },
  {
    input: 'src/consent.ts',
    plugins: [dts({ tsconfig: 'tsconfig.page.json' })],
    output: { file: 'dist/consent.d.ts', format: 'es' },
  },
  {
    input: 'src/index.ts',
    plugins: [dts({ tsconfig: 'tsconfig.page.json' }), versionedCopy(version)],
    output: { file: 'dist/index.d.ts', format: 'es' },
  },
] satisfies RollupOptions[];
