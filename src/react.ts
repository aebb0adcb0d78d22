import { useState, useSyncExternalStore } from 'react';
import { createOrderKeeper, type Identified, OWN_LIST, type ReshelfOptions } from './bindings/keep-order.ts';

export type { OwnOrder } from './page/own-order.ts';
export type { RankInput } from './page/reshelf-api.ts';
export type { Identified, ReshelfOptions };

/** What the list's element is given: `<ul {...list}>`. Its children are the cards. */
export interface ListProps {
  readonly ref: (list: Element | null) => void;
  readonly 'data-reshelf-list': 'own';
}

/**
 * A list in a personal order, which your component renders: `const [shown, list] = useReshelf(products)`.
 * Without a grant, on the server, while hydrating and on any failure `shown` is `items`. What the shopper has in view
 * never moves; what is added later is ordered among itself.
 */
export function useReshelf<Item extends Identified>(
  items: readonly Item[],
  options: ReshelfOptions<Item> = {},
): readonly [shown: readonly Item[], list: ListProps] {
  const [keeper] = useState(() => createOrderKeeper<Item>());
  const [list] = useState<ListProps>(() => ({ ref: keeper.attach, ...OWN_LIST }));
  const isServed = useSyncExternalStore(keeper.subscribe, keeper.version, () => -1) < 0;
  return [keeper.show(items, options, isServed), list];
}
