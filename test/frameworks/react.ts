import { createElement as h, useState } from 'react';
import { hydrateRoot } from 'react-dom/client';
import type { Good } from '../pages/goods.ts';
import { FIRST_PAGE } from './operations.ts';

let show: (goods: readonly Good[]) => void = () => {};

/** A product list as a React shop renders it, on the server and in the browser. */
export function List() {
  const [shown, setShown] = useState<readonly Good[]>(FIRST_PAGE);
  show = setShown;
  const card = ({ id, handle, title, price }: Good) =>
    h(
      'li',
      { key: id, className: 'cell' },
      h('a', { href: `/product/${handle}` }, h('h3', null, title), h('p', null, `€${price.toFixed(2)}`)),
    );
  return h('ul', { className: 'grid' }, shown.map(card));
}

/** Takes over what the server rendered. */
export function hydrate(root: Element, failed: (error: unknown) => void): void {
  hydrateRoot(root, h(List), { onRecoverableError: failed, onUncaughtError: failed });
}
export const setGoods = (goods: readonly Good[]): void => show(goods);
