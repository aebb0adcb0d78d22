import { html } from 'hono/html';
import { type Product, sizesInStock } from './catalogue.ts';
import { categoryPath } from './json-ld.ts';
import type { Html } from './layout.ts';
import { formatCents } from './money.ts';

/** How many pictures a list loads at once; the others wait until they are scrolled near. */
const EAGER = 8;

interface ListOptions {
  readonly id: string;
  /** Something that is not a product, and the place in the list where it stands. */
  readonly promo?: { readonly at: number; readonly tile: Html };
}

export function productList(products: readonly Product[], { id, promo }: ListOptions): Html {
  const items: Html[] = products.map((product, index) => productCard(product, index < EAGER));
  if (promo && items.length > promo.at) items.splice(promo.at, 0, promo.tile);
  return html`<ul class="products" id="${id}">${items}</ul>`;
}

function productCard(product: Product, isEager: boolean): Html {
  const inStock = sizesInStock(product);
  const kind = `product${product.sponsored ? ' is-sponsored' : ''}${inStock.length === 0 ? ' is-sold-out' : ''}`;
  // JSON-LD tells the category too, but only when the whole page is there: the head snippet orders before that
  return html`<li class="${kind}" data-reshelf-category="${categoryPath(product)}"><article><a href="/p/${product.handle}">
<span class="frame">${picture(product, isEager)}<span class="tag">${formatCents(product.priceCents)}</span></span>
${product.sponsored ? html`<span class="label">Sponsored</span>` : ''}
<h3>${product.title}</h3></a>
<p class="facts"><span>${product.brand}</span> ${stars(product)}</p>
${sizeLine(inStock)}</article></li>`;
}

export function picture(product: Product, isEager: boolean, alt = ''): Html {
  return html`<img src="/pictures/${product.id}.svg" alt="${alt}" width="400" height="500" loading="${isEager ? 'eager' : 'lazy'}" decoding="async">`;
}

export function stars({ rating, ratings }: Product): Html {
  return html`<span class="rating"><span aria-hidden="true">★</span> ${rating.toFixed(1)}<span class="hidden"> out of 5, from ${ratings} ratings</span></span>`;
}

function sizeLine(inStock: readonly string[]): Html {
  if (inStock.length === 0) return html`<p class="sizes">Sold out</p>`;
  return html`<p class="sizes"><span class="hidden">In stock: </span>${inStock.join(' · ')}</p>`;
}
