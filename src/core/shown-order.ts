import { itemHash } from './item-hash.ts';

/** An order as text: the hashes of its products' ids, each between commas. */
export const writeShown = (ids: readonly string[]): string => `,${ids.map(hashText).join()},`;

/** Where a product stands in such a text; behind its end, when it is not there. Places can be compared, not counted. */
export const placeIn = (shown: string, id: string): number =>
  (shown.split(`,${hashText(id)},`)[0] as string).length; // a text has a first part

export const hasAll = (shown: string, items: readonly { readonly id: string }[]): boolean =>
  items.every(({ id }) => placeIn(shown, id) < shown.length);

const hashText = (id: string): string => itemHash(id).toString(36);
