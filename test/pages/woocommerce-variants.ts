import { escaped, type Good, picture } from './goods.ts';
import { type Variant, variant } from './variant.ts';

const slug = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
const postId = ({ id }: Good) => String(Number(id) % 10_000);
const amount = (value: number) =>
  `<span class="woocommerce-Price-amount amount"><bdi>${value.toFixed(2)}<span class="woocommerce-Price-currencySymbol">&euro;</span></bdi></span>`;
const shown = (good: Good, index: number) =>
  index % 5 === 3
    ? `<del aria-hidden="true">${amount(good.price + 30)}</del> <span class="screen-reader-text">Original price was: ${(good.price + 30).toFixed(2)}€.</span><ins aria-hidden="true">${amount(good.price)}</ins><span class="screen-reader-text">Current price is: ${good.price.toFixed(2)}€.</span>`
    : amount(good.price);
const states = (good: Good) =>
  `product type-product post-${postId(good)} status-publish ${good.isSoldOut ? 'outofstock' : 'instock'} product_cat-${slug(good.category)} product_brand-${slug(good.brand)} has-post-thumbnail product-type-simple`;
const expected = (good: Good) => ({
  id: postId(good),
  handle: good.handle,
  title: good.title,
  price: good.price,
  brand: slug(good.brand),
  category: slug(good.category),
});
const shell = (list: string) =>
  `<body class="archive woocommerce woocommerce-page"><div id="page"><header><nav><ul class="menu"><li><a href="/shop/">Shop</a></li></ul></nav></header><main id="main" class="site-main"><h1 class="page-title">Home</h1>${list}</main><footer><a href="/terms/">Terms</a></footer></div></body>`;

/** Themes of the Flatsome kind: the list is a row of columns, the title a paragraph, the category a text. */
const columns = variant({
  name: 'woocommerce columns',
  path: '/product-category/columns/',
  list: 'div.products',
  style: '.products.row{display:flex;flex-wrap:wrap}.product-small.col{width:25%}',
  label: '<div class="badge-container"><div class="badge"><span>Sponsored</span></div></div>',
  card: (good, index, label) =>
    `<div class="product-small col has-hover ${good.isSoldOut ? 'out-of-stock ' : ''}${states(good)}"><div class="col-inner">${label}<div class="product-small box"><div class="box-image"><div class="image-fade_in_back"><a href="/product/${good.handle}/" aria-label="${escaped(good.title)}">${picture(good, 'class="attachment-woocommerce_thumbnail"')}</a></div>${good.isSoldOut ? '<div class="out-of-stock-label">Out of stock</div>' : ''}</div>
<div class="box-text box-text-products text-center grid-style-2"><div class="title-wrapper"><p class="category uppercase is-smaller no-text-overflow product-cat op-7">${good.category}</p><p class="name product-title woocommerce-loop-product__title"><a href="/product/${good.handle}/" class="woocommerce-LoopProduct-link woocommerce-loop-product__link">${escaped(good.title)}</a></p></div><div class="price-wrapper"><span class="price">${shown(good, index)}</span></div></div></div></div></div>`,
  promo: () => '<div class="col promo"><a href="/sale/"><p>Half-price week</p></a></div>',
  expected,
  body: (cards) =>
    shell(
      `<div class="shop-container"><div class="products row row-small large-columns-4 medium-columns-3 small-columns-2 equalize-box">${cards}</div></div>`,
    ),
});

/** The product collection block of block themes. */
const blocks = variant({
  name: 'woocommerce blocks',
  path: '/product-category/blocks/',
  list: 'ul.wc-block-product-template',
  style: '.wc-block-product-template{display:grid;grid-template-columns:repeat(3,1fr)}',
  label: '<span class="wc-block-components-product-label">Sponsored</span>',
  card: (good, index, label) =>
    `<li class="wc-block-product ${states(good)}" data-wp-interactive="woocommerce/product-collection" data-wp-context='{"productId":${postId(good)},"isSelected":false}' data-wp-key="product-item-${postId(good)}">${label}
<div data-block-name="woocommerce/product-image" class="wc-block-components-product-image wc-block-grid__product-image"><a href="/product/${good.handle}/">${picture(good, 'data-testid="product-image"')}</a></div>
<h2 class="has-text-align-center wp-block-post-title has-medium-font-size"><a href="/product/${good.handle}/" target="_self">${escaped(good.title)}</a></h2>
<div data-block-name="woocommerce/product-price" class="has-text-align-center wp-block-woocommerce-product-price"><div class="wc-block-components-product-price wc-block-grid__product-price">${shown(good, index)}</div></div>
<div data-block-name="woocommerce/product-button" class="wp-block-button wc-block-components-product-button"><button class="wp-block-button__link wc-block-components-product-button__button add_to_cart_button ajax_add_to_cart product_type_simple" data-product_id="${postId(good)}" data-product_sku="S-${postId(good)}"><span>${good.isSoldOut ? 'Read more' : 'Add to cart'}</span></button></div></li>`,
  promo: () => '<li class="wc-block-product promo-tile"><a href="/journal/"><p>From our journal</p></a></li>',
  expected,
  body: (cards) =>
    shell(
      `<div class="wp-block-woocommerce-product-collection alignwide" data-wp-interactive="woocommerce/product-collection"><ul class="columns-3 products-block-post-template wp-block-woocommerce-product-template wc-block-product-template is-layout-grid">${cards}</ul></div>`,
    ),
});

/** Astra: the category above a title that is a link of its own, the cards columns of its grid. */
const astra = variant({
  name: 'woocommerce astra',
  path: '/product-category/astra/',
  list: 'ul.products',
  style: 'ul.products{display:grid;grid-template-columns:repeat(4,1fr)}',
  label: '<span class="ast-shop-product-label">Sponsored</span>',
  card: (good, index, label) =>
    `<li class="ast-grid-common-col ast-full-width ast-article-post desktop-align-left ${states(good)}"><div class="astra-shop-thumbnail-wrap">${label}${good.isSoldOut ? '<span class="ast-shop-product-out-of-stock">Out of stock</span>' : ''}<a href="/product/${good.handle}/" class="woocommerce-LoopProduct-link woocommerce-loop-product__link">${picture(good)}</a></div>
<div class="astra-shop-summary-wrap"><span class="ast-woo-product-category">${good.category}</span><a href="/product/${good.handle}/" class="ast-loop-product__link"><h2 class="woocommerce-loop-product__title">${escaped(good.title)}</h2></a><span class="price">${shown(good, index)}</span></div></li>`,
  promo: () => '<li class="ast-grid-common-col banner-tile"><a href="/gifts/"><p>Gift cards</p></a></li>',
  expected,
  body: (cards) =>
    shell(`<div class="ast-woocommerce-container"><ul class="products columns-4">${cards}</ul></div>`),
});

export const woocommerceVariants: readonly Variant[] = [columns, blocks, astra];
