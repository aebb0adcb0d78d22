import { hydrate as take } from 'svelte';
import List, { setGoods } from './List.svelte';

export const hydrate = (root, failed) => {
  try {
    take(List, { target: root });
  } catch (error) {
    failed(error);
  }
};
export { setGoods };
