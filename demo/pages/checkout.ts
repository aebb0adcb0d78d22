import { html } from 'hono/html';
import { type CartLine, totalCents } from '../cart.ts';
import { type Html, layout, type View } from '../layout.ts';
import { formatCents } from '../money.ts';

/** All of it optional, and none of it is read: this shop keeps nothing about anybody. */
const FIELDS = [
  { name: 'name', label: 'Name', value: 'Robin Sample' },
  { name: 'street', label: 'Street', value: '4 Fuller’s Yard' },
  { name: 'city', label: 'Town', value: 'Nettlecombe' },
] as const;

export function checkoutPage(view: View, lines: readonly CartLine[]): Html {
  return layout(view, {
    title: 'Checkout · Teasel',
    description: 'A pretend checkout.',
    main: html`<div class="list-head is-page"><h1>Checkout</h1><p>A pretend one: no payment, no address is kept.</p></div>
<form class="till" action="/checkout" method="post"><fieldset><legend>Where to, if it were real</legend>
${FIELDS.map(({ name, label, value }) => html`<p><label for="${name}">${label} <span class="soft">optional</span></label><input id="${name}" name="${name}" value="${value}" autocomplete="off"></p>`)}</fieldset>
<aside class="sum" aria-label="Order">
<ul>${lines.map(({ product, size, quantity }) => html`<li>${quantity} × ${product.title}, ${size}</li>`)}</ul>
<p><span>Total</span> <strong>${formatCents(totalCents(lines))}</strong></p>
<button class="button" type="submit">Place the order</button></aside></form>`,
  });
}
