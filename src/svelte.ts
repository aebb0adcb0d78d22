import { createAttachmentKey } from 'svelte/attachments';
import { createSubscriber } from 'svelte/reactivity';
import { createOrderKeeper, type Identified, OWN_LIST, type ReshelfOptions } from './bindings/keep-order.ts';

export type { OwnOrder } from './page/own-order.ts';
export type { RankInput } from './page/reshelf-api.ts';
export type { Identified, ReshelfOptions };

/** What the list's element is given: `<ul {...reshelf.list}>`. Its children are the cards. */
export interface ListProps {
  readonly 'data-reshelf-list': 'own';
  readonly [attachment: symbol]: (list: Element) => () => void;
}

/** Lists in the document that a component has taken over; Svelte does not tell whether it hydrates. */
const taken = new WeakSet<Element>();
const isHydrating = (): boolean =>
  typeof document !== 'undefined' &&
  [...document.querySelectorAll('[data-reshelf-list="own"]')].some((list) => !taken.has(list));

/**
 * A list in a personal order, which your component renders: `const reshelf = useReshelf(() => products)`, then
 * `{#each reshelf.shown as product (product.id)}`. Without a grant, on the server, while hydrating and on any failure
 * `shown` is what was given. What the shopper has in view never moves; what is added later is ordered among itself.
 */
export function useReshelf<Item extends Identified>(
  items: () => readonly Item[],
  options: () => ReshelfOptions<Item> = () => ({}),
): { readonly shown: readonly Item[]; readonly list: ListProps } {
  const keeper = createOrderKeeper<Item>();
  const follow = createSubscriber(keeper.subscribe);
  let isServed = isHydrating();
  return {
    get shown() {
      follow();
      return keeper.show(items(), options(), isServed);
    },
    list: {
      ...OWN_LIST,
      [createAttachmentKey()]: (list) => {
        isServed = false;
        taken.add(list);
        keeper.attach(list);
        return () => keeper.attach(null);
      },
    },
  };
}
