import { type ReshelfOptions, useReshelf } from 'reshelf/vue';
import { type App, createApp, createSSRApp, defineComponent, h, shallowRef } from 'vue';
import type { Good } from '../pages/goods.ts';
import { FIRST_PAGE, productOf } from './operations.ts';

const goods = shallowRef<readonly Good[]>(FIRST_PAGE);
let app: App | undefined;

/** A product list as a Vue shop renders it by `useReshelf`. */
export const List = defineComponent(
  ({ options }: { options?: ReshelfOptions<Good> }) => {
    const { shown, list } = useReshelf(goods, { product: productOf, ...options });
    return () =>
      h(
        'ul',
        { class: 'grid', ...list },
        shown.value.map(({ id, handle, title, price }) =>
          h('li', { key: id, class: 'cell' }, [
            h('a', { href: `/product/${handle}` }, [h('h3', title), h('p', `€${price.toFixed(2)}`)]),
          ]),
        ),
      );
  },
  { props: ['options'] },
);

function start(made: App, at: Element, failed: (error: unknown) => void): void {
  app = made;
  app.config.errorHandler = failed;
  app.config.warnHandler = failed;
  app.mount(at);
}
/** Takes over what the server rendered. */
export const hydrate = (at: Element, failed: (error: unknown) => void): void =>
  start(createSSRApp(List), at, failed);
/** Renders anew, as a router does. */
export const mount = (at: Element, failed: (error: unknown) => void, options: ReshelfOptions<Good>): void =>
  start(createApp(List, { options }), at, failed);
export const unmount = (): void => app?.unmount();
export const setGoods = (next: readonly Good[]): void => {
  goods.value = next;
};
