import { createSSRApp, defineComponent, h, shallowRef } from 'vue';
import type { Good } from '../pages/goods.ts';
import { FIRST_PAGE } from './operations.ts';

const shown = shallowRef<readonly Good[]>(FIRST_PAGE);

/** A product list as a Vue shop renders it, on the server and in the browser. */
export const List = defineComponent(
  () => () =>
    h(
      'ul',
      { class: 'grid' },
      shown.value.map(({ id, handle, title, price }) =>
        h('li', { key: id, class: 'cell' }, [
          h('a', { href: `/product/${handle}` }, [h('h3', title), h('p', `€${price.toFixed(2)}`)]),
        ]),
      ),
    ),
);

/** Takes over what the server rendered. */
export function hydrate(root: Element, failed: (error: unknown) => void): void {
  const app = createSSRApp(List);
  app.config.errorHandler = failed;
  app.config.warnHandler = failed;
  app.mount(root);
}
export const setGoods = (goods: readonly Good[]): void => {
  shown.value = goods;
};
