import { html } from 'hono/html';
import { type Html, layout, type View } from '../layout.ts';

/** @param what one sentence: what was looked for and is not there */
export function notFoundPage(view: View, what: string): Html {
  return layout(view, {
    title: 'Not here · Teasel',
    description: what,
    main: html`<div class="list-head is-page"><h1>Not on this rail.</h1></div><p class="lead">${what} <a href="/">Back to the shop window</a>.</p>`,
  });
}
