import { escaped, type Good, picture } from './goods.ts';
import type { Platform } from './platform.ts';
import { withTiles } from './tiles.ts';

/** A shop that somebody wrote by hand: no theme, no structured data, a row of blocks with links and prices. */
function card(good: Good, label = ''): string {
  return `<div class="tile">${label}<a class="pic" href="/shop/item/${good.handle}">${picture(good)}</a><div class="txt"><a href="/shop/item/${good.handle}"><b class="name">${escaped(good.title)}</b></a><br><span class="maker">${escaped(good.brand)}</span> <span class="cost price">${good.price.toFixed(2)} €</span>${good.isSoldOut ? ' <em class="stock">sold out</em>' : ''}</div></div>`;
}

export const homeMade: Platform = {
  name: 'home-made',
  path: '/shop/home',
  list: '.goods',
  replaced: '#stage',
  sortQuery: '?sort=price',
  card: (good) => card(good),
  expected: ({ handle, title, price }) => ({
    id: `/shop/item/${handle}`,
    handle,
    title,
    price,
    brand: null,
    category: null,
  }),
  page({ head = '', goods, sort = false }) {
    const cards = withTiles(goods, {
      product: (good) => card(good),
      sponsored: (good) => card(good, '<small>Sponsored</small>'),
      promo: () =>
        '<div class="tile ad-free"><a href="/shop/letter"><p>Our letter, every Friday</p></a></div>',
    });
    return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<style>.goods{display:grid;grid-template-columns:repeat(4,1fr);gap:10px}img{width:100%;height:auto}</style>${head}</head>
<body><header><a href="/">Our shop</a> <nav><a href="/shop/home">Home</a> <a href="/shop/new">New</a></nav></header><h1>Home</h1><p>Sort by <select name="sort"><option value="">as it is</option><option value="price"${sort ? ' selected' : ''}>price</option></select></p>
<div id="stage"><div class="goods">${cards}</div></div><footer><a href="/imprint">Imprint</a></footer></body></html>`;
  },
};
