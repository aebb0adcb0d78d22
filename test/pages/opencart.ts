import { escaped, type Good, picture } from './goods.ts';
import type { Platform } from './platform.ts';
import { withTiles } from './tiles.ts';

const cartId = ({ id }: Good) => String(Number(id) % 700);
const address = (good: Good) =>
  `/index.php?route=product/product&amp;language=en-gb&amp;product_id=${cartId(good)}&amp;path=20`;

/** OpenCart 4: `catalog/view/template/product/thumb.twig` in the columns of `product/category.twig`. */
function card(good: Good, index: number, label = ''): string {
  const id = cartId(good);
  const shown =
    index % 5 === 3
      ? `<span class="price-new">€${good.price.toFixed(2)}</span> <span class="price-old">€${(good.price + 15).toFixed(2)}</span>`
      : `<span class="price-new">€${good.price.toFixed(2)}</span>`;
  return `<div class="col mb-3"><form method="post" data-oc-toggle="ajax" data-oc-load="/index.php?route=common/cart.info" data-oc-target="#cart"><div class="product-thumb"><div class="image"><a href="${address(good)}">${picture(good, `title="${escaped(good.title)}" class="img-fluid"`)}</a>${label}</div>
<div class="content"><div class="description"><h4><a href="${address(good)}">${escaped(good.title)}</a></h4><p>A short text about it..</p><div class="price">${shown} <span class="price-tax">Ex Tax: €${(good.price * 0.8).toFixed(2)}</span></div>${good.isSoldOut ? '<span class="badge out-of-stock">Out Of Stock</span>' : ''}</div>
<div class="button-group"><button type="submit" formaction="/index.php?route=checkout/cart.add" title="Add to Cart">Cart</button><button type="submit" formaction="/index.php?route=account/wishlist.add" title="Wish List">Wish</button></div></div>
<input type="hidden" name="product_id" value="${id}"><input type="hidden" name="quantity" value="1"></div></form></div>`;
}

export const opencart: Platform = {
  name: 'opencart',
  path: '/index.php',
  list: '#product-list',
  replaced: '#content',
  sortQuery: '?route=product/category&path=20&sort=p.price&order=ASC',
  card: (good, index) => card(good, index),
  expected: (good) => ({
    id: cartId(good),
    title: good.title,
    price: good.price,
    brand: null,
    category: null,
  }),
  page({ head = '', goods, sort = false }) {
    const cards = withTiles(goods, {
      product: (good, index) => card(good, index),
      sponsored: (good, index) => card(good, index, '<span class="badge">Sponsored</span>'),
      promo: () =>
        '<div class="col mb-3"><a href="/index.php?route=product/special"><p>Specials</p></a></div>',
    });
    const link = (order: string) =>
      `/index.php?route=product/category&amp;path=20&amp;sort=${order}&amp;order=ASC`;
    return `<!doctype html><html dir="ltr" lang="en"><head><meta charset="utf-8"><title>Home</title><link rel="icon" href="data:,">
<style>.row{display:flex;flex-wrap:wrap}.row-cols>.col,#product-list>.col{width:33.33%}img{width:100%;height:auto}</style>${head}</head>
<body><div id="container"><nav id="menu" class="navbar"><ul class="nav"><li><a href="/index.php?route=product/category&amp;path=20">Home</a></li></ul></nav><main><div id="product-category" class="container"><ul class="breadcrumb"><li class="breadcrumb-item"><a href="/">Home</a></li></ul><div class="row"><div id="content" class="col"><h2>Home</h2>
<div id="display-control" class="row"><select id="input-sort" class="form-select" onchange="location = this.value;"><option value="${link('p.sort_order')}">Default</option><option value="${link('p.price')}"${sort ? ' selected' : ''}>Price (Low &gt; High)</option></select></div>
<div id="product-list" class="row row-cols-1 row-cols-sm-2 row-cols-md-2 row-cols-lg-3">${cards}</div></div></div></div></main><footer><a href="/index.php?route=information/information&amp;information_id=3">Privacy</a></footer></div></body></html>`;
  },
};
