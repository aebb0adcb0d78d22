import {
  type ComputedRef,
  computed,
  getCurrentInstance,
  type MaybeRefOrGetter,
  onMounted,
  onUnmounted,
  shallowRef,
  toValue,
} from 'vue';
import { createOrderKeeper, type Identified, OWN_LIST, type ReshelfOptions } from './bindings/keep-order.ts';

export type { OwnOrder } from './page/own-order.ts';
export type { RankInput } from './page/reshelf-api.ts';
export type { Identified, ReshelfOptions };

/** What the list's element is given: `<ul v-bind="list">`. Its children are the cards. */
export interface ListProps {
  readonly ref: (list: unknown) => void;
  readonly 'data-reshelf-list': 'own';
}

/**
 * A list in a personal order, which your component renders: `const { shown, list } = useReshelf(() => props.products)`.
 * Without a grant, on the server, while hydrating and on any failure `shown` is what was given. What the shopper has in
 * view never moves; what is added later is ordered among itself. Call it in `setup`.
 */
export function useReshelf<Item extends Identified>(
  items: MaybeRefOrGetter<readonly Item[]>,
  options: MaybeRefOrGetter<ReshelfOptions<Item>> = {},
): { readonly shown: ComputedRef<readonly Item[]>; readonly list: ListProps } {
  const keeper = createOrderKeeper<Item>();
  const version = shallowRef(0);
  let isServed = Boolean(getCurrentInstance()?.vnode.el); // while hydrating the element is there before its component
  let stop: (() => void) | undefined;
  onMounted(() => {
    isServed = false;
    stop = keeper.subscribe(() => {
      version.value += 1;
    });
  });
  onUnmounted(() => stop?.());
  return {
    shown: computed(() =>
      version.value >= 0 ? keeper.show(toValue(items), toValue(options), isServed) : [],
    ),
    list: { ref: (list) => keeper.attach(list instanceof Element ? list : null), ...OWN_LIST },
  };
}
