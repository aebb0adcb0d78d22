import type { Good } from './goods.ts';
import type { Platform } from './platform.ts';
import { withTiles } from './tiles.ts';

/** Another theme's listing page: what differs from the platform's own one. */
export type Variant = Pick<Platform, 'name' | 'path' | 'list' | 'page' | 'expected'>;

interface Parts extends Pick<Platform, 'name' | 'path' | 'list' | 'expected'> {
  /** Style of the list and its places. */
  readonly style: string;
  card(good: Good, index: number, label: string): string;
  /** The label of a paid place. */
  readonly label: string;
  promo(index: number): string;
  /** The page's body around the list's places. */
  body(cards: string, goods: readonly Good[]): string;
}

/** Four places a row. */
export const GRID = '{display:grid;grid-template-columns:repeat(4,1fr);gap:8px}';

export function variant({ style, card, label, promo, body, ...rest }: Parts): Variant {
  return {
    ...rest,
    page({ head = '', goods }) {
      const cards = withTiles(goods, {
        product: (good, index) => card(good, index, ''),
        sponsored: (good, index) => card(good, index, label),
        promo,
      });
      return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Home</title><link rel="icon" href="data:,">
<style>img{width:100%;height:auto}ul,ol{list-style:none;padding:0}.visually-hidden,.screen-reader-text{position:absolute;clip:rect(0 0 0 0)}${style}</style>${head}</head>${body(cards, goods)}</html>`;
    },
  };
}
