import { escaped, type Good, picture } from './goods.ts';
import type { Platform } from './platform.ts';
import { withTiles } from './tiles.ts';

const SECTION = 'template--16207__product-grid';
const money = (price: number) => `€${price.toFixed(2)} EUR`;

/** Dawn: `sections/main-collection-product-grid.liquid` with `snippets/card-product.liquid` and `snippets/price.liquid`. */
function inner(good: Good, index: number): string {
  const { id, handle, title, price, brand, isSoldOut } = good;
  const isOnSale = index % 5 === 3;
  return `<div class="card-wrapper product-card-wrapper underline-links-hover"><div class="card card--standard card--media">
<div class="card__inner color-background-2 gradient ratio"><div class="card__media"><div class="media media--transparent media--hover-effect">
${picture(good, `class="motion-reduce" ${index > 1 ? 'loading="lazy"' : ''}`)}</div></div>
<div class="card__content"><div class="card__information"><h3 class="card__heading"><a href="/products/${handle}" id="StandardCardNoMediaLink-${SECTION}-${id}" class="full-unstyled-link" aria-labelledby="StandardCardNoMediaLink-${SECTION}-${id} NoMediaStandardBadge-${SECTION}-${id}">${escaped(title)}</a></h3></div>
<div class="card__badge bottom left">${isSoldOut ? `<span id="NoMediaStandardBadge-${SECTION}-${id}" class="badge badge--bottom-left color-inverse">Sold out</span>` : ''}</div></div></div>
<div class="card__content"><div class="card__information"><h3 class="card__heading h5" id="title-${SECTION}-${id}"><a href="/products/${handle}" id="CardLink-${SECTION}-${id}" class="full-unstyled-link" aria-labelledby="CardLink-${SECTION}-${id} Badge-${SECTION}-${id}">${escaped(title)}</a></h3>
<div class="card-information"><span class="visually-hidden">Vendor:</span><div class="caption-with-letter-spacing light">${escaped(brand)}</div><span class="caption-large light"></span>
<div class="price${isSoldOut ? ' price--sold-out' : ''}${isOnSale ? ' price--on-sale' : ''}"><div class="price__container">
<div class="price__regular"><span class="visually-hidden visually-hidden--inline">Regular price</span><span class="price-item price-item--regular">${money(isOnSale ? price + 40 : price)}</span></div>
<div class="price__sale"><span class="visually-hidden visually-hidden--inline">Regular price</span><span><s class="price-item price-item--regular">${isOnSale ? money(price + 40) : ''}</s></span><span class="visually-hidden visually-hidden--inline">Sale price</span><span class="price-item price-item--sale price-item--last">${money(price)}</span></div>
</div></div></div></div>
<div class="quick-add no-js-hidden"><product-form data-section-id="${SECTION}"><form method="post" action="/cart/add" id="quick-add-${SECTION}${id}" accept-charset="UTF-8" class="form" enctype="multipart/form-data" novalidate="novalidate" data-type="add-to-cart-form"><input type="hidden" name="form_type" value="product"><input type="hidden" name="id" value="${Number(id) + 5}" disabled class="product-variant-id"><button id="quick-add-${SECTION}${id}-submit" type="submit" name="add" class="quick-add__submit button button--full-width button--secondary" data-sold-out-message="true"><span>Add to cart</span><span class="sold-out-message hidden">Sold out</span></button><input type="hidden" name="product-id" value="${id}"></form></product-form></div>
</div></div></div>`;
}
const item = (inside: string, index: number, classes = '') =>
  `<li class="grid__item scroll-trigger animate--slide-in${classes}" data-cascade style="--animation-order: ${index + 1};">${inside}</li>`;

export const shopify: Platform = {
  name: 'shopify',
  path: '/collections/home',
  list: '#product-grid',
  replaced: '#ProductGridContainer',
  sortQuery: '?sort_by=price-ascending',
  card: (good, index) => item(inner(good, index), index),
  expected: ({ id, handle, title, price, brand }) => ({ id, handle, title, price, brand, category: null }),
  page({ head = '', goods, sort = false }) {
    const cards = withTiles(goods, {
      product: (good, index) => item(inner(good, index), index),
      sponsored: (good, index) => item(`<span class="badge">Sponsored</span>${inner(good, index)}`, index),
      promo: (index) =>
        item('<div class="collage-card"><a href="/pages/spring"><p>Spring is here</p></a></div>', index),
    });
    return `<!doctype html><html class="js" lang="en"><head><meta charset="utf-8"><title>Home</title><link rel="icon" href="data:,">
<style>.grid{display:flex;flex-wrap:wrap;gap:8px;padding:0;list-style:none}.grid__item{width:calc(25% - 8px)}img{width:100%;height:auto}.visually-hidden{position:absolute;clip:rect(0 0 0 0)}.price__sale{display:none}.price--on-sale .price__sale{display:block}.price--on-sale .price__regular{display:none}</style>${head}</head>
<body class="gradient"><div id="shopify-section-sections--header" class="shopify-section-group-header-group"><header class="header"><nav><ul class="list-menu"><li><a href="/collections/all">Catalog</a></li><li><a href="/collections/home">Home</a></li></ul></nav></header></div>
<main id="MainContent"><div class="collection-hero"><h1 class="collection-hero__title">Home</h1></div>
<div id="shopify-section-${SECTION}" class="section"><facet-filters-form class="facets"><form id="FacetFiltersForm"><select name="sort_by" class="facet-filters__sort select__select" id="SortBy"><option value="manual">Featured</option><option value="price-ascending"${sort ? ' selected' : ''}>Price, low to high</option></select></form></facet-filters-form>
<div class="product-grid-container" id="ProductGridContainer"><div class="collection page-width"><div class="loading-overlay gradient"></div><ul id="product-grid" data-id="${SECTION}" class="grid product-grid grid--2-col-tablet-down grid--4-col-desktop">${cards}</ul></div></div></div></main>
<footer class="footer"><a href="/policies/refund-policy">Refunds</a></footer></body></html>`;
  },
};
