import { escaped, type Good, picture } from './goods.ts';
import type { Platform } from './platform.ts';
import { withTiles } from './tiles.ts';

const COLUMNS = 3;
const slug = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
/** WooCommerce's own post ids are short. */
const postId = ({ id }: Good) => String(Number(id) % 10_000);

/** Classes that start and end a row, as `wc_get_loop_class` counts them. */
const rowClass = (index: number) =>
  index % COLUMNS === 0 ? ' first' : index % COLUMNS === COLUMNS - 1 ? ' last' : '';

/** `templates/content-product.php` with `loop/price.php` and `loop/add-to-cart.php`; Storefront floats the cards. */
function card(good: Good, index: number, classes = '', label = ''): string {
  const { handle, title, price, category, isSoldOut } = good;
  const id = postId(good);
  const amount = (value: number) =>
    `<span class="woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol">&euro;</span>${value.toFixed(2)}</bdi></span>`;
  const shown =
    index % 5 === 3
      ? `<del aria-hidden="true">${amount(price + 30)}</del> <span class="screen-reader-text">Original price was</span><ins aria-hidden="true">${amount(price)}</ins>`
      : amount(price);
  return `<li class="product type-product post-${id} status-publish${rowClass(index)} ${isSoldOut ? 'outofstock' : 'instock'} product_cat-${slug(category)} has-post-thumbnail taxable shipping-taxable purchasable product-type-simple${classes}">
<a href="/product/${handle}/" class="woocommerce-LoopProduct-link woocommerce-loop-product__link">${picture(good, 'class="attachment-woocommerce_thumbnail size-woocommerce_thumbnail"')}${label}<h2 class="woocommerce-loop-product__title">${escaped(title)}</h2>
<span class="price">${shown}</span></a>${
    isSoldOut
      ? `<a href="/product/${handle}/" data-quantity="1" class="button product_type_simple" data-product_id="${id}" data-product_sku="SKU-${id}" rel="nofollow">Read more</a>`
      : `<a href="?add-to-cart=${id}" data-quantity="1" class="button product_type_simple add_to_cart_button ajax_add_to_cart" data-product_id="${id}" data-product_sku="SKU-${id}" rel="nofollow">Add to cart</a>`
  }</li>`;
}

export const woocommerce: Platform = {
  name: 'woocommerce',
  path: '/product-category/home/',
  list: 'ul.products',
  replaced: 'main#main',
  sortQuery: '?orderby=price',
  card: (good, index) => card(good, index),
  expected: (good) => ({
    id: postId(good),
    handle: good.handle,
    title: good.title,
    price: good.price,
    brand: null,
    category: slug(good.category),
  }),
  page({ head = '', goods, sort = false }) {
    const cards = withTiles(goods, {
      product: card,
      sponsored: (good, index) => card(good, index, ' sponsored', '<span class="onsale">Ad</span>'),
      promo: (index) =>
        `<li class="product promo-tile${rowClass(index)}"><a href="/sale/"><p>Everything for the table</p></a></li>`,
    });
    return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Home</title><link rel="icon" href="data:,">
<style>ul.products{margin:0;padding:0;list-style:none}ul.products::after{content:"";display:block;clear:both}ul.products li.product{float:left;width:30.79%;margin-right:3.8%;list-style:none}ul.products li.first{clear:both!important}ul.products li.last{margin-right:0!important}img{width:100%;height:auto}</style>${head}</head>
<body class="archive tax-product_cat woocommerce woocommerce-page theme-storefront"><div id="page" class="hfeed site"><header id="masthead" class="site-header"><nav class="main-navigation"><ul class="menu"><li><a href="/shop/">Shop</a></li></ul></nav></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main"><header class="woocommerce-products-header"><h1 class="page-title">Home</h1></header>
<div class="storefront-sorting"><form class="woocommerce-ordering" method="get"><select name="orderby" class="orderby"><option value="menu_order">Default sorting</option><option value="price"${sort ? ' selected' : ''}>Sort by price</option></select></form></div>
<ul class="products columns-3">${cards}</ul><div class="storefront-sorting"><p class="woocommerce-result-count">Showing all results</p></div></main></div></div>
<footer id="colophon" class="site-footer"><a href="/terms/">Terms</a></footer></div></body></html>`;
  },
};
