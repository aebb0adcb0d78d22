import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type Catalogue, parseCatalogue } from '../../../demo/catalogue.ts';
import { createShop } from '../../../demo/server.ts';
import type { Photograph } from './pictures.ts';

/** What a variant does to the page, and what it asks its own server for. */
export interface Addition {
  /** Lines that stand first in the head. */
  readonly first?: string;
  /** Lines that stand in the head, after the style sheet. */
  readonly head?: string;
  /** Changes the rest of the page, e.g. takes out a list that a script renders. */
  readonly page?: (html: string) => string;
  /** Files by path, each from disk. */
  readonly files?: Readonly<Record<string, string>>;
  /** Other answers by path (without query string), as JSON. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

/** One request that is there only because of the addition. */
export interface Asked {
  readonly path: string;
  /** Of the body as it was sent: gzip. */
  readonly bytes: number;
}

export interface BenchShop {
  readonly origin: string;
  /** What was asked for beyond the page itself, since the last call. */
  taken(): readonly Asked[];
  sizeOf(path: string): number | undefined;
  close(): Promise<void>;
}

export const LISTING = '/c/dresses';
/** Selects the cards of the listing. */
export const CARDS = '#products > li';
const OWN = /^\/(c|p|pictures|shop\.css|favicon\.svg)/;
const PACKABLE = /text|json|javascript|svg/;

/** The demo's listing with its own style sheet and its pictures as WebP, one origin per variant, so that no storage is shared. */
export async function openBenchShop(
  catalogue: Catalogue,
  addition: Addition,
  photograph: Photograph,
): Promise<BenchShop> {
  const shop = createShop({ catalogue, distDir: 'dist' });
  const asked: Asked[] = [];
  const sizes = new Map<string, number>();
  async function answer(request: IncomingMessage, path: string): Promise<[number, string, Buffer]> {
    const file = addition.files?.[path];
    if (file !== undefined) return [200, 'text/javascript; charset=utf-8', await readFile(file)];
    const told = addition.answers?.[path];
    if (told !== undefined) return [200, 'application/json', Buffer.from(JSON.stringify(told))];
    if (request.method !== 'GET') return [404, 'text/plain', Buffer.alloc(0)];
    const isListing = path.startsWith('/c/');
    const reply = await shop.request(`http://shop.example${path}${isListing ? '?reshelf=none' : ''}`);
    const type = reply.headers.get('content-type') ?? 'text/plain';
    const body = Buffer.from(await reply.arrayBuffer());
    if (path.startsWith('/pictures/')) return [reply.status, 'image/webp', await photograph(body.toString())];
    if (!isListing) return [reply.status, type, body];
    const html = body
      .toString()
      .replace('<head>', (tag) => `${tag}\n${addition.first ?? ''}`)
      .replace('href="/shop.css">', (link) => `${link}\n${addition.head ?? ''}`);
    return [reply.status, type, Buffer.from(addition.page?.(html) ?? html)];
  }
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const [status, type, body] = await answer(request, path);
    const sent = PACKABLE.test(type) ? gzipSync(body, { level: 9 }) : body;
    sizes.set(path, sent.length);
    if (!OWN.test(path)) asked.push({ path, bytes: sent.length });
    response
      .writeHead(status, {
        'content-type': type,
        ...(sent === body ? {} : { 'content-encoding': 'gzip' }),
        'cache-control': 'max-age=600',
      })
      .end(sent);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // listening on TCP: an address with a port
  return {
    origin: `http://127.0.0.1:${port}`,
    taken: () => asked.splice(0),
    sizeOf: (path) => sizes.get(path),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/**
 * The demo's catalogue, its dresses repeated until there are so many.
 * @param products in the listing; `undefined` leaves the catalogue as it is
 */
export async function catalogueWith(products?: number): Promise<Catalogue> {
  const data = JSON.parse(await readFile('demo/catalogue.json', 'utf8')) as Record<string, unknown>[];
  if (products === undefined) return parseCatalogue(data);
  const dresses = data.filter(({ category }) => category === 'dresses');
  const many = Array.from({ length: products }, (_, i) => ({
    ...dresses[i % dresses.length],
    id: `p-${String(i).padStart(4, '0')}`,
    handle: `${String(dresses[i % dresses.length]?.handle)}-${i}`,
    title: `${String(dresses[i % dresses.length]?.title)} ${i}`,
  }));
  return parseCatalogue(many);
}
