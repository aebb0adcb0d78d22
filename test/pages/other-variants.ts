import { comma, escaped, picture, shortId } from './goods.ts';
import { GRID, type Variant, variant } from './variant.ts';

const dot = (price: number) => `€${price.toFixed(2)}`;

/** PrestaShop hummingbird: the articles themselves are the list's places. */
const hummingbird = variant({
  name: 'prestashop hummingbird',
  path: '/4-home',
  list: '#js-product-list .products',
  style: `.products${GRID}`,
  label: '<li class="badge product-flags__item">Sponsored</li>',
  card: (good, index, label) =>
    `<article class="product-miniature js-product-miniature" data-id-product="${shortId(good)}" data-id-product-attribute="0"><div class="card"><a href="/home/${shortId(good)}-${good.handle}.html" class="product-miniature__link"><ul class="product-flags js-product-flags">${label}${good.isSoldOut ? '<li class="badge out_of_stock">Out-of-Stock</li>' : ''}</ul><div class="product-miniature__image-container thumbnail-container"><picture>${picture(good, 'class="product-miniature__image card-img-top" loading="lazy"')}</picture></div></a>
<div class="product-miniature__infos card-body"><div class="product-miniature__infos__top"><a href="/home/${shortId(good)}-${good.handle}.html"><p class="product-miniature__title">${escaped(good.title)}</p></a></div><div class="product-miniature__infos__bottom"><div class="product-miniature__prices"><span class="product-miniature__price" aria-label="Price">${comma(good.price)}</span><div class="product-miniature__discount-price">${index % 5 === 3 ? `<span class="product-miniature__regular-price" aria-label="Regular price">${comma(good.price + 20)}</span>` : ''}</div></div></div></div></div></article>`,
  promo: () => '<article class="banner-tile"><a href="/content/4-about"><p>Who we are</p></a></article>',
  expected: (good) => ({
    id: shortId(good),
    handle: `${shortId(good)}-${good.handle}`,
    title: good.title,
    price: good.price,
    brand: null,
    category: null,
  }),
  body: (cards) =>
    `<body id="category"><main id="wrapper"><section id="products"><div id="js-product-list"><div class="products">${cards}</div></div></section></main></body>`,
});

/** PrestaShop 1.6's default theme: microdata, and the product's id on the buttons only. */
const prestashop16 = variant({
  name: 'prestashop 1.6',
  path: '/5-home',
  list: 'ul.product_list',
  style: `.product_list${GRID}`,
  label: '<span class="sale-label">Sponsored</span>',
  card: (good, index, label) =>
    `<li class="ajax_block_product col-xs-12 col-sm-6 col-md-4"><div class="product-container" itemscope itemtype="https://schema.org/Product"><div class="left-block"><div class="product-image-container"><a class="product_img_link" href="/home/${shortId(good)}-${good.handle}.html" title="${escaped(good.title)}" itemprop="url">${picture(good, 'class="replace-2x img-responsive" itemprop="image"')}</a>${label}</div></div>
<div class="right-block"><h5 itemprop="name"><a class="product-name" href="/home/${shortId(good)}-${good.handle}.html" itemprop="url">${escaped(good.title)}</a></h5><div class="content_price"><span class="price product-price">${comma(good.price)}</span>${index % 5 === 3 ? `<span class="old-price product-price">${comma(good.price + 9)}</span>` : ''}</div>
<div class="button-container">${good.isSoldOut ? '<span class="button ajax_add_to_cart_button btn btn-default disabled"><span>Add to cart</span></span>' : `<a class="button ajax_add_to_cart_button btn btn-default" href="/cart?add=1&amp;id_product=${shortId(good)}" rel="nofollow" data-id-product="${shortId(good)}"><span>Add to cart</span></a>`}<a class="button lnk_view btn btn-default" href="/home/${shortId(good)}-${good.handle}.html"><span>More</span></a></div>
<span class="availability">${good.isSoldOut ? '<span class="label-danger out-of-stock">Out of stock</span>' : '<span class="label-success available-now">In Stock</span>'}</span></div><div class="functional-buttons"><div class="compare"><a class="add_to_compare" href="/home/${shortId(good)}-${good.handle}.html" data-id-product="${shortId(good)}">Add to Compare</a></div></div></div></li>`,
  promo: () => '<li class="col-xs-12 promo"><a href="/content/2"><p>Delivery</p></a></li>',
  expected: hummingbird.expected,
  body: (cards) =>
    `<body id="category"><div id="page"><div id="center_column"><h1>Home</h1><ul class="product_list grid row">${cards}</ul></div></div></body>`,
});

/** Cornerstone's list view. */
const listView = variant({
  name: 'bigcommerce list view',
  path: '/list/',
  list: 'ul.productList',
  style: '.productList{display:block}',
  label: '<span class="card-label">Sponsored</span>',
  card: (good, index, label) =>
    `<li class="product"><article class="listItem" data-test="card-${shortId(good)}" data-event-type="list" data-entity-id="${shortId(good)}" data-position="${index + 1}" data-name="${escaped(good.title)}" data-product-category="${good.category}" data-product-brand="${escaped(good.brand)}" data-product-price="${good.price}">${label}<figure class="listItem-figure">${picture(good, 'class="listItem-image"')}</figure><div class="listItem-body"><div class="listItem-content"><div class="listItem-details"><p class="listItem-brand">${escaped(good.brand)}</p><h4 class="listItem-title"><a href="/${good.handle}/" data-event-type="product-click">${escaped(good.title)}</a></h4><div class="listItem-price"><div class="price-section price-section--withoutTax"><span data-product-price-without-tax class="price price--withoutTax">${dot(good.price)}</span></div></div></div><div class="listItem-actions"><a href="${good.isSoldOut ? `/${good.handle}/` : `/cart.php?action=add&amp;product_id=${shortId(good)}`}" class="button">${good.isSoldOut ? '<span class="sold-out-text">Sold out</span>' : 'Add to cart'}</a></div></div></div></article></li>`,
  promo: () => '<li class="product banner"><a href="/blog/"><p>Our blog</p></a></li>',
  expected: (good) => ({
    id: shortId(good),
    handle: good.handle,
    title: good.title,
    price: good.price,
    brand: good.brand,
    category: good.category,
  }),
  body: (cards) =>
    `<body><div class="body"><main class="page-content" id="product-listing-container"><ul class="productList">${cards}</ul></main></div></body>`,
});

/** OpenCart 2 and 3: the id stands in the buttons' code. */
const opencart3 = variant({
  name: 'opencart 3',
  path: '/index.php',
  list: '.row.goods-row',
  style: '.goods-row{display:flex;flex-wrap:wrap}.product-layout{width:25%}',
  label: '<span class="label">Sponsored</span>',
  card: (good, index, label) =>
    `<div class="product-layout product-grid col-lg-3 col-md-3 col-sm-6 col-xs-12"><div class="product-thumb transition"><div class="image"><a href="/home/${good.handle}">${picture(good, 'class="img-responsive"')}</a>${label}${good.isSoldOut ? '<span class="stock-status">Out Of Stock</span>' : ''}</div><div><div class="caption"><h4><a href="/home/${good.handle}">${escaped(good.title)}</a></h4><p>About it..</p><p class="price">${index % 5 === 3 ? `<span class="price-new">${dot(good.price)}</span> <span class="price-old">${dot(good.price + 11)}</span>` : dot(good.price)} <span class="price-tax">Ex Tax: ${dot(good.price * 0.8)}</span></p></div><div class="button-group"><button type="button" onclick="cart.add('${shortId(good)}', '1');">Add to Cart</button><button type="button" onclick="wishlist.add('${shortId(good)}');">Wish</button></div></div></div></div>`,
  promo: () => '<div class="product-layout promo-col"><a href="/special"><p>Specials</p></a></div>',
  expected: (good) => ({
    id: shortId(good),
    handle: good.handle,
    title: good.title,
    price: good.price,
    brand: null,
    category: null,
  }),
  body: (cards) =>
    `<body><div id="product-category" class="container"><div class="row"><div id="content" class="col-sm-9"><h2>Home</h2><div class="row"><div class="col-md-4"><select id="input-sort"><option value="/index.php?sort=p.sort_order&amp;order=ASC" selected>Default</option></select></div></div><div class="row goods-row">${cards}</div></div></div></div></body>`,
});

/** Somebody's own shop: articles with microdata on the card, prices with a currency code, brand and category in it. */
const microdata = variant({
  name: 'home-made microdata',
  path: '/wares/home',
  list: 'section.wares',
  style: `.wares${GRID}`,
  label: '<p class="note">Sponsored</p>',
  card: (good, _index, label) =>
    `<article class="ware" itemscope itemtype="https://schema.org/Product">${label}<a itemprop="url" href="/wares/${good.handle}"><h3 itemprop="name">${escaped(good.title)}</h3></a>${picture(good, 'itemprop="image"')}<meta itemprop="sku" content="W-${shortId(good)}"><span itemprop="brand" itemscope itemtype="https://schema.org/Brand"><span itemprop="name">${escaped(good.brand)}</span></span> <span itemprop="category">${good.category}</span> <span itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="priceCurrency" content="EUR"><data itemprop="price" value="${good.price}" content="${good.price}">${comma(good.price)}</data><link itemprop="availability" href="https://schema.org/${good.isSoldOut ? 'OutOfStock' : 'InStock'}"></span></article>`,
  promo: () => '<article class="ware-note"><a href="/visit"><p>Visit us</p></a></article>',
  expected: (good) => ({
    id: `W-${shortId(good)}`,
    handle: good.handle,
    title: good.title,
    price: good.price,
    brand: good.brand,
    category: good.category,
  }),
  body: (cards) =>
    `<body><header><a href="/">Wares</a></header><main><h1>Home</h1><section class="wares">${cards}</section></main></body>`,
});

/** Somebody's own shop built with utility classes: nothing but links, texts and prices. */
const utility = variant({
  name: 'home-made utility classes',
  path: '/store/home',
  list: '#catalog',
  style: `#catalog${GRID}`,
  label: '<span class="text-xs">Sponsored</span>',
  card: (good, _index, label) =>
    `<div class="group relative rounded">${label}<div class="aspect-square overflow-hidden">${picture(good)}</div><div class="mt-4 flex justify-between"><div><h3 class="text-sm"><a href="/store/${good.handle}"><span aria-hidden="true" class="absolute inset-0"></span>${escaped(good.title)}</a></h3><p class="mt-1 text-sm text-gray-500">${good.category}</p></div><p class="text-sm font-medium">${dot(good.price)}</p></div>${good.isSoldOut ? '<span class="pill">Sold out</span>' : ''}</div>`,
  promo: () => '<div class="relative rounded bg-gray-100"><a href="/club"><p>Join the club</p></a></div>',
  expected: (good) => ({
    id: `/store/${good.handle}`,
    handle: good.handle,
    title: good.title,
    price: good.price,
    brand: null,
    category: null,
  }),
  body: (cards) =>
    `<body class="bg-white"><header><nav><a href="/store/new">New</a></nav></header><main><h2>Home</h2><div id="catalog">${cards}</div></main></body>`,
});

export const otherVariants: readonly Variant[] = [
  hummingbird,
  prestashop16,
  listView,
  opencart3,
  microdata,
  utility,
];
