import { html } from 'hono/html';
import type { Catalogue, Category, Product } from '../catalogue.ts';
import { itemListData, jsonLd } from '../json-ld.ts';
import { type Html, layout, type View } from '../layout.ts';
import { productList } from '../product-card.ts';
import { SORTS, type SortKey, sortProducts } from '../sort.ts';

/** Where paid products stand, counted from 0, whatever the order of the others. */
const SPONSORED_SLOTS = [3, 13];

const mendingTile = html`<li class="promo"><a href="/privacy"><span>A note from the back room</span><strong>Moths? We mend knitwear for free, for as long as you own it.</strong></a></li>`;

export function categoryPage(
  view: View,
  catalogue: Catalogue,
  category: Category,
  sort: SortKey | undefined,
): Html {
  const products = withSponsored(catalogue.inCategory(category.slug), sort);
  return layout(view, {
    title: `${category.name} · Teasel`,
    description: category.line,
    data: [jsonLd(itemListData(view, 'products', category.name, products))],
    main: html`<div class="list-head is-page"><h1>${category.name}</h1><p>${category.line}</p></div>
<h2 class="hidden">All ${products.length} products</h2>
${sortBar(view.path, sort, products.length, undefined)}
${productList(products, { id: 'products', ...(category.slug === 'knitwear' && { promo: { at: 6, tile: mendingTile } }) })}`,
  });
}

/** @param search the query that the sorted page must keep */
export function sortBar(
  path: string,
  sort: SortKey | undefined,
  count: number,
  search: string | undefined,
): Html {
  const href = (key: SortKey) =>
    `${path}?${new URLSearchParams(search === undefined ? { sort: key } : { q: search, sort: key })}`;
  const home = search === undefined ? path : `${path}?${new URLSearchParams({ q: search })}`;
  const isCurrent = (key: SortKey | undefined) => (key === sort ? 'true' : 'false');
  return html`<div class="sort"><p>${count} ${count === 1 ? 'piece' : 'pieces'}</p>
<nav class="sort-links" aria-label="Order"><a href="${home}" aria-current="${isCurrent(undefined)}">Our order</a>
${SORTS.map(({ key, label }) => html`<a href="${href(key)}" aria-current="${isCurrent(key)}">${label}</a>`)}</nav>
<form class="sort-form" action="${path}" method="get">${search === undefined ? '' : html`<input type="hidden" name="q" value="${search}">`}
<label for="sort">Order</label>
<select id="sort" name="sort"><option value="">Our order</option>
${SORTS.map(({ key, label }) => html`<option value="${key}"${key === sort ? ' selected' : ''}>${label}</option>`)}</select>
<button type="submit">Go</button></form></div>`;
}

/** The shop's own order, or the shopper's, with paid products in their places. */
export function withSponsored(products: readonly Product[], sort: SortKey | undefined): readonly Product[] {
  const paid = products.filter(({ sponsored }) => sponsored);
  const list = [
    ...sortProducts(
      products.filter(({ sponsored }) => !sponsored),
      sort,
    ),
  ];
  paid.forEach((product, index) => {
    list.splice(SPONSORED_SLOTS[index] ?? list.length, 0, product);
  });
  return list;
}
