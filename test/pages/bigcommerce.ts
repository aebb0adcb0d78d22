import { escaped, type Good, picture } from './goods.ts';
import type { Platform } from './platform.ts';
import { withTiles } from './tiles.ts';

const bigId = ({ id }: Good) => String(Number(id) % 3_000);

/** Cornerstone: `templates/components/products/grid.html`, `card.html` and `price.html`; attributes keep their padding. */
function card(good: Good, index: number, label = ''): string {
  const id = bigId(good);
  const href = `/${good.handle}/`;
  return `<li class="product"><article class="card" data-test="card-${id}" data-event-type="list" data-entity-id="${id}" data-position="${index + 1}" data-name="${escaped(good.title)}" data-product-category="
            ${good.category}
        " data-product-brand="${escaped(good.brand)}" data-product-price="
            ${good.price}
    ">${label}<figure class="card-figure">${good.isSoldOut ? '<div class="sold-out-flag-side sold-out-flag-sash"><span class="sold-out-text">Sold Out</span></div>' : ''}
<a href="${href}" class="card-figure__link" aria-label="${escaped(good.title)}" data-event-type="product-click"><div class="card-img-container">${picture(good, 'class="card-image lazyload"')}</div></a>
<figcaption class="card-figcaption"><div class="card-figcaption-body"><button type="button" class="button button--small card-figcaption-button quickview" data-event-type="product-click" data-product-id="${id}">Quick view</button></div></figcaption></figure>
<div class="card-body"><p class="card-text" data-test-info-type="brandName">${escaped(good.brand)}</p><h3 class="card-title"><a aria-label="${escaped(good.title)}" href="${href}" data-event-type="product-click">${escaped(good.title)}</a></h3>
<div class="card-text" data-test-info-type="price"><div class="price-section price-section--withoutTax rrp-price--withoutTax" style="display: none;"><span>MSRP:</span><span data-product-rrp-price-without-tax class="price price--rrp"></span></div><div class="price-section price-section--withoutTax"><span class="price-label"></span><span data-product-price-without-tax class="price price--withoutTax">€${good.price.toFixed(2)}</span></div></div></div></article></li>`;
}

export const bigcommerce: Platform = {
  name: 'bigcommerce',
  path: '/home/',
  list: 'ul.productGrid',
  replaced: '#product-listing-container',
  sortQuery: '?sort=priceasc',
  card: (good, index) => card(good, index),
  expected: ({ handle, title, price, brand, category, ...good }) => ({
    id: bigId({ handle, title, price, brand, category, ...good }),
    handle,
    title,
    price,
    brand,
    category,
  }),
  page({ head = '', goods, sort = false }) {
    const cards = withTiles(goods, {
      product: (good, index) => card(good, index),
      sponsored: (good, index) => card(good, index, '<span class="card-label">Promoted</span>'),
      promo: () => '<li class="product promoTile"><a href="/sale/"><p>Sale</p></a></li>',
    });
    return `<!doctype html><html class="no-js" lang="en"><head><meta charset="utf-8"><title>Home</title><link rel="icon" href="data:,">
<style>.productGrid{margin:0;padding:0;font-size:0;list-style:none}.productGrid .product{display:inline-block;width:25%;vertical-align:top;font-size:14px}img{width:100%;height:auto}</style>${head}</head>
<body><header class="header"><nav class="navPages"><ul class="navPages-list"><li><a href="/home/">Home</a></li></ul></nav></header><div class="body"><div class="container"><h1 class="page-heading">Home</h1><div class="page"><main class="page-content" id="product-listing-container">
<form class="actionBar" method="get" data-sort-by="product"><fieldset class="form-fieldset actionBar-section"><div class="form-field"><label class="form-label" for="sort">Sort By:</label><select class="form-select form-select--small" name="sort" id="sort"><option value="featured">Featured Items</option><option value="priceasc"${sort ? ' selected' : ''}>Price: Ascending</option></select></div></fieldset></form>
<div data-list-name="Category: Home" role="region" aria-label="Products"><ul class="productGrid">${cards}</ul></div></main></div></div></div><footer class="footer"><a href="/shipping-returns/">Shipping</a></footer></body></html>`;
  },
};
