import { html } from 'hono/html';
import { CATEGORIES, type Catalogue, type Product, sizesInStock } from '../catalogue.ts';
import { itemListData, jsonLd } from '../json-ld.ts';
import { type Html, layout, type View } from '../layout.ts';
import { picture, productList } from '../product-card.ts';

const LIST_LENGTH = 12;

export function homePage(view: View, catalogue: Catalogue): Html {
  const newIn = pick(catalogue.products.filter(({ ratings }) => ratings < 40));
  const favourites = pick([...catalogue.products].sort((a, b) => popularity(b) - popularity(a)));
  const window = ['tea-dress', 'cardigan', 'chelsea'].flatMap(
    (style) =>
      catalogue.products.find((product) => product.style === style && product.colour !== 'White') ?? [],
  );
  return layout(view, {
    title: 'Teasel · Clothes with a bit of nap',
    description: 'Dresses, knitwear, jackets and shoes from sixteen small brands that do not exist.',
    data: [
      jsonLd(itemListData(view, 'new-in', 'New in', newIn)),
      jsonLd(itemListData(view, 'favourites', 'Favourites of the season', favourites)),
    ],
    main: html`<section class="hero" aria-labelledby="hero">
<div class="words"><h1 id="hero">Clothes with<br>a bit of nap.</h1>
<p>Brushed wool, washed linen, poplin that has been somewhere. Sixteen small brands under one roof, hung in the order we like them.</p>
<p><a class="button" href="/c/dresses">See the dresses</a> <a class="quiet" href="/c/knitwear">or the knitwear</a></p></div>
<div class="window">${window.map((product) => html`<a href="/p/${product.handle}">${picture(product, true, product.title)}</a>`)}</div>
</section>
<section aria-labelledby="new-in-title"><div class="list-head"><h2 id="new-in-title">New in</h2><p>Unpacked this week, steamed this morning.</p></div>
${productList(newIn, { id: 'new-in' })}</section>
<nav class="doors" aria-label="Departments"><ul>${CATEGORIES.map(({ slug, name, line }) => html`<li><a href="/c/${slug}"><strong>${name}</strong><span>${line}</span></a></li>`)}</ul></nav>
<section aria-labelledby="favourites-title"><div class="list-head"><h2 id="favourites-title">Favourites of the season</h2><p>What came back least, and was worn most.</p></div>
${productList(favourites, { id: 'favourites' })}</section>`,
  });
}

/** Good ratings count for more when many people gave them. */
function popularity({ rating, ratings }: Product): number {
  return (rating - 3) * Math.log(1 + ratings);
}

/** The first few that can be bought, at most two of a category, so that the front page shows the whole shop. */
function pick(products: readonly Product[]): readonly Product[] {
  const perCategory = new Map<string, number>();
  const picked: Product[] = [];
  for (const product of products) {
    const count = perCategory.get(product.category) ?? 0;
    if (picked.length === LIST_LENGTH || count >= 2) continue;
    if (product.sponsored || sizesInStock(product).length === 0) continue;
    perCategory.set(product.category, count + 1);
    picked.push(product);
  }
  return picked;
}
