import { bundleClient, type Framework, loadServer } from '../../demo/frameworks/compile.ts';

/** A shop's list in one framework: what the server sends, and the script that takes it over. */
export interface BuiltApp {
  readonly html: string;
  readonly script: string;
}

const folder = import.meta.dirname;

/** Files of a list that is rendered as given, and of one that is rendered by `useReshelf`. */
const SOURCES: Readonly<Record<Framework, { readonly client: string; readonly list: string }>> = {
  react: { client: 'react.ts', list: 'react.ts' },
  vue: { client: 'vue.ts', list: 'vue.ts' },
  svelte: { client: 'svelte-client.js', list: 'List.svelte' },
};
const OWN_SOURCES: typeof SOURCES = {
  react: { client: 'own-react.ts', list: 'own-react.ts' },
  vue: { client: 'own-vue.ts', list: 'own-vue.ts' },
  svelte: { client: 'own-svelte-client.js', list: 'OwnList.svelte' },
};

/** The app's script: hydrates, mounts and unmounts when told to, and does what is asked to its list. */
const clientOf = (file: string): Promise<string> =>
  bundleClient(
    `import * as app from './${file}';
import { FIRST_PAGE, OPERATIONS } from './operations.ts';
const failures = [];
const fail = (error) => failures.push(String(error));
let shown = FIRST_PAGE;
window.app = {
  failures,
  hydrate: () => app.hydrate(document.querySelector('#app'), fail),
  mount: (options) => app.mount(document.querySelector('#app'), fail, options),
  unmount: () => app.unmount(),
  run(name) {
    shown = OPERATIONS[name](shown);
    app.setGoods(shown);
    return shown.map(({ handle }) => '/product/' + handle);
  },
};`,
    folder,
  );

const SERVER: Readonly<Record<Framework, (file: string) => string>> = {
  react: (file) =>
    `import { createElement } from 'react'; import { renderToString } from 'react-dom/server'; import { List } from './${file}'; export const html = renderToString(createElement(List));`,
  vue: (file) =>
    `import { createSSRApp } from 'vue'; import { renderToString } from 'vue/server-renderer'; import { List } from './${file}'; export const html = await renderToString(createSSRApp(List));`,
  svelte: (file) =>
    `import { render } from 'svelte/server'; import List from './${file}'; export const html = (await render(List)).body;`,
};

/** @param isOwn whether the list is rendered by `useReshelf` */
export async function buildApp(framework: Framework, isOwn = false): Promise<BuiltApp> {
  const { client, list } = (isOwn ? OWN_SOURCES : SOURCES)[framework];
  const served = (await loadServer(SERVER[framework](list), folder)) as { html: string };
  return { html: served.html, script: await clientOf(client) };
}
