import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { chromium } from 'playwright';
import { chromiumPath } from './chromium.ts';
import { sentElsewhere } from './net-log.ts';

/** One request as the shop's server got it; the shop's address is written as `http://shop`. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  /** Names in lower case, and values, in alphabetical order. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** Everything that one browser sent in its life, from before the first page to after the last one had closed. */
export interface Recording {
  /** To the shop. */
  readonly sent: readonly Sent[];
  /** To anybody else, from the browser's own net log; in words. */
  readonly elsewhere: readonly string[];
  /** Names of cookies that were left. */
  readonly cookies: readonly string[];
}

export interface RecordOptions {
  /** HTML by path. */
  readonly pages: (path: string) => string | undefined;
  /** Replaces files of `dist`, e.g. by sabotaged ones. */
  readonly files?: Readonly<Record<string, string>>;
  /** Response headers of everything, the SDK's files included: a worker obeys the policy that came with its own file. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Runs `drive` in a browser of its own and writes down all that left it. Page, context and browser are closed first. */
export async function record(
  { pages, files = {}, headers = {} }: RecordOptions,
  drive: (page: Page, origin: string) => Promise<void>,
): Promise<Recording> {
  const sent: Sent[] = [];
  let origin = '';
  const note = (request: IncomingMessage, body: string) => {
    const shorten = (text: string) =>
      text.replaceAll(origin, 'http://shop').replaceAll(new URL(origin).host, 'shop');
    const told = Object.entries(request.headers).map(
      ([name, value]) => [name, shorten(String(value))] as const,
    );
    told.sort(([a], [b]) => (a < b ? -1 : 1));
    const url = `http://shop${request.url ?? ''}`;
    sent.push({ method: request.method ?? '', url, headers: told, body });
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    note(request, body);
    const path = decodeURIComponent((request.url ?? '/').split('?', 1)[0] ?? '/');
    const name = path.startsWith('/reshelf/') ? path.slice('/reshelf/'.length) : undefined;
    const text =
      name === undefined
        ? pages(path)
        : (files[name] ?? (await readFile(`dist/${name}`, 'utf8').catch(() => undefined)));
    response.writeHead(text === undefined ? 404 : 200, {
      'content-type': name === undefined ? 'text/html; charset=utf-8' : 'text/javascript',
      'cache-control': 'no-store', // what a cache answers would not be seen here
      ...headers,
    });
    response.end(text ?? 'not found');
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
    note(request, '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // listening on TCP: an address with a port
  origin = `http://127.0.0.1:${port}`;

  const folder = mkdtempSync(join(tmpdir(), 'reshelf-net-log-'));
  const log = join(folder, 'log.json');
  const path = chromiumPath();
  try {
    // A profile of its own, as shoppers have: private windows (Playwright's contexts) ignore preconnect and dns-prefetch.
    const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      ...(path === undefined ? {} : { executablePath: path }),
      args: [
        `--log-net-log=${log}`,
        '--net-log-capture-mode=Everything',
        '--disable-quic',
        `--disable-features=${OWN_CALLS.join(',')}`,
      ],
    });
    let cookies: string[];
    try {
      const page = await context.newPage();
      await drive(page, origin);
      await page.close();
      cookies = (await context.cookies(origin)).map(({ name }) => name);
    } finally {
      await context.close(); // ends the browser, and with it the log is complete
    }
    return { sent, elsewhere: sentElsewhere(log, new URL(origin).host), cookies };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    await new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  }
}

/**
 * Calls of the browser's own to its maker, off: a look-up of Autofill's, about a field of ours, once came where the log
 * could not tell whose it was. Chromium obeys the last such list, so that this one stands instead of Playwright's.
 */
const OWN_CALLS = [
  'AutofillServerCommunication',
  'AimEnabled',
  'HttpsUpgrades',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

const SDK_FILES = [
  '',
  'lists.',
  'themes.',
  'worker.',
  'weights.',
  'ask.',
  'why.',
  'panel.',
  'proof.',
  'share.',
  'shared.',
  'desk.',
  'text.keys.',
  'text.en.',
].map((name) => `http://shop/reshelf/reshelf.${name}js`);
/** What Chromium itself says when it loads a script or a worker, whoever asks; nothing of it is chosen by the page. */
const PLAIN_HEADERS =
  /^(host|connection|user-agent|accept|accept-encoding|accept-language|referer|cache-control|pragma|sec-(ch-ua(-mobile|-platform)?|fetch-(dest|mode|site)))$/;

export const isSdkFile = ({ url }: Sent): boolean => SDK_FILES.includes(url);
export const inOneLine = (sent: Sent): string => JSON.stringify(sent);

/**
 * All that `recording` holds and should not, in words.
 * @param without the same walk through the same shop without Reshelf: what the page sends anyway, to the last header
 */
export function leaks(recording: Recording, without: Recording): string[] {
  const expected = new Map<string, number>();
  for (const sent of without.sent) expected.set(inOneLine(sent), (expected.get(inOneLine(sent)) ?? 0) + 1);
  const pages = new Set(without.sent.map(({ url }) => url));
  const found = [...recording.elsewhere, ...recording.cookies.map((name) => `cookie: ${name}`)];
  for (const sent of recording.sent) {
    const line = inOneLine(sent);
    if (isSdkFile(sent)) {
      const extra = sent.headers.filter(
        ([name, value]) =>
          !(PLAIN_HEADERS.test(name) || (name === 'origin' && value === 'http://shop')) ||
          (name === 'referer' && !pages.has(value) && !SDK_FILES.includes(value)),
      );
      if (sent.method !== 'GET' || sent.body !== '' || extra.length > 0)
        found.push(`with an SDK file: ${line}`);
      continue;
    }
    const left = expected.get(line) ?? 0;
    if (left === 0) found.push(`not the page's own: ${line}`);
    expected.set(line, left - 1);
  }
  for (const [line, left] of expected) if (left > 0) found.push(`missing or changed: ${line}`);
  return found;
}
