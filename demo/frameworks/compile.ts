import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { compile as compileSvelte } from 'svelte/compiler';
import { compileScript, parse } from 'vue/compiler-sfc';

export const FRAMEWORKS = ['react', 'vue', 'svelte'] as const;
export type Framework = (typeof FRAMEWORKS)[number];

type Side = 'client' | 'server';

/** Compiles `.svelte` and `.vue` files for one side. */
const components = (side: Side): Plugin => ({
  name: 'components',
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte$/ }, async ({ path }) => ({
      contents: compileSvelte(await readFile(path, 'utf8'), { generate: side, filename: path, dev: false }).js
        .code,
      loader: 'js',
    }));
    onLoad({ filter: /\.vue$/ }, async ({ path }) => {
      const { descriptor } = parse(await readFile(path, 'utf8'), { filename: path });
      const options = { id: path, inlineTemplate: true, templateOptions: { ssr: side === 'server' } };
      return { contents: compileScript(descriptor, options).content, loader: 'ts' };
    });
  },
});

const common = (code: string, folder: string, side: Side): BuildOptions & { write: false } => ({
  stdin: { contents: code, resolveDir: folder, loader: 'ts' },
  bundle: true,
  write: false,
  jsx: 'automatic',
  define: {
    'process.env.NODE_ENV': '"production"',
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
  },
  plugins: [components(side)],
});

/** An app's script for the browser. */
export async function bundleClient(code: string, folder: string): Promise<string> {
  const { outputFiles } = await build({
    ...common(code, folder, 'client'),
    format: 'iife',
    minify: true,
    conditions: ['browser'],
  });
  return outputFiles[0]?.text ?? '';
}

/** An app's module for the server, loaded. The caller knows what it exports. */
export async function loadServer(code: string, folder: string): Promise<unknown> {
  const { outputFiles } = await build({
    ...common(code, folder, 'server'),
    format: 'esm',
    platform: 'node',
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(resolve(folder, 'app.js'))});`,
    },
  });
  const text = outputFiles[0]?.text ?? '';
  return import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
}
