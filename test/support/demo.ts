import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { type Catalogue, parseCatalogue } from '../../demo/catalogue.ts';
import { createShop } from '../../demo/server.ts';

/** The demo shop on a free port, with the build as it stands. */
export async function openDemo(
  tasks?: () => string | undefined,
): Promise<{ origin: string; catalogue: Catalogue; close: () => void }> {
  const catalogue = parseCatalogue(JSON.parse(readFileSync('demo/catalogue.json', 'utf8')));
  const { fetch } = createShop({ catalogue, distDir: 'dist', ...(tasks === undefined ? {} : { tasks }) });
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' });
  if (!server.listening) await new Promise<void>((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo; // listening on TCP: an address with a port
  return { origin: `http://127.0.0.1:${port}`, catalogue, close: () => server.close() };
}
