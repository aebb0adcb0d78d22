import { html, raw } from 'hono/html';
import { CATEGORIES } from './catalogue.ts';

/** Markup that is already escaped. */
export type Html = ReturnType<typeof html> | ReturnType<typeof raw>;

/** What every page knows about the request it answers. */
export interface View {
  /** "http://localhost:4173" */
  readonly origin: string;
  readonly path: string;
  readonly query: string;
  readonly cartCount: number;
  readonly withReshelf: boolean;
  /** Aggregators run beside the shop: shoppers may be asked to learn together. */
  readonly withTasks: boolean;
}

// The whole integration. Everything else in this shop would be the same without it.
const RESHELF = html`<script src="/reshelf/reshelf.boot.js" data-reshelf-worker-src="/reshelf/reshelf.worker.js" data-reshelf-keep="size category recent" data-reshelf-notice-url="/privacy"></script>`;

/** The same, and learning together with other shoppers, for those who grant that, too. */
const RESHELF_TOGETHER = raw(
  RESHELF.toString().replace(
    ' data-reshelf-notice-url',
    ' data-reshelf-tasks="/tasks.json" data-reshelf-region="eu" data-reshelf-notice-url',
  ),
);

/** A teasel head: the plant that raised the nap of wool cloth for a thousand years. */
export const MARK = raw(
  '<svg class="mark" viewBox="0 0 32 40" width="32" height="40" aria-hidden="true" focusable="false">' +
    '<path d="M16 26v13M16 34q-7-1-9-7M16 36q7-1 9-7" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/>' +
    '<path d="M16 2c6 4 8 10 8 15s-3 10-8 10-8-5-8-10S10 6 16 2z" fill="currentColor"/>' +
    '<path d="M10 10l12 12M9 16l9 9M13 6l10 10M22 10L10 22M23 16l-9 9M19 6L9 16" stroke="#fff" stroke-opacity=".5" stroke-width="1"/>' +
    '<path d="M8 22Q2 18 3 10M24 22q6-4 5-12" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/></svg>',
);

interface Page {
  readonly title: string;
  readonly description: string;
  readonly main: Html;
  /** JSON-LD blocks. */
  readonly data?: readonly Html[];
}

export function layout(view: View, { title, description, main, data = [] }: Page): Html {
  const current = (href: string) => (view.path === href ? raw(' aria-current="page"') : '');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${view.withReshelf ? (view.withTasks ? RESHELF_TOGETHER : RESHELF) : ''}
<meta name="description" content="${description}">
<title>${title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/shop.css">
${data}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<p class="notice">Free delivery from €80, and thirty days to change your mind.</p>
<div class="bar">
<a class="logo" href="/" aria-label="Teasel, to the home page">${MARK}<span>teasel</span></a>
<form class="search" action="/search" method="get" role="search">
<label class="hidden" for="q">Search the shop</label>
<input id="q" type="search" name="q" value="${view.query}" placeholder="Linen shirt, blue dress …" maxlength="80" autocomplete="off">
<button type="submit">Search</button>
</form>
<a class="to-cart" href="/cart"${current('/cart')}>Cart <span class="count">${view.cartCount}</span></a>
</div>
<nav class="categories" aria-label="Categories">
<ul>${CATEGORIES.map(({ slug, name }) => html`<li><a href="/c/${slug}"${current(`/c/${slug}`)}>${name}</a></li>`)}</ul>
</nav>
</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer class="bottom">
<div class="colophon">${MARK}<p><strong>Teasel</strong> is a made-up shop that shows <a href="/privacy">what Reshelf does</a>. Its brands, prices and pictures are inventions; nothing can be bought here.</p></div>
<ul><li><a href="/privacy">Privacy, in plain words</a></li><li><a href="/?reshelf=none">The shop without Reshelf</a></li><li><a href="/cart">Cart</a></li></ul>
<ul><li>Lists by <a href="/frameworks/react">React</a></li><li>Lists by <a href="/frameworks/vue">Vue</a></li><li>Lists by <a href="/frameworks/svelte">Svelte</a></li></ul>
</footer>
</body>
</html>`;
}
