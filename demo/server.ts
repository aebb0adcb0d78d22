import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import { gpcResource } from '../src/cli/report/papers.ts';
import {
  addToCart,
  CART_COOKIE,
  type CartLine,
  changeCart,
  formatCart,
  parseCart,
  parseLine,
} from './cart.ts';
import { type Catalogue, categoryOf } from './catalogue.ts';
import { type App, makeApp } from './frameworks/app.ts';
import type { Framework } from './frameworks/compile.ts';
import { type Html, MARK, type View } from './layout.ts';
import { cartPage } from './pages/cart.ts';
import { categoryPage } from './pages/category.ts';
import { checkoutPage } from './pages/checkout.ts';
import { departmentsOf, frameworkPage } from './pages/framework.ts';
import { homePage } from './pages/home.ts';
import { notFoundPage } from './pages/not-found.ts';
import { orderPage } from './pages/order.ts';
import { privacyPage } from './pages/privacy.ts';
import { productPage } from './pages/product.ts';
import { searchPage } from './pages/search.ts';
import { drawPicture } from './pictures/picture.ts';
import { MAX_QUERY } from './search.ts';
import { parseSort } from './sort.ts';

interface ShopOptions {
  readonly catalogue: Catalogue;
  /** The folder with the built Reshelf, served at /reshelf/. It need not exist: the shop works without. */
  readonly distDir: string;
  /** What the aggregators beside the shop collect, as JSON; nothing while there are none. */
  readonly tasks?: () => string | undefined;
}

/** The day on which this shop's answer to Global Privacy Control was last looked at. */
const GPC_SINCE = '2026-11-24';
const ORDER_COOKIE = 'shop_order';
const ORDER_SHOWN_SECONDS = 30 * 60;

const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Whom devices may talk to beside the shop: the addresses in its tasks and nobody else. */
function policyFor(tasks: string | undefined): string {
  if (tasks === undefined) return POLICY;
  const given = JSON.parse(tasks) as { leader: string; helper: string; collector: string }[]; // written by `coordinator init`
  const hosts = new Set(
    given.flatMap(({ leader, helper, collector }) =>
      [leader, helper, collector].map((one) => new URL(one).origin),
    ),
  );
  return POLICY.replace("connect-src 'self'", ['connect-src', "'self'", ...hosts].join(' '));
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.css': 'text/css; charset=utf-8',
  '.bin': 'application/octet-stream',
  '.wasm': 'application/wasm',
};

/** The whole shop as one request handler. It keeps nothing about anybody: a cart lives in its shopper's cookie. */
export function createShop({ catalogue, distDir, tasks = () => undefined }: ShopOptions): Hono {
  const app = new Hono();
  const stylesheet = readFileSync(new URL('shop.css', import.meta.url), 'utf8');
  const favicon = MARK.toString()
    .replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" color="#5a3fa3" ')
    .replace('aria-hidden="true" focusable="false"', '');

  let isAdvised = false; // once is enough, and every page asks

  /** Compiled when first asked for. */
  const apps = new Map<Framework, Promise<App>>();
  function appOf(framework: Framework): Promise<App> {
    const known = apps.get(framework) ?? makeApp(framework);
    apps.set(framework, known);
    return known;
  }

  const cartOf = (c: Context) => parseCart(catalogue, getCookie(c, CART_COOKIE));

  function viewOf(c: Context): View {
    const url = new URL(c.req.url);
    return {
      origin: url.origin,
      path: url.pathname,
      query: (c.req.query('q') ?? '').trim().slice(0, MAX_QUERY),
      cartCount: cartOf(c).reduce((sum, { quantity }) => sum + quantity, 0),
      withReshelf: c.req.query('reshelf') !== 'none',
      withTasks: tasks() !== undefined,
    };
  }

  const show = (c: Context, page: Html) => c.html(page);
  const missing = (c: Context, what: string) => c.html(notFoundPage(viewOf(c), what), 404);

  function keepCart(c: Context, lines: readonly CartLine[]): Response {
    const cookie = { path: '/', httpOnly: true, sameSite: 'Lax' } as const;
    if (lines.length > 0) setCookie(c, CART_COOKIE, formatCart(lines), cookie);
    else if (getCookie(c, CART_COOKIE) !== undefined) deleteCookie(c, CART_COOKIE, cookie);
    return c.redirect('/cart', 303);
  }

  app.use(async (c, next) => {
    c.header('Content-Security-Policy', policyFor(tasks()));
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'same-origin');
    c.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
    c.header('Cache-Control', 'private, no-cache');
    await next();
  });
  app.use(csrf());

  app.get('/', (c) => show(c, homePage(viewOf(c), catalogue)));
  app.get('/.well-known/gpc.json', (c) =>
    c.body(gpcResource(GPC_SINCE), 200, { 'content-type': 'application/json' }),
  );
  app.get('/privacy', (c) => show(c, privacyPage(viewOf(c))));
  app.get('/search', (c) => show(c, searchPage(viewOf(c), catalogue, parseSort(c.req.query('sort')))));

  app.get('/c/:slug', (c) => {
    const category = categoryOf(c.req.param('slug'));
    if (!category) return missing(c, 'There is no such department.');
    return show(c, categoryPage(viewOf(c), catalogue, category, parseSort(c.req.query('sort'))));
  });

  app.get('/p/:handle', (c) => {
    const product = catalogue.byHandle(c.req.param('handle'));
    return product
      ? show(c, productPage(viewOf(c), catalogue, product))
      : missing(c, 'We do not have this product.');
  });

  app.get('/cart', (c) => show(c, cartPage(viewOf(c), cartOf(c))));

  app.post('/cart/:action{add|change|remove}', async (c) => {
    const action = c.req.param('action');
    const form = await c.req.parseBody();
    const quantity = action === 'remove' ? '0' : (form.quantity ?? '1');
    const line = parseLine(catalogue, { id: form.id, size: form.size, quantity });
    if (!line) return c.text('The form named a product, size or quantity that this shop does not have.', 400);
    return keepCart(c, action === 'add' ? addToCart(cartOf(c), line) : changeCart(cartOf(c), line));
  });

  app.get('/checkout', (c) => {
    const lines = cartOf(c);
    return lines.length > 0 ? show(c, checkoutPage(viewOf(c), lines)) : c.redirect('/cart', 303);
  });

  app.post('/checkout', (c) => {
    const lines = cartOf(c);
    if (lines.length === 0) return c.redirect('/cart', 303);
    const orderNumber = `TS-${crypto.randomUUID().slice(0, 8).toUpperCase()}`;
    const path = `/order/${orderNumber}`;
    // The confirmation is the shopper's own copy: only this page gets the cookie back, and not for long.
    setCookie(c, ORDER_COOKIE, formatCart(lines), {
      path,
      httpOnly: true,
      sameSite: 'Lax',
      maxAge: ORDER_SHOWN_SECONDS,
    });
    deleteCookie(c, CART_COOKIE, { path: '/' });
    return c.redirect(path, 303);
  });

  app.get('/order/:number{TS-[0-9A-F]+}', (c) => {
    const lines = parseCart(catalogue, getCookie(c, ORDER_COOKIE));
    if (lines.length === 0)
      return missing(c, 'This confirmation is no longer shown; it was on your device only.');
    return show(c, orderPage(viewOf(c), c.req.param('number'), lines));
  });

  app.get('/frameworks/:name{(?:react|vue|svelte)}', async (c) => {
    const name = c.req.param('name') as Framework; // the route lets nothing else through
    const departments = departmentsOf(catalogue);
    return show(
      c,
      frameworkPage(viewOf(c), name, departments, await (await appOf(name)).render(departments)),
    );
  });
  app.get('/frameworks/:file{(?:react|vue|svelte)\\.js}', async (c) => {
    const { script } = await appOf(c.req.param('file').replace('.js', '') as Framework);
    return c.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' });
  });

  app.get('/shop.css', (c) => c.body(stylesheet, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/favicon.svg', (c) => c.body(favicon, 200, { 'Content-Type': 'image/svg+xml' }));

  app.get('/pictures/:file{p-\\d+\\.svg}', (c) => {
    const product = catalogue.byId(c.req.param('file').replace('.svg', ''));
    if (!product) return c.text('No such picture.', 404);
    const { style, shade, pattern, material, id } = product;
    const svg = drawPicture({ style, hex: shade.hex, pattern, material, variant: Number(id.slice(2)) });
    return c.body(svg, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=604800' });
  });

  app.get('/tasks.json', (c) => {
    const text = tasks();
    return text === undefined ? missing(c, 'Nobody learns together here.') : c.json(JSON.parse(text));
  });

  app.get('/reshelf/*', async (c) => {
    const file = resolve(distDir, c.req.path.slice('/reshelf/'.length));
    const type = MEDIA_TYPES[extname(file)];
    const content =
      type && file.startsWith(resolve(distDir) + sep) ? await readFile(file).catch(() => null) : null;
    if (type && content) return c.body(new Uint8Array(content), 200, { 'Content-Type': type });
    const advice = `${c.req.path} is not there: "npm run build" makes it, in ${distDir}. The shop works without it.`;
    if (!isAdvised) console.warn(advice);
    isAdvised = true;
    // The type that was asked for, or the browser adds a second complaint about the type to the one that matters.
    return c.body(`/* ${advice} */`, 404, { 'Content-Type': type ?? 'text/plain; charset=utf-8' });
  });

  app.notFound((c) => missing(c, 'There is nothing at this address.'));
  return app;
}
