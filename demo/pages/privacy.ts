import { readFileSync } from 'node:fs';
import { html, raw } from 'hono/html';
import { type Html, layout, type View } from '../layout.ts';

/** What `npx reshelf report` wrote for this shop's tag; `npx reshelf audit` tells when the two have parted. */
const NOTICE = raw(readFileSync(new URL('../notice.html', import.meta.url), 'utf8'));

export function privacyPage(view: View): Html {
  return layout(view, {
    title: 'Privacy, in plain words · Teasel',
    description: 'What this shop and Reshelf keep, where, and how to end it.',
    main: html`<article class="prose"><h1>Privacy, in plain words</h1>
<p class="lead">This shop can put its shelves in an order that suits you. It does that on your device, and it does not tell anybody, not even us.</p>
<h2>Before you say yes</h2>
<p>Nothing is observed and nothing is remembered. You see every list in the order we chose, the same as everyone else. If you say no, that stays so; the only thing kept is your “no”, so that you are not asked again.</p>
<h2>After you say yes</h2>
<p>A small program called Reshelf, running in your browser, keeps three kinds of notes in your browser’s own storage:</p>
<ul><li><strong>Sizes</strong> you choose on product pages,</li><li><strong>categories</strong> you spend time in,</li><li><strong>products you looked at recently</strong>.</li></ul>
${NOTICE}
<p>When a list opens, Reshelf compares it with these notes and moves what may interest you further up. Nothing is hidden and no price changes. Paid places stay where they are and are labelled “Sponsored”. As soon as you choose an order yourself, such as by price, Reshelf stays out of it.</p>
<h2>What leaves your device</h2>
<p>None of it. Your notes are not sent to this shop or to anybody else. Open any page with <a href="/?reshelf-debug"><code>?reshelf-debug</code></a> at the end of its address to watch the count of bytes sent.</p>
<h2>Ending it</h2>
<p>Withdraw at any time: “Turn off” at the bottom of every page. The notes are erased, and the lists go back to our order. “Personal order” beside it opens a panel in which you can see, correct, take along and delete what was kept, and the proof of what you agreed to.</p>
<h2>The shop’s own cookies</h2>
<p>One, <code>shop_cart</code>, holds what is in your cart, and only once you put something there; it goes when the browser closes. After an order a second one, <code>shop_order</code>, lets us show the confirmation for half an hour. The shop’s server remembers nothing about you.</p></article>`,
  });
}
