import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Browser } from '@playwright/test';
import { chromium } from 'playwright';
import { chromiumPath } from './chromium.ts';

/** One thing that left the browser. */
export interface Sent {
  readonly method: string;
  /** Address without its query string, and the query string by itself. */
  readonly url: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Recorder {
  /** A secure context for the browser, and no address that leads anywhere without the proxy. */
  readonly origin: string;
  /** Everything so far, CONNECT (https, WebSocket) included. */
  readonly sent: readonly Sent[];
  /** A browser whose every request, DNS look-up included, goes through here. */
  launch(): Promise<Browser>;
  close(): Promise<void>;
}

/** The browser calls its maker whatever page is open, an empty one too; nothing on these pages names such a host. */
const BROWSERS_OWN = /^([\w-]+\.)*(google|googleapis|gstatic)\.com(:\d+)?$/;

/**
 * The whole internet of one browser: a proxy that answers for the shop and for nothing else, and writes down all that
 * is asked of it: requests of pages and workers, beacons, prefetches, WebSockets; also after a page has closed.
 * @param files replaces files of `dist`, e.g. by sabotaged ones
 */
export async function openRecorder(
  pages: (path: string) => string | undefined,
  { files = {}, headers = {} }: { files?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<Recorder> {
  const sent: Sent[] = [];
  const origin = 'http://localhost:8080';
  const note = (request: IncomingMessage, url: string, body: string) => {
    if (BROWSERS_OWN.test(request.headers.host ?? '')) return;
    const [address = '', query = ''] = url.split('?', 2);
    sent.push({ method: request.method ?? '', url: address, query, headers: request.headers, body });
  };
  const server = createServer(async (request, response) => {
    const url = request.url ?? '';
    let body = '';
    for await (const chunk of request) body += String(chunk);
    note(request, url, body);
    if (!url.startsWith(`${origin}/`)) {
      response.writeHead(502).end();
      return;
    }
    const path = decodeURIComponent(new URL(url).pathname);
    if (path.startsWith('/reshelf/')) {
      const name = path.slice('/reshelf/'.length);
      const text = files[name] ?? (await readFile(`dist/${name}`, 'utf8').catch(() => undefined));
      response
        .writeHead(text === undefined ? 404 : 200, { 'content-type': 'text/javascript' })
        .end(text ?? '');
      return;
    }
    const html = pages(path);
    response.writeHead(html === undefined ? 404 : 200, {
      'content-type': 'text/html; charset=utf-8',
      ...headers,
    });
    response.end(html ?? 'not found');
  });
  const refuse = (request: IncomingMessage, socket: Socket) => {
    note(request, request.url ?? '', '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  };
  server.on('connect', refuse);
  server.on('upgrade', refuse);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // listening on TCP: an address with a port
  return {
    origin,
    sent,
    launch() {
      const path = chromiumPath();
      return chromium.launch({
        ...(path === undefined ? {} : { executablePath: path }),
        args: ['--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'],
        proxy: { server: `http://127.0.0.1:${port}`, bypass: '<-loopback>' },
      });
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
