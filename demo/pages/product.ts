import { html } from 'hono/html';
import {
  type Catalogue,
  type CategorySlug,
  categoryOf,
  ONE_SIZE,
  type Product,
  type SizeStock,
  sizesInStock,
} from '../catalogue.ts';
import { itemListData, jsonLd, productData } from '../json-ld.ts';
import { type Html, layout, type View } from '../layout.ts';
import { formatCents } from '../money.ts';
import { picture, productList, stars } from '../product-card.ts';

/** What is worn with what. */
const COMPANIONS: Readonly<Record<CategorySlug, readonly CategorySlug[]>> = {
  dresses: ['jackets', 'shoes', 'bags', 'knitwear'],
  shirts: ['trousers', 'jeans', 'knitwear', 'accessories'],
  't-shirts': ['jeans', 'jackets', 'shoes', 'skirts'],
  knitwear: ['jeans', 'skirts', 'shirts', 'accessories'],
  jackets: ['knitwear', 'jeans', 'accessories', 'shoes'],
  jeans: ['t-shirts', 'knitwear', 'shoes', 'accessories'],
  trousers: ['shirts', 'knitwear', 'shoes', 'bags'],
  skirts: ['knitwear', 't-shirts', 'shoes', 'bags'],
  shoes: ['jeans', 'dresses', 'accessories', 'trousers'],
  bags: ['dresses', 'jackets', 'shoes', 'accessories'],
  accessories: ['jackets', 'knitwear', 'bags', 'jeans'],
};

/** Few enough left that a shopper would like to know. */
const FEW = 3;

export function productPage(view: View, catalogue: Catalogue, product: Product): Html {
  const category = categoryOf(product.category);
  const companions = goesWellWith(catalogue, product);
  return layout(view, {
    title: `${product.title}, ${product.brand} · Teasel`,
    description: product.description,
    data: [
      jsonLd(productData(view, product)),
      jsonLd(itemListData(view, 'goes-with', 'Goes well with', companions)),
    ],
    main: html`<nav class="crumbs" aria-label="Where you are"><a href="/">Teasel</a> <span aria-hidden="true">/</span> <a href="/c/${product.category}">${category?.name}</a></nav>
<article class="detail">
<div class="frame">${picture(product, true, `${product.title}: ${product.pattern}, ${product.shade.name}, ${product.material}`)}</div>
<div class="about">
<p class="brand"><a href="/search?q=${encodeURIComponent(product.brand)}">${product.brand}</a></p>
<h1>${product.title}</h1>
<p class="price"><span class="tag">${formatCents(product.priceCents)}</span> ${stars(product)} <span class="soft">${product.ratings} ratings</span></p>
<p class="lead">${product.description}</p>
${buyForm(product)}
<dl><dt>Colour</dt><dd>${dot(product)} ${product.colour}, ${product.shade.name}</dd><dt>Pattern</dt><dd>${product.pattern}</dd><dt>Material</dt><dd>${product.material}</dd><dt>Number</dt><dd>${product.id}</dd></dl>
</div></article>
<section aria-labelledby="goes-with-title"><div class="list-head"><h2 id="goes-with-title">Goes well with</h2></div>
${productList(companions, { id: 'goes-with' })}</section>`,
  });
}

function buyForm(product: Product): Html {
  const inStock = sizesInStock(product);
  if (inStock.length === 0) return html`<p class="sold-out">Sold out, in every size. We are sorry too.</p>`;
  const isOneSize = product.sizes.length === 1 && product.sizes[0]?.size === ONE_SIZE;
  return html`<form class="buy" action="/cart/add" method="post">
<input type="hidden" name="id" value="${product.id}">
${isOneSize ? html`<input type="hidden" name="size" value="${ONE_SIZE}">` : sizeSelect(product.sizes)}
<button class="button" type="submit">Put in the cart</button></form>`;
}

function sizeSelect(sizes: readonly SizeStock[]): Html {
  const note = (stock: number) => (stock === 0 ? ', sold out' : stock <= FEW ? `, only ${stock} left` : '');
  return html`<label for="size">Size</label>
<select id="size" name="size" required><option value="">Choose a size</option>
${sizes.map(({ size, stock }) => html`<option value="${size}"${stock === 0 ? ' disabled' : ''}>${size}${note(stock)}</option>`)}</select>`;
}

function dot({ shade }: Product): Html {
  // An SVG attribute, not a style: the shop's own security policy forbids inline styles.
  return html`<svg class="dot" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><circle cx="6" cy="6" r="5.5" fill="${shade.hex}" stroke="currentColor" stroke-opacity=".4"/></svg>`;
}

/** Two from each companion category, walking on with the product's number so that not every page shows the same. */
function goesWellWith(catalogue: Catalogue, product: Product): readonly Product[] {
  const step = Number(product.id.slice(2));
  return COMPANIONS[product.category].flatMap((slug) => {
    const others = catalogue
      .inCategory(slug)
      .filter((other) => !other.sponsored && sizesInStock(other).length > 0);
    const calm = others.filter(({ colour, pattern }) => colour !== product.colour && pattern === 'plain');
    return [0, 1].flatMap((n) => calm[(step + n * 5) % calm.length] ?? []);
  });
}
