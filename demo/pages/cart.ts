import { html } from 'hono/html';
import { type CartLine, MAX_QUANTITY, totalCents } from '../cart.ts';
import { type Html, layout, type View } from '../layout.ts';
import { formatCents } from '../money.ts';
import { picture } from '../product-card.ts';

export function cartPage(view: View, lines: readonly CartLine[]): Html {
  return layout(view, {
    title: 'Cart · Teasel',
    description: 'What you have picked so far.',
    main: html`<div class="list-head is-page"><h1>Cart</h1></div>
${lines.length === 0 ? html`<p class="lead">Nothing in it yet. <a href="/c/dresses">The dresses</a> are a good place to start.</p>` : filled(lines)}`,
  });
}

function filled(lines: readonly CartLine[]): Html {
  return html`<div class="till"><ul class="lines">${lines.map(cartLine)}</ul>
<aside class="sum" aria-label="Total"><p><span>Total</span> <strong>${formatCents(totalCents(lines))}</strong></p>
<p class="soft">Delivery is free here: nothing is delivered.</p>
<a class="button" href="/checkout">To the checkout</a></aside></div>`;
}

function cartLine({ product, size, quantity }: CartLine): Html {
  const stock = product.sizes.find((entry) => entry.size === size)?.stock ?? 0;
  const choices = Array.from({ length: Math.min(stock, MAX_QUANTITY) }, (_, index) => index + 1);
  const field = `quantity-${product.id}-${size}`.replaceAll(' ', '-');
  const names = html`<input type="hidden" name="id" value="${product.id}"><input type="hidden" name="size" value="${size}">`;
  return html`<li><a href="/p/${product.handle}">${picture(product, true)}</a>
<div><h2><a href="/p/${product.handle}">${product.title}</a></h2><p class="soft">${product.brand} · ${size}</p>
<form action="/cart/change" method="post">${names}<label for="${field}">Quantity</label>
<select id="${field}" name="quantity">${choices.map((n) => html`<option value="${n}"${n === quantity ? ' selected' : ''}>${n}</option>`)}</select>
<button type="submit">Change</button></form>
<form action="/cart/remove" method="post">${names}<button class="as-link" type="submit">Remove<span class="hidden"> ${product.title}, ${size}</span></button></form></div>
<p class="line-price">${formatCents(product.priceCents * quantity)}</p></li>`;
}
