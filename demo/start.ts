import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { type Aggregators, startAggregators } from './aggregators.ts';
import { parseCatalogue } from './catalogue.ts';
import { insightsHint } from './crowd.ts';
import { createShop } from './server.ts';

const DEFAULT_PORT = '4173';

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

const wanted = process.env.PORT || DEFAULT_PORT;
const port = Number(wanted);
if (!/^\d+$/.test(wanted) || port < 1 || port > 65535) {
  fail(`PORT is "${wanted}", but a port is a number from 1 to 65535: try PORT=${DEFAULT_PORT} npm start.`);
}

const catalogue = parseCatalogue(
  JSON.parse(readFileSync(new URL('catalogue.json', import.meta.url), 'utf8')),
);
let aggregators: Aggregators | undefined;
const shop = createShop({
  catalogue,
  distDir: fileURLToPath(new URL('../dist', import.meta.url)),
  tasks: () => aggregators?.tasks,
});
const server = serve({ fetch: shop.fetch, port }, async () => {
  const address = `http://localhost:${port}`;
  console.log(`Teasel, the demo shop, is open: ${address}

What to try first:
  1. Open ${address}/c/dresses and choose Allow on the card.
  2. Look at two or three slip dresses for a few seconds each, and choose your size in them.
  3. Go back to the dresses: slip dresses and what is there in your size now come first. So do dresses at home.
  4. Open ${address}/c/dresses?reshelf-debug to see why, and how much was sent (nothing).
  5. Press "Personal order: on" at the bottom to see and change what was learned; "Turn off" puts all back in the shop's own order.
  6. Compare with the shop without the tag: ${address}/c/dresses?reshelf=none

Ctrl+C closes the shop.`);
  aggregators = await startAggregators(port + 1);
  if (aggregators !== undefined)
    console.log(`
Two aggregators and a collector run beside it, each a process of its own, on the three ports after the shop's.
  7. npm run demo:crowd   (in another terminal) sends 300 simulated shoppers; a round closes, and nobody saw any of them
     ${insightsHint(aggregators.addresses.collector, aggregators.operatorToken)}
  8. Press "Personal order: on", turn on Contributing and look at Shared: that is what your own device sends, to the byte.
     A new device waits a month before its first contribution, so that wiping buys no budget; what others taught it takes over.`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    aggregators?.stop();
    process.exit(0);
  });

server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE') {
    fail(
      `Port ${port} is taken by another program: stop it, or choose another port, such as PORT=${port + 1} npm start.`,
    );
  }
  if (error.code === 'EACCES')
    fail(`Port ${port} needs rights this user does not have: try PORT=${DEFAULT_PORT} npm start.`);
  throw error;
});
