import { createElement as h, useEffect, useState } from 'react';
import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import { type ReshelfOptions, useReshelf } from 'reshelf/react';
import type { Good } from '../pages/goods.ts';
import { FIRST_PAGE, productOf } from './operations.ts';

let next: readonly Good[] = FIRST_PAGE;
let show: (goods: readonly Good[]) => void = () => {};
let root: Root | undefined;

/** A product list as a React shop renders it by `useReshelf`. */
export function List({ options }: { options?: ReshelfOptions<Good> }) {
  const [goods, setGoods] = useState<readonly Good[]>(FIRST_PAGE);
  useEffect(() => {
    show = setGoods;
    setGoods(next); // React hydrates in a task of its own: what was asked for before is done in its first effect
  }, []);
  const [shown, list] = useReshelf(goods, { product: productOf, ...options });
  const card = ({ id, handle, title, price }: Good) =>
    h(
      'li',
      { key: id, className: 'cell' },
      h('a', { href: `/product/${handle}` }, h('h3', null, title), h('p', null, `€${price.toFixed(2)}`)),
    );
  return h('ul', { className: 'grid', ...list }, shown.map(card));
}

/** Takes over what the server rendered. */
export function hydrate(at: Element, failed: (error: unknown) => void): void {
  root = hydrateRoot(at, h(List), { onRecoverableError: failed, onUncaughtError: failed });
}
/** Renders anew, as a router does. */
export function mount(at: Element, failed: (error: unknown) => void, options: ReshelfOptions<Good>): void {
  root = createRoot(at, { onUncaughtError: failed });
  root.render(h(List, { options }));
}
export const unmount = (): void => root?.unmount();
export function setGoods(goods: readonly Good[]): void {
  next = goods;
  show(goods);
}
