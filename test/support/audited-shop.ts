import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { noticeHtml } from '../../src/cli/report/notice-html.ts';
import { termsOf } from '../../src/core/terms.ts';
import { BOOT, card, productBody, productPath } from './html.ts';
import { type Route, serve, type TestServer } from './server.ts';
import { WARDROBE } from './wardrobe.ts';

export interface AuditedOptions {
  /** More attributes of the tag. */
  readonly tag?: string;
  /** The retention limit, in days, that the notice was written for. */
  readonly noticeDays?: number;
  /** The notice's day. */
  readonly day?: string;
  /** Files of the build with something changed. */
  readonly files?: Readonly<Record<string, string>>;
}

const MARKS: Readonly<Record<number, string>> = {
  1: 'class="product is-sponsored"',
  3: 'data-reshelf-pin',
  6: 'class="product sold-out"',
};

const SOLD_OUT = 6;

/** A small shop that keeps every promise: a list with places that are held, a sort control, a notice with its table. */
export async function openAuditedShop({
  tag = '',
  noticeDays,
  day = new Date().toISOString().slice(0, 10),
  files = {},
}: AuditedOptions = {}): Promise<TestServer> {
  const settings = noticeDays === undefined ? {} : { retentionDays: noticeDays };
  const notice = await noticeHtml({ terms: termsOf(settings) }, day);
  const head = BOOT.replace('></script>', ` data-reshelf-notice-url="/privacy" ${tag}></script>`);
  const html = (title: string, body: string) => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>${title}</title><link rel="icon" href="data:,">
<style>ul { display: grid; grid-template-columns: repeat(4, 1fr); list-style: none } li { min-height: 90px }</style>
${head}</head><body><main><h1>${title}</h1>${body}</main>${'<br>'.repeat(12)}</body></html>`;
  function listing({ url = '/' }: IncomingMessage): string {
    const isSorted = url.includes('sort=price-asc');
    const goods = isSorted ? [...WARDROBE].sort((a, b) => a.price - b.price) : WARDROBE;
    const cards = goods.map((product, place) =>
      card({ ...product, inStock: place !== SOLD_OUT }, 'attributes', MARKS[place]),
    );
    return html(
      'All',
      `<form><select name="sort" aria-label="Order"><option value="">Ours</option><option value="price-asc"${isSorted ? ' selected' : ''}>Price</option></select></form>
<ul class="products" data-reshelf-list>${cards.join('')}</ul><footer>The end</footer>`,
    );
  }
  const products = WARDROBE.map((product): [string, Route] => [
    productPath(product.id),
    html(product.title, productBody(product)),
  ]);
  return serve({
    routes: { '/': listing, '/privacy': html('Privacy', notice), ...Object.fromEntries(products) },
    files,
  });
}

/** A built file, with a text in it exchanged. @throws Error where the build does not hold that text */
export function changed(
  name: string,
  ...exchanges: readonly (readonly [from: string, to: string])[]
): string {
  let code = readFileSync(`dist/${name}`, 'utf8').replace(/\/\/# sourceMappingURL.*/, '');
  for (const [from, to] of exchanges) {
    if (!code.includes(from)) throw new Error(`${name} does not hold ${from}`);
    code = code.replaceAll(from, to);
  }
  return code;
}
