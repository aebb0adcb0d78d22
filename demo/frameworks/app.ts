import { bundleClient, type Framework, loadServer } from './compile.ts';
import type { Department } from './goods.ts';

/** A department as a framework renders it: on the server, and in the browser by a script. */
export interface App {
  render(departments: readonly Department[]): Promise<string>;
  readonly script: string;
}

const folder = import.meta.dirname;

const SERVER: Readonly<Record<Framework, string>> = {
  react: `import { createElement } from 'react'; import { renderToString } from 'react-dom/server'; import { Shelf } from './Shelf.tsx';
export const render = async (departments) => renderToString(createElement(Shelf, { departments }));`,
  vue: `import { createSSRApp } from 'vue'; import { renderToString } from 'vue/server-renderer'; import Shelf from './Shelf.vue';
export const render = (departments) => renderToString(createSSRApp(Shelf, { departments }));`,
  svelte: `import { render as renderToString } from 'svelte/server'; import Shelf from './Shelf.svelte';
export const render = async (departments) => (await renderToString(Shelf, { props: { departments } })).body;`,
};
const CLIENT: Readonly<Record<Framework, string>> = {
  react: `import { createElement } from 'react'; import { hydrateRoot } from 'react-dom/client'; import { Shelf } from './Shelf.tsx';
hydrateRoot(target, createElement(Shelf, { departments }));`,
  vue: `import { createSSRApp } from 'vue'; import Shelf from './Shelf.vue';
createSSRApp(Shelf, { departments }).mount(target);`,
  svelte: `import { hydrate } from 'svelte'; import Shelf from './Shelf.svelte';
hydrate(Shelf, { target, props: { departments } });`,
};

/** Compiles a framework's app. @throws where the bindings are not built yet: `npm run build` makes them */
export async function makeApp(framework: Framework): Promise<App> {
  const start = `const target = document.querySelector('#app');
const departments = JSON.parse(document.querySelector('#goods').textContent);`;
  const [server, script] = await Promise.all([
    loadServer(SERVER[framework], folder),
    bundleClient(CLIENT[framework].replace('\n', `\n${start}\n`), folder),
  ]);
  return { ...(server as Pick<App, 'render'>), script };
}
