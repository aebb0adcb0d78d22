import { html } from 'hono/html';
import { type CartLine, totalCents } from '../cart.ts';
import { jsonLd, orderData } from '../json-ld.ts';
import { type Html, layout, type View } from '../layout.ts';
import { formatCents } from '../money.ts';
import { picture } from '../product-card.ts';

export function orderPage(view: View, orderNumber: string, lines: readonly CartLine[]): Html {
  return layout(view, {
    title: `Order ${orderNumber} · Teasel`,
    description: 'Thank you.',
    data: [jsonLd(orderData(view, orderNumber, lines))],
    main: html`<div class="list-head is-page"><h1>Thank you.</h1><p>Order ${orderNumber} is on its way to nowhere.</p></div>
<div class="till"><ul class="lines">${lines.map(
      ({ product, size, quantity }) => html`<li><a href="/p/${product.handle}">${picture(product, true)}</a>
<div><h2><a href="/p/${product.handle}">${product.title}</a></h2><p class="soft">${product.brand} · ${size} · ${quantity} ×</p></div>
<p class="line-price">${formatCents(product.priceCents * quantity)}</p></li>`,
    )}</ul>
<aside class="sum" aria-label="Total"><p><span>Total</span> <strong>${formatCents(totalCents(lines))}</strong></p><a class="button" href="/">Back to the shop</a></aside></div>`,
  });
}
