/** A product as the test shops show it. */
export interface ShopProduct {
  readonly id: string;
  readonly title: string;
  readonly price: number;
  readonly brand?: string;
  readonly category?: string;
  readonly colour?: string;
  readonly sizes?: readonly string[];
  readonly inStock?: boolean;
}

export type Markup = 'json-ld' | 'attributes' | 'microdata' | 'plain';

const escaped = (text: string) =>
  text.replace(
    /[&<>"]/g,
    (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark] ?? mark,
  );

export const productPath = (id: string) => `/p/${encodeURIComponent(id)}`;

export interface PageParts {
  readonly title: string;
  readonly body: string;
  readonly head?: string;
  /** The integration line; left out, the page has no Reshelf. */
  readonly tag?: string;
}

export const TAG =
  '<script src="/reshelf/reshelf.js" data-reshelf-worker-src="/reshelf/reshelf.worker.js"></script>';

/** The one line that orders before the first paint and loads the rest. */
export const BOOT =
  '<script src="/reshelf/reshelf.boot.js" data-reshelf-worker-src="/reshelf/reshelf.worker.js"></script>';

/** `TAG` with more attributes. */
export const tagWith = (attributes: string) => TAG.replace('></script>', ` ${attributes}></script>`);

/** Pushes the list below the fold, under any policy for styles: what has not been seen yet may still be ordered. */
const NOT_SEEN_YET = '<br>'.repeat(60);

/** Room below everything, as shops' footers give it: the launcher in the corner covers nothing that is clicked. */
const FOOT = '<br>'.repeat(12);

export function page({ title, body, head = '', tag = '' }: PageParts): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>ul { display: grid; grid-template-columns: repeat(4, 1fr); list-style: none } li { min-height: 120px }</style>
${head}${tag}</head><body><h1>${escaped(title)}</h1>${NOT_SEEN_YET}${body}${FOOT}</body></html>`;
}

function productLd(product: ShopProduct): object {
  return {
    '@type': 'Product',
    url: productPath(product.id),
    productID: product.id,
    name: product.title,
    brand: product.brand === undefined ? undefined : { '@type': 'Brand', name: product.brand },
    category: product.category,
    color: product.colour,
    size: product.sizes,
    offers: {
      '@type': 'Offer',
      price: product.price.toFixed(2),
      priceCurrency: 'EUR',
      availability: `https://schema.org/${product.inStock === false ? 'OutOfStock' : 'InStock'}`,
    },
  };
}

const ld = (data: object) =>
  `<script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', ...data }).replace(/</g, '\\u003c')}</script>`;

/** `<ul>` of products in the given order, marked up for machines in one of the ways shops do it. */
export function list(products: readonly ShopProduct[], markup: Markup, attributes = ''): string {
  const cards = products.map((product) => card(product, markup)).join('\n');
  const own = markup === 'attributes' ? 'data-reshelf-list' : '';
  const itemList =
    markup === 'json-ld'
      ? ld({
          '@type': 'ItemList',
          itemListElement: products.map((product, i) => ({
            '@type': 'ListItem',
            position: i + 1,
            item: productLd(product),
          })),
        })
      : '';
  return `<ul class="products" ${own} ${attributes}>\n${cards}\n</ul>${itemList}`;
}

export function card(product: ShopProduct, markup: Markup, attributes = ''): string {
  const { id, title, price, brand, category, colour, sizes, inStock } = product;
  const link = `<a href="${productPath(id)}?from=list">${escaped(title)}</a>`;
  if (markup === 'attributes') {
    const data = {
      item: id,
      title,
      price,
      brand,
      category,
      colour,
      sizes: sizes?.join(','),
      'in-stock': inStock,
    };
    const text = Object.entries(data)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `data-reshelf-${name}="${escaped(String(value))}"`)
      .join(' ');
    return `<li ${text} ${attributes}>${link}</li>`;
  }
  if (markup === 'microdata')
    return `<li itemscope itemtype="https://schema.org/Product" ${attributes}><meta itemprop="productID" content="${escaped(id)}">
<h3 itemprop="name">${link}</h3><meta itemprop="category" content="${escaped(category ?? '')}">
${(sizes ?? []).map((size) => `<meta itemprop="size" content="${escaped(size)}">`).join('')}
<meta itemprop="color" content="${escaped(colour ?? '')}"><span itemprop="brand">${escaped(brand ?? '')}</span>
<span itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="price" content="${price}">
<meta itemprop="priceCurrency" content="EUR"><link itemprop="availability" href="https://schema.org/${inStock === false ? 'OutOfStock' : 'InStock'}"></span></li>`;
  if (markup === 'plain')
    return `<li class="card" data-product-id="${escaped(id)}" ${attributes}>${link}<span class="price">€ ${price.toFixed(2)}</span></li>`;
  return `<li class="product" ${attributes}>${link}<span class="price">€ ${price.toFixed(2)}</span></li>`;
}

/** A product's own page: JSON-LD, a size choice and a form that puts it into the cart. */
export function productBody(product: ShopProduct): string {
  const options = (product.sizes ?? [])
    .map((size) => `<option value="${escaped(size)}">${escaped(size)}</option>`)
    .join('');
  return `${ld(productLd(product))}<p>${escaped(product.title)}</p>
<form method="post" action="/cart/add"><input type="hidden" name="id" value="${escaped(product.id)}">
<label>Size <select name="size"><option value="">Choose</option>${options}</select></label><button>Add to cart</button></form>
<a href="/">Home</a>`;
}

/** The page after an order. */
export function orderBody(lines: readonly { product: ShopProduct; quantity: number }[]): string {
  return ld({
    '@type': 'Order',
    orderNumber: 'A-1',
    orderedItem: lines.map(({ product, quantity }) => ({
      '@type': 'OrderItem',
      orderQuantity: quantity,
      orderedItem: productLd(product),
    })),
  });
}
