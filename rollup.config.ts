import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import type { Plugin, RollupOptions } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';

/** Most bytes a file may have after gzip, as promised in the README. */
const BUDGET_BYTES: Readonly<Record<string, number>> = {
  'reshelf.boot.js': 2_500,
  'reshelf.lists.js': 16_000,
  'reshelf.js': 14_000,
  'reshelf.worker.js': 15_000,
  'reshelf.trainer.js': 45_000,
};

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const banner = `/*! reshelf ${version} | MIT */`;
const tensorflowNotice =
  '\n/*! with parts of TensorFlow.js 4.22.0 | Copyright Google LLC | Apache-2.0, https://www.apache.org/licenses/LICENSE-2.0 */';

/** Fails the build when a file outgrows its budget. */
function budget(): Plugin {
  return {
    name: 'budget',
    writeBundle(_options, bundle) {
      for (const [name, chunk] of Object.entries(bundle)) {
        const limit = BUDGET_BYTES[name];
        if (limit === undefined || chunk.type !== 'chunk') continue;
        const size = gzipSync(chunk.code, { level: 9 }).length;
        if (size > limit) this.error(`${name} is ${size} bytes after gzip; its budget is ${limit}`);
        console.log(`${name}: ${size} of ${limit} bytes after gzip`);
      }
    },
  };
}

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
 * comlink without what no call here uses: functions as arguments, which alone tie its two halves together. Without them the
 * worker keeps only `expose` and the page only `wrap`.
 */
function plainCallsOnly(): Plugin {
  /** From the first text up to the second, which stays. */
  const unused: readonly (readonly [from: string, until: string])[] = [
    ['["proxy", proxyTransferHandler],', '\n    ["throw"'],
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

/** The licences of what is bundled (MIT, Apache-2.0, ISC) ask for their notice; comments are otherwise left out. */
const plugins = [
  tensorParts(),
  plainCallsOnly(),
  nodeResolve(),
  esbuild({ target: 'es2022', tsconfig: 'tsconfig.base.json' }),
  terser({
    ecma: 2020,
    compress: { passes: 3, keep_fargs: false, unsafe_arrows: true, pure_getters: true },
    format: { comments: /^!/ },
  }),
  budget(),
  inlineWorker(),
];

function bundle(input: string, file: string, format: 'iife' | 'es', notice = ''): RollupOptions {
  return {
    input,
    plugins,
    output: { file: `dist/${file}`, format, sourcemap: true, banner: banner + notice },
  };
}

export default [
  {
    input: 'src/boot.ts', // every byte of it stands before the first paint: no banner, no address of its map
    plugins,
    output: { file: 'dist/reshelf.boot.js', format: 'iife', sourcemap: 'hidden' },
  },
  bundle('src/script.ts', 'reshelf.js', 'iife'),
  bundle('src/worker/entry.ts', 'reshelf.worker.js', 'iife'),
  bundle('src/worker/tables-entry.ts', 'reshelf.tables.js', 'iife'),
  bundle('src/worker/weights-entry.ts', 'reshelf.weights.js', 'iife'),
  bundle('src/worker/trainer-entry.ts', 'reshelf.trainer.js', 'iife', tensorflowNotice),
  bundle('src/lists.ts', 'reshelf.lists.js', 'iife'),
  bundle('src/in-page.ts', 'reshelf.in-page.js', 'iife'),
  bundle('src/debug.ts', 'reshelf.debug.js', 'es'),
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
  {
    input: 'src/cli/main.ts',
    external: [/^node:/, '@duckdb/node-api'], // DuckDB is an optional peer, loaded when `build` asks for it
    plugins: [
      tensorParts(),
      nodeResolve(),
      commonjs(),
      esbuild({ target: 'node20', tsconfig: 'tsconfig.base.json' }),
    ],
    output: { dir: 'dist/cli', format: 'es', chunkFileNames: '[name]-[hash].js' },
  },
  {
    input: 'src/index.ts',
    plugins: [dts({ tsconfig: 'tsconfig.page.json' })],
    output: { file: 'dist/index.d.ts', format: 'es' },
  },
] satisfies RollupOptions[];
