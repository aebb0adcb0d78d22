import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { compile } from 'svelte/compiler';

export const FRAMEWORKS = ['react', 'vue', 'svelte'] as const;
export type Framework = (typeof FRAMEWORKS)[number];

/** A shop's list in one framework: what the server sends, and the script that takes it over. */
export interface BuiltApp {
  readonly html: string;
  readonly script: string;
}

const folder = import.meta.dirname;

/** Compiles `.svelte` files for one side. */
const svelte = (generate: 'client' | 'server'): Plugin => ({
  name: 'svelte',
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte$/ }, async ({ path }) => ({
      contents: compile(await readFile(path, 'utf8'), { generate, filename: path, dev: false }).js.code,
      loader: 'js',
    }));
  },
});

const CLIENT_SOURCE: Readonly<Record<Framework, string>> = {
  react: './react.ts',
  vue: './vue.ts',
  svelte: './svelte-client.js',
};

/** The app's script: hydrates when told to, and does what is asked to its list. */
async function clientOf(framework: Framework): Promise<string> {
  const code = `import { hydrate, setGoods } from '${CLIENT_SOURCE[framework]}';
import { FIRST_PAGE, OPERATIONS } from './operations.ts';
const failures = [];
let shown = FIRST_PAGE;
window.app = {
  failures,
  hydrate: () => hydrate(document.querySelector('#app'), (error) => failures.push(String(error))),
  run(name) {
    shown = OPERATIONS[name](shown);
    setGoods(shown);
    return shown.map(({ handle }) => '/product/' + handle);
  },
};`;
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    conditions: ['browser'],
    define: { 'process.env.NODE_ENV': '"production"', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true' },
    plugins: [svelte('client')],
  });
  return outputFiles[0]?.text ?? '';
}

const SERVER_SOURCE: Readonly<Record<Framework, string>> = {
  react: `import { createElement } from 'react'; import { renderToString } from 'react-dom/server'; import { List } from './react.ts'; export const html = renderToString(createElement(List));`,
  vue: `import { createSSRApp } from 'vue'; import { renderToString } from 'vue/server-renderer'; import { List } from './vue.ts'; export const html = await renderToString(createSSRApp(List));`,
  svelte: `import { render } from 'svelte/server'; import List from './List.svelte'; export const html = (await render(List)).body;`,
};

async function renderOf(framework: Framework): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: SERVER_SOURCE[framework], resolveDir: folder, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(resolve(folder, 'build.ts'))});`,
    },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [svelte('server')],
  });
  const text = outputFiles[0]?.text ?? '';
  const module = (await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`)) as {
    html: string;
  };
  return module.html;
}

export const buildApp = async (framework: Framework): Promise<BuiltApp> => ({
  html: await renderOf(framework),
  script: await clientOf(framework),
});
