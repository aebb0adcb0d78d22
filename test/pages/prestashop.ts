import { escaped, type Good, picture } from './goods.ts';
import type { Platform } from './platform.ts';
import { withTiles } from './tiles.ts';

const presta = ({ id }: Good) => String(Number(id) % 900);
const money = (price: number) => `${price.toFixed(2).replace('.', ',')}\u00a0€`;
const address = (good: Good) => `/home/${presta(good)}-${good.handle}.html`;

/** classic: `templates/catalog/_partials/miniatures/product.tpl`; the item is the block around the article. */
function card(good: Good, index: number, label = ''): string {
  const href = address(good);
  return `<div class="js-product product col-xs-12 col-sm-6 col-xl-4"><article class="product-miniature js-product-miniature" data-id-product="${presta(good)}" data-id-product-attribute="${index * 3}">
<div class="thumbnail-container">${label}<div class="thumbnail-top"><a href="${href}" class="thumbnail product-thumbnail"><picture>${picture(good, index < 4 ? 'fetchpriority="high"' : 'loading="lazy"')}</picture></a>
<div class="highlighted-informations no-variants"><a class="quick-view js-quick-view" href="#" data-link-action="quickview">Quick view</a></div></div>
<div class="product-description"><h2 class="h3 product-title"><a href="${href}" content="${href}">${escaped(good.title.slice(0, 30))}</a></h2>
<div class="product-price-and-shipping">${index % 5 === 3 ? `<span class="regular-price" aria-label="Regular price">${money(good.price + 20)}</span><span class="discount-percentage discount-product">-10%</span>` : ''}<span class="price" aria-label="Price">${money(good.price)}</span></div></div>
<ul class="product-flags js-product-flags">${good.isSoldOut ? '<li class="product-flag out_of_stock">Out-of-Stock</li>' : '<li class="product-flag new">New</li>'}</ul></div></article></div>`;
}

export const prestashop: Platform = {
  name: 'prestashop',
  path: '/3-home',
  list: '#js-product-list .products',
  replaced: '#js-product-list',
  sortQuery: '?order=product.price.asc',
  card: (good, index) => card(good, index),
  expected: (good) => ({
    id: presta(good),
    title: good.title,
    price: good.price,
    brand: null,
    category: null,
  }),
  page({ head = '', goods }) {
    const cards = withTiles(goods, {
      product: (good, index) => card(good, index),
      sponsored: (good, index) => card(good, index, '<span class="product-flag">Sponsored</span>'),
      promo: () =>
        '<div class="js-banner col-xs-12 col-sm-6 col-xl-4"><a href="/promo"><p>Two for one</p></a></div>',
    });
    const itemList = {
      '@context': 'https://schema.org',
      '@type': 'ItemList',
      itemListElement: goods.map((good, i) => ({
        '@type': 'ListItem',
        position: i + 1,
        name: good.title,
        url: address(good),
      })),
    };
    return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Home</title><link rel="icon" href="data:,">
<script type="application/ld+json">${JSON.stringify(itemList)}</script>
<style>.row{display:flex;flex-wrap:wrap}.product,.js-banner{width:33.33%}img{width:100%;height:auto}</style>${head}</head>
<body id="category" class="lang-en country-us layout-left-column page-category"><main><header id="header"><nav class="header-nav"><a href="/">Shop</a></nav></header>
<section id="wrapper"><div class="container"><div id="content-wrapper"><section id="main"><div id="js-product-list-header"><h1 class="h1">Home</h1></div>
<section id="products"><div id="js-product-list-top" class="row products-selection"><div class="products-sort-order dropdown"><button class="btn-unstyle select-title">Relevance</button><div class="dropdown-menu"><a rel="nofollow" href="?order=product.position.asc" class="select-list js-search-link">Relevance</a></div></div></div>
<div id="js-product-list"><div class="products row">${cards}</div><nav class="pagination"></nav></div></section></section></div></div></section><footer id="footer"><a href="/contact-us">Contact</a></footer></main></body></html>`;
  },
};
