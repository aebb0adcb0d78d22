import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Route = string | ((request: IncomingMessage) => string | undefined);

export interface ServerOptions {
  /** HTML by path (without query string); a function may look at the request. */
  readonly routes: Readonly<Record<string, Route>> | ((path: string) => string | undefined);
  readonly headers?: Readonly<Record<string, string>>;
  /** Replaces files of `dist`, e.g. a worker that is broken on purpose; a function may answer late, or not (404). */
  /** Content by path of anything else, e.g. the shop's own tables. */
  readonly assets?: ReadonlyMap<string, Uint8Array>;
  readonly files?: Readonly<Record<string, string | (() => string | undefined | Promise<string>)>>;
}

export interface TestServer {
  readonly origin: string;
  /** Path with query string of every request so far. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** A real HTTP server on a free port: the given pages, and the build under /reshelf/. */
export async function serve({
  routes,
  headers = {},
  files = {},
  assets = new Map(),
}: ServerOptions): Promise<TestServer> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const address = request.url ?? '/';
    requests.push(`${request.method} ${address}`);
    const path = decodeURIComponent(address.split('?', 1)[0] ?? '/');
    if (path.startsWith('/reshelf/')) {
      const name = path.slice('/reshelf/'.length);
      const own = files[name];
      const built = () => readFile(`dist/${name}`, 'utf8').catch(() => undefined);
      const text = own === undefined ? await built() : typeof own === 'string' ? own : await own();
      response
        .writeHead(text === undefined ? 404 : 200, { 'content-type': 'text/javascript' })
        .end(text ?? '');
      return;
    }
    const asset = assets.get(path);
    if (asset !== undefined) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(asset);
      return;
    }
    const route = typeof routes === 'function' ? routes(path) : routes[path];
    const html = typeof route === 'function' ? route(request) : route;
    response.writeHead(html === undefined ? 404 : 200, {
      'content-type': 'text/html; charset=utf-8',
      ...headers,
    });
    response.end(html ?? 'not found');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // listening on TCP: an address with a port
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
