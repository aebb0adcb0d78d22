import { type Good, goods } from '../pages/goods.ts';

/** What an app does to its list. */
export type Operation = (shown: readonly Good[]) => readonly Good[];

/** Products of the first page, as the server renders them. */
export const FIRST_PAGE = goods(16);

/** The eight things that apps do to product lists. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  append: (shown) => [...shown, ...goods(8, 16)],
  prepend: (shown) => [...goods(1, 40), ...shown],
  insert: (shown) => [...shown.slice(0, 5), ...goods(1, 41), ...shown.slice(5)],
  remove: (shown) => shown.filter((_, place) => place !== 3),
  filter: (shown) => shown.filter(({ price }) => price > 150),
  sort: (shown) => [...shown].sort((a, b) => a.price - b.price),
  'next page': () => goods(16, 16),
  clear: () => [],
};

/** A product as Reshelf knows it from the links of its page: by its address's last part. */
export const productOf = ({ handle, title, brand, category, price }: Good) => ({
  id: handle,
  title,
  brand,
  category,
  price,
});
