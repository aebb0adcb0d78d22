import { html } from 'hono/html';
import { CATEGORIES, type Catalogue } from '../catalogue.ts';
import { itemListData, jsonLd } from '../json-ld.ts';
import { type Html, layout, type View } from '../layout.ts';
import { productList } from '../product-card.ts';
import { searchProducts } from '../search.ts';
import { type SortKey, sortProducts } from '../sort.ts';
import { sortBar } from './category.ts';

export function searchPage(view: View, catalogue: Catalogue, sort: SortKey | undefined): Html {
  const found = sortProducts(searchProducts(catalogue, view.query), sort);
  const heading = view.query === '' ? 'Search' : `“${view.query}”`;
  return layout(view, {
    title: `${heading} · Teasel`,
    description: 'Search results',
    data: found.length > 0 ? [jsonLd(itemListData(view, 'results', 'Search results', found))] : [],
    main: html`<div class="list-head is-page"><h1>${heading}</h1></div>
${found.length > 0 ? html`<h2 class="hidden">Results</h2>${sortBar(view.path, sort, found.length, view.query)}${productList(found, { id: 'results' })}` : nothing(view.query)}`,
  });
}

function nothing(query: string): Html {
  const words =
    query === ''
      ? 'Type what you are after: a colour, a cloth, a brand.'
      : 'Nothing here goes by that name. Try fewer words, or look around:';
  return html`<p class="lead">${words}</p><ul class="plain-links">${CATEGORIES.map(({ slug, name }) => html`<li><a href="/c/${slug}">${name}</a></li>`)}</ul>`;
}
