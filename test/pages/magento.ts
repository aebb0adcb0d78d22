import { escaped, type Good, picture } from './goods.ts';
import type { ListingOptions, Platform } from './platform.ts';
import { withTiles } from './tiles.ts';

const magentoId = ({ id }: Good) => String(Number(id) % 5_000);

/** `Magento_Catalog::product/list.phtml` with the final price box of `Magento_Catalog::product/price`. */
function priceBox(good: Good, index: number): string {
  const id = magentoId(good);
  const wrapper = (type: string, name: string, price: number) =>
    `<span class="price-container price-${name} tax weee"><span id="${type === 'oldPrice' ? 'old' : 'product'}-price-${id}" data-price-amount="${price}" data-price-type="${type}" class="price-wrapper"><span class="price">€${price.toFixed(2)}</span></span></span>`;
  return `<div class="price-box price-final_price" data-role="priceBox" data-product-id="${id}" data-price-box="product-id-${id}">${
    index % 5 === 3
      ? `<span class="special-price">${wrapper('finalPrice', 'final_price', good.price)}</span><span class="old-price">${wrapper('oldPrice', 'final_price', good.price + 25)}</span>`
      : wrapper('finalPrice', 'final_price', good.price)
  }</div>`;
}

function lumaCard(good: Good, index: number, label = ''): string {
  const id = magentoId(good);
  const href = `/${good.handle}.html`;
  return `<li class="item product product-item"><div class="product-item-info" id="product-item-info_${id}" data-container="product-grid">${label}
<a href="${href}" class="product photo product-item-photo" tabindex="-1"><span class="product-image-container product-image-container-${id}"><span class="product-image-wrapper">${picture(good, 'class="product-image-photo" loading="lazy"')}</span></span></a>
<div class="product details product-item-details"><strong class="product name product-item-name"><a class="product-item-link" href="${href}">${escaped(good.title)}</a></strong>${priceBox(good, index)}
<div class="product-item-inner"><div class="product actions product-item-actions"><div class="actions-primary">${
    good.isSoldOut
      ? '<div class="stock unavailable"><span>Out of stock</span></div>'
      : `<form data-role="tocart-form" data-product-sku="MG-${id}" action="/checkout/cart/add/uenc/x/product/${id}/" data-mage-init='{"catalogAddToCart": {}}' method="post"><input type="hidden" name="product" value="${id}"><input type="hidden" name="uenc" value="x"><button type="submit" title="Add to Cart" class="action tocart primary"><span>Add to Cart</span></button></form>`
  }</div></div></div></div></div><script type="text/x-magento-init">{"[data-role=tocart-form]": {"catalogAddToCart": {"product_sku": "MG-${id}"}}}</script></li>`;
}

const expected: Platform['expected'] = (good) => ({
  id: magentoId(good),
  handle: good.handle,
  title: good.title,
  price: good.price,
  brand: null,
  category: null,
});

const frame = (head: string, style: string, body: string, { sort = false }: ListingOptions) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Home</title><link rel="icon" href="data:,"><style>${style}</style>${head}</head>
<body data-container="body" id="html-body" class="page-products categorypath-home catalog-category-view page-layout-2columns-left"><div class="page-wrapper"><header class="page-header"><nav class="navigation"><ul><li class="level0"><a href="/home.html">Home</a></li></ul></nav></header>
<main id="maincontent" class="page-main"><div class="page-title-wrapper"><h1 class="page-title">Home</h1></div><div class="columns"><div class="column main">
<div class="toolbar toolbar-products"><div class="toolbar-sorter sorter"><label for="sorter">Sort By</label><select id="sorter" data-role="sorter" class="sorter-options"><option value="position">Position</option><option value="price"${sort ? ' selected' : ''}>Price</option></select></div></div>
${body}</div></div></main><footer class="page-footer"><a href="/privacy-policy">Privacy</a></footer></div></body></html>`;

export const luma: Platform = {
  name: 'magento-luma',
  path: '/home.html',
  list: 'ol.product-items',
  replaced: '.column.main',
  sortQuery: '?product_list_order=price',
  card: (good, index) => lumaCard(good, index),
  expected,
  page(options) {
    const cards = withTiles(options.goods, {
      product: (good, index) => lumaCard(good, index),
      sponsored: (good, index) => lumaCard(good, index, '<span class="label">Sponsored</span>'),
      promo: () => '<li class="item promo"><a href="/sale.html"><p>Sale</p></a></li>',
    });
    const style =
      '.product-items{margin:0;padding:0;font-size:0}.product-items>li{display:inline-block;width:25%;vertical-align:top;font-size:14px}img{width:100%;height:auto}';
    const body = `<div class="products wrapper grid products-grid"><ol class="products list items product-items">${cards}</ol></div>`;
    return frame(options.head ?? '', style, body, options);
  },
};

/** Hyvä: `Magento_Catalog/templates/product/list/item.phtml`: a form where it can be bought, else a plain block. */
function hyvaCard(good: Good, index: number, label = ''): string {
  const id = magentoId(good);
  const href = `/${good.handle}.html`;
  const inside = `${label}<a href="${href}" class="product photo product-item-photo block mx-auto mb-3" tabindex="-1">${picture(good, 'class="hover:shadow-sm object-contain" loading="lazy"')}</a>
<div class="product-info flex flex-col grow"><div class="mt-2 mb-1 items-center justify-center text-primary font-semibold text-lg text-center"><a class="product-item-link" href="${href}">${escaped(good.title)}</a></div>
<div class="pt-1 text-gray-900" x-data="initPriceBox_${id}()" @update-prices-${id}.window="updatePrice($event.detail);">${priceBox(good, index)}</div>
<div class="mt-auto pt-3 flex flex-wrap justify-center items-center">${good.isSoldOut ? '<div class="w-auto justify-center mr-auto"><p class="unavailable stock" title="Availability"><span>Out of stock</span></p></div>' : '<button class="w-auto btn btn-primary justify-center text-sm mr-auto" aria-label="Add to Cart"><span>Add to Cart</span></button>'}
<button x-data="initWishlist()" @click.prevent="addToWishlist(${id})" aria-label="Add to Wish List" type="button" class="rounded-full w-9 h-9">♡</button></div></div>`;
  const classes = 'item product product-item card card-interactive flex flex-col w-full';
  return good.isSoldOut
    ? `<div class="${classes}">${inside}</div>`
    : `<form method="post" action="/checkout/cart/add/product/${id}/" class="${classes} product_addtocart_form"><input name="form_key" type="hidden" value="k"><input type="hidden" name="product" value="${id}">${inside}</form>`;
}

export const hyva: Platform = {
  name: 'magento-hyva',
  path: '/home.html',
  list: '.products-grid > .grid',
  replaced: '.column.main',
  sortQuery: '?product_list_order=name',
  card: (good, index) => hyvaCard(good, index),
  expected,
  page(options) {
    const cards = withTiles(options.goods, {
      product: (good, index) => hyvaCard(good, index),
      sponsored: (good, index) => hyvaCard(good, index, '<span class="text-xs">Sponsored</span>'),
      promo: () => '<div class="card flex"><a href="/sale.html"><p>Sale</p></a></div>',
    });
    const style =
      '.grid{display:grid;grid-template-columns:repeat(4,1fr);gap:8px}img{width:100%;height:auto}.flex-col{display:flex;flex-direction:column}';
    const body = `<section id="product-list" class="py-8"><div class="products wrapper mode-grid products-grid"><div class="mx-auto pt-4 pb-12 grid gap-4 grid-cols-1 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">${cards}</div></div></section>`;
    return frame(options.head ?? '', style, body, options);
  },
};
