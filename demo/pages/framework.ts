import { html, raw } from 'hono/html';
import { type Catalogue, type CategorySlug, categoryOf, type Product, sizesInStock } from '../catalogue.ts';
import { FRAMEWORKS, type Framework } from '../frameworks/compile.ts';
import type { Department, Garment } from '../frameworks/goods.ts';
import { categoryPath } from '../json-ld.ts';
import { type Html, layout, type View } from '../layout.ts';
import { formatCents } from '../money.ts';
import { withSponsored } from './category.ts';

const SHOWN: readonly CategorySlug[] = ['dresses', 'knitwear', 'shoes'];
const NAMES: Readonly<Record<Framework, string>> = { react: 'React', vue: 'Vue', svelte: 'Svelte' };
const LINES: Readonly<Record<Framework, string>> = {
  react: `const [shown, list] = useReshelf(products)

<ul {...list}>{shown.map((product) => …)}</ul>`,
  vue: `const { shown, list } = useReshelf(products)

<ul v-bind="list"><li v-for="product in shown" …></ul>`,
  svelte: `const reshelf = useReshelf(() => products)

<ul {...reshelf.list}>{#each reshelf.shown as product (product.id)} …</ul>`,
};

export const departmentsOf = (catalogue: Catalogue): readonly Department[] =>
  SHOWN.map((slug) => ({
    slug,
    name: categoryOf(slug)?.name ?? slug,
    garments: withSponsored(catalogue.inCategory(slug), undefined).map(toGarment),
  }));

function toGarment(product: Product): Garment {
  const { id, handle, title, brand, priceCents, rating, sponsored } = product;
  const sizes = sizesInStock(product);
  return {
    id,
    handle,
    title,
    brand,
    category: categoryPath(product),
    price: priceCents / 100,
    priceText: formatCents(priceCents),
    rating: rating.toFixed(1),
    sizes,
    inStock: sizes.length > 0,
    isSponsored: sponsored,
  };
}

/** @param rendered the app as its server renders it */
export function frameworkPage(
  view: View,
  framework: Framework,
  departments: readonly Department[],
  rendered: string,
): Html {
  const name = NAMES[framework];
  const goods = JSON.stringify(departments).replaceAll('<', '\\u003c');
  const others = FRAMEWORKS.filter((other) => other !== framework);
  return layout(view, {
    title: `By ${name} · Teasel`,
    description: `The shop's lists, rendered by ${name}`,
    data: [html`<script src="/frameworks/${framework}.js" defer></script>`],
    main: html`<div class="list-head is-page"><h1>By ${name}</h1><p>Also by ${others.map((other, index) => html`${index === 0 ? '' : ' and '}<a href="/frameworks/${other}">${NAMES[other]}</a>`)}</p></div>
<p class="lead">${name} renders this list, on the server and in your browser. What you have in view never moves: the rows below it, the next department and “Show more” come in your order.</p>
<pre class="code" tabindex="0"><code>${LINES[framework]}</code></pre>
<h2 class="hidden">Products</h2>
<div id="app">${raw(rendered)}</div>
<script type="application/json" id="goods">${raw(goods)}</script>`,
  });
}
