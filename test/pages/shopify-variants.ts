import { escaped, picture } from './goods.ts';
import { GRID, type Variant, variant } from './variant.ts';

const money = (price: number) => `€${price.toFixed(2)}`;

/** Horizon: `product-grid.liquid` with `product-card.liquid`; names and prices are blocks inside the card. */
const horizon = variant({
  name: 'shopify horizon',
  path: '/collections/horizon',
  list: 'ul.product-grid',
  style: `.product-grid${GRID}`,
  label: '<div class="product-badges"><div class="product-badges__badge">Sponsored</div></div>',
  card: (
    good,
    index,
    label,
  ) => `<li id="template--24__main-${good.id}" class="product-grid__item product-grid__item--${index}" data-page="1" data-product-id="${good.id}" ref="cards[]">
<product-card class="product-card size-style" data-product-id="${good.id}" id="product-card-AZ${index}" data-product-transition="true"><a id="f${index}a" href="/products/${good.handle}?variant=${Number(good.id) + 3}" class="product-card__link" ref="productCardLink"><span class="visually-hidden">${escaped(good.title)}</span></a>
<div class="product-card__content layout-panel-flex product-grid__card"><div class="card-gallery"><slideshow-component><slideshow-slide>${picture(good, 'class="product-media__image"')}</slideshow-slide></slideshow-component>${good.isSoldOut ? '<div class="product-badges product-badges--top-left"><div class="product-badges__badge product-badges__badge--rectangle color-sold">Sold out</div></div>' : label}</div>
<a class="contents user-select-text" ref="productTitleLink" href="/products/${good.handle}"><div class="text-block h5"><p role="heading" aria-level="3">${escaped(good.title)}</p></div></a>
<product-price data-block-id="b${index}" data-product-id="${good.id}"><div ref="priceContainer">${index % 5 === 3 ? `<span role="group"><span class="visually-hidden">Regular price&nbsp;</span><s class="compare-at-price">${money(good.price + 30)}</s></span><span role="group"><span class="visually-hidden">Sale price&nbsp;</span><span class="price">${money(good.price)}</span></span>` : `<span class="price">${money(good.price)}</span>`}</div></product-price></div></product-card></li>`,
  promo: () =>
    '<li class="product-grid__item product-grid__item--promo"><a href="/pages/lookbook"><p>The new lookbook</p></a></li>',
  expected: ({ id, handle, title, price }) => ({ id, handle, title, price, brand: null, category: null }),
  body: (cards) =>
    `<body><header><a href="/">Shop</a></header><main id="MainContent" class="content-for-layout"><div class="section"><h1>Home</h1><results-list section-id="s"><div class="collection-wrapper grid"><div id="ResultsList" class="grid main-collection-grid"><div><ul class="product-grid product-grid--s product-grid--grid" product-grid-view="default" ref="grid" role="list" data-last-page="1">${cards}</ul></div></div></div></results-list></div></main></body>`,
});

/** Debut and other vintage themes: no id in the markup; Shopify's own `meta` names the products. */
const vintage = variant({
  name: 'shopify vintage',
  path: '/collections/vintage',
  list: 'ul.grid--view-items',
  style: `.grid--view-items${GRID}.price__sale,.price__badge--sold-out{display:none}.price--on-sale .price__sale,.price--sold-out .price__badge--sold-out{display:block}.price--on-sale .price__regular{display:none}`,
  label: '<span class="badge">Sponsored</span>',
  card: (
    good,
    index,
    label,
  ) => `<li class="grid__item grid__item--collection-template small--one-half medium-up--one-quarter"><div class="grid-view-item${good.isSoldOut ? ' grid-view-item--sold-out' : ''} product-card">${label}
<a class="grid-view-item__link grid-view-item__image-container full-width-link" href="/collections/vintage/products/${good.handle}"><span class="visually-hidden">${escaped(good.title)}</span></a>${picture(good, 'class="grid-view-item__image"')}
<div class="h4 grid-view-item__title product-card__title" aria-hidden="true">${escaped(good.title)}</div>
<dl class="price${index % 5 === 3 ? ' price--on-sale' : ''}${good.isSoldOut ? ' price--sold-out' : ''}"><div class="price__pricing-group"><div class="price__regular"><dt><span class="visually-hidden visually-hidden--inline">Regular price</span></dt><dd><s class="price-item price-item--regular">${money(index % 5 === 3 ? good.price + 12 : good.price)}</s></dd></div><div class="price__sale"><dt><span class="visually-hidden visually-hidden--inline">Sale price</span></dt><dd><span class="price-item price-item--sale">${money(good.price)}</span></dd></div><div class="price__badges"><span class="price__badge price__badge--sold-out"><span>Sold out</span></span></div></div></dl></div></li>`,
  promo: () =>
    '<li class="grid__item promo-banner"><a href="/pages/about"><p>Made in our own workshop</p></a></li>',
  expected: ({ id, handle, title, price, brand, category }) => ({
    id,
    handle,
    title,
    price,
    brand,
    category,
  }),
  body: (cards, goods) =>
    `<body class="template-collection"><header class="site-header"><nav><ul><li><a href="/collections/vintage">Home</a></li></ul></nav></header><main id="MainContent"><div id="Collection"><ul class="grid grid--uniform grid--view-items">${cards}</ul></div></main><script>window.ShopifyAnalytics={meta:${JSON.stringify(
      {
        products: goods.map((good) => ({
          id: Number(good.id),
          gid: `gid://shopify/Product/${good.id}`,
          vendor: good.brand,
          type: good.category,
          variants: [
            {
              id: Number(good.id) + 3,
              price: Math.round(good.price * 100),
              name: good.title,
              public_title: null,
              sku: '',
            },
          ],
        })),
        page: { pageType: 'collection' },
      },
    )}}</script></body>`,
});

/** Themes of the paid kind: blocks with handles in attributes, forms with the product's id, prices as custom elements. */
const custom = variant({
  name: 'shopify custom elements',
  path: '/collections/custom',
  list: '.product-list',
  style: `.product-list${GRID}`,
  label: '<span class="badge badge--primary">Sponsored</span>',
  card: (
    good,
    index,
    label,
  ) => `<product-card class="product-card" handle="${good.handle}" reveal-on-scroll="true"><div class="product-card__figure"><div class="product-card__badge-list badge-list">${label}${good.isSoldOut ? '<sold-out-badge class="badge badge--sold-out">Sold out</sold-out-badge>' : ''}</div><a href="/products/${good.handle}" data-instant>${picture(good, 'class="product-card__image product-card__image--primary"')}</a>
<product-form><form method="post" action="/cart/add" id="product_form_${good.id}"><input type="hidden" name="form_type" value="product"><input type="hidden" name="utf8" value="✓"><input type="hidden" name="id" value="${Number(good.id) + 9}"><button type="submit">+ Quick add</button><input type="hidden" name="product-id" value="${good.id}"><input type="hidden" name="section-id" value="main"></form></product-form></div>
<div class="product-card__info"><a href="/collections/vendors?q=x" class="vendor h6 link-faded">${escaped(good.brand)}</a><span class="product-card__title"><a href="/products/${good.handle}" class="bold" data-instant>${escaped(good.title)}</a></span>
<price-list class="price-list">${index % 5 === 3 ? `<sale-price class="text-on-sale"><span class="sr-only">Sale price</span>${money(good.price)}</sale-price><compare-at-price class="text-subdued line-through"><span class="sr-only">Regular price</span>${money(good.price + 40)}</compare-at-price>` : `<sale-price class="text-subdued"><span class="sr-only">Sale price</span>${money(good.price)}</sale-price>`}</price-list></div></product-card>`,
  promo: () =>
    '<div class="content-over-media promotion-banner"><a href="/pages/studio"><p>Visit our studio</p></a></div>',
  expected: ({ id, handle, title, price, brand }) => ({ id, handle, title, price, brand, category: null }),
  body: (cards) =>
    `<body><main><div class="collection"><div class="collection__main"><div class="collection__results"><product-list class="product-list" role="region">${cards}</product-list></div></div></div></main></body>`,
});

/** Hydrogen's skeleton: links are the cards, headings and money inside. */
const hydrogen = variant({
  name: 'hydrogen',
  path: '/collections/hydrogen',
  list: '.products-grid',
  style: `.products-grid${GRID}`,
  label: '<span>Sponsored</span>',
  card: (good, _index, label) =>
    `<a class="product-item" href="/products/${good.handle}" data-discover="true">${label}${picture(good, 'loading="lazy"')}<h4>${escaped(good.title)}</h4><small><div>${money(good.price)}</div></small>${good.isSoldOut ? '<span class="badge">Sold out</span>' : ''}</a>`,
  promo: () => '<a class="tile-link" href="/pages/gifts"><p>Gifts</p></a>',
  expected: ({ handle, title, price }) => ({ id: handle, handle, title, price, brand: null, category: null }),
  body: (cards) =>
    `<body><header class="header"><a href="/">Hydrogen</a></header><main><div class="collection"><h1>Home</h1><div class="products-grid">${cards}</div></div></main></body>`,
});

export const shopifyVariants: readonly Variant[] = [horizon, vintage, custom, hydrogen];
