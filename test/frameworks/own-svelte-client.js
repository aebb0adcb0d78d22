import { unmount as remove, mount as render, hydrate as take } from 'svelte';
import List, { setGoods } from './OwnList.svelte';

let app;

const start = (work, failed) => {
  try {
    app = work();
  } catch (error) {
    failed(error);
  }
};
export const hydrate = (target, failed) => start(() => take(List, { target }), failed);
export const mount = (target, failed, options) =>
  start(() => render(List, { target, props: { options } }), failed);
export const unmount = () => remove(app);
export { setGoods };
