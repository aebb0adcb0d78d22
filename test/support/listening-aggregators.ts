import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FEDERATED_FEATURES, scaleOf } from '../../src/cli/coordinator/federated-features.ts';
import { encodeConfigList, generateSealKeys } from '../../src/coordinator/hpke.ts';
import { FEDERATED } from '../../src/learn/federated-settings.ts';
import type { ContributionTask } from '../../src/wire/contribution-task.ts';
import { LEAST_VARIANCE } from './contributing.ts';

/** One request as an aggregator or the collector got it. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  /** Names and values but those of the connection, in alphabetical order. */
  readonly headers: readonly string[];
  readonly sizeBytes: number;
}

export interface ListeningAggregators {
  readonly origin: string;
  readonly task: ContributionTask;
  readonly heard: Heard[];
  close(): Promise<void>;
}

/** Leader, helper and collector for the ear only: real keys, and every request written down to its size. */
export async function listenAsAggregators(): Promise<ListeningAggregators> {
  const heard: Heard[] = [];
  const keys = encodeConfigList(await generateSealKeys(1));
  const server = createServer(async (request, response) => {
    let sizeBytes = 0;
    for await (const chunk of request) sizeBytes += (chunk as Buffer).length;
    const { method = '', url = '' } = request;
    const headers = Object.entries(request.headers)
      .filter(([name]) => !/^(host|connection|origin|content-length)$/.test(name)) // ports differ from run to run
      .map(([name, value]) => `${name}: ${String(value)}`)
      .sort();
    heard.push({ method, path: url, headers, sizeBytes });
    const isKeys = url.includes('/hpke_config');
    response.writeHead(method === 'PUT' ? 201 : 200, {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'content-type',
      'access-control-allow-methods': 'PUT',
      'content-type': isKeys ? 'application/dap-hpke-config-list' : 'application/json',
      'cache-control': 'no-store',
    });
    response.end(isKeys ? keys : url.endsWith('/model') ? '{"pointer":null,"release":null}' : '');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // listening on TCP: an address with a port
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    heard,
    task: {
      format: 'reshelf-task@1',
      id: `${'T'.repeat(42)}A`,
      region: 'eu',
      leader: `${origin}/leader/`,
      helper: `${origin}/helper/`,
      collector: `${origin}/collector/`,
      timePrecisionSeconds: 3600,
      minBatch: 100,
      expiresAt: 4_000_000_000,
      variance: LEAST_VARIANCE,
      signingKey: `${'K'.repeat(42)}A`,
      content: {
        kind: 'weights',
        features: FEDERATED_FEATURES,
        scales: FEDERATED_FEATURES.map(scaleOf),
        clip: FEDERATED.clip,
        rate: FEDERATED.rate,
        bits: FEDERATED.bits,
        chunkLength: 16,
      },
    },
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
