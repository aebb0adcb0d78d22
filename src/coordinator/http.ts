import { timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { Problem, problemResponse } from './problem.ts';

/** No report of 64 entries of 16 bits is larger; what is larger is not read to its end. */
const MAX_REPORT_BYTES = 65_536;
/** What one of our own may send another. */
const MAX_PEER_BYTES = 8_388_608;

/**
 * An empty application in which every failure is a problem document. Browsers of any site may ask: what they may say is
 * decided by what they say, not by where they are; no cookie is ever read.
 */
export function createApp(onFailure: (error: unknown) => void): Hono {
  const app = new Hono();
  app.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'PUT', 'POST'],
      allowHeaders: ['content-type'],
      maxAge: 86_400,
    }),
  );
  app.use(async (c, next) => {
    await next();
    c.header('x-content-type-options', 'nosniff');
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
  });
  app.onError((error, c) => {
    const taskId = c.req.param('taskId');
    if (error instanceof Problem) {
      if (error.status >= 500) onFailure(error);
      return problemResponse(error, taskId);
    }
    onFailure(error);
    return problemResponse(
      new Problem('unavailable', 500, 'The coordinator failed; its log says why.'),
      taskId,
    );
  });
  app.notFound(() =>
    problemResponse(new Problem('unknownAddress', 404, 'There is nothing at this address.'), undefined),
  );
  return app;
}

/** @throws Problem tooLarge, without reading on */
async function readBody(c: Context, most: number): Promise<Uint8Array> {
  const stream = c.req.raw.body;
  if (stream === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most) throw new Problem('tooLarge', 413, `expected at most ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @throws Problem */
export async function readReport(c: Context, type: string): Promise<Uint8Array> {
  if (c.req.header('content-type') !== type)
    throw new Problem('invalidMessage', 400, `expected a body of type ${type}`);
  return readBody(c, MAX_REPORT_BYTES);
}

/** A JSON body by a decoder. @throws Problem */
export async function readJson<Value>(c: Context, decode: (value: unknown) => Value): Promise<Value> {
  const bytes = await readBody(c, MAX_PEER_BYTES);
  try {
    return decode(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    throw new Problem('invalidMessage', 400, (error as Error).message);
  }
}

/** Whether the request shows the token, as a bearer or as a browser's password. */
export function isShown(c: Context, token: string): boolean {
  const [scheme = '', value = ''] = (c.req.header('authorization') ?? '').split(' ', 2);
  const given = /^basic$/i.test(scheme)
    ? Buffer.from(value, 'base64')
        .toString()
        .replace(/^[^:]*:/, '')
    : /^bearer$/i.test(scheme)
      ? value
      : '';
  return isSame(given, token);
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** @throws Problem unless the request shows the token */
export function checkToken(c: Context, token: string): void {
  if (!isSame(c.req.header('authorization') ?? '', `Bearer ${token}`))
    throw new Problem('unauthorizedRequest', 403, 'expected the token of another role');
}

export const json = (text: string): Response =>
  new Response(text, { headers: { 'content-type': 'application/json' } });

const PEER_TIMEOUT_MS = 30_000;

/**
 * Asks another role. @throws Problem of the same kind when it refuses, `unavailable` when it does not answer
 */
export async function askPeer(
  request: typeof fetch,
  url: URL,
  token: string,
  body: string,
  method: 'POST' | 'PUT' = 'POST',
): Promise<unknown> {
  let reply: Response;
  let text: string;
  try {
    reply = await request(url, {
      method,
      body,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(PEER_TIMEOUT_MS),
    });
    text = await reply.text();
  } catch (cause) {
    throw new Problem('unavailable', 503, `${url.origin} does not answer`, { cause });
  }
  if (reply.ok) return JSON.parse(text);
  throw toProblem(text, reply.status, url);
}

function toProblem(text: string, status: number, url: URL): Problem {
  let type = '';
  let detail = '';
  try {
    ({ type = '', detail = '' } = JSON.parse(text) as { type?: string; detail?: string });
  } catch {
    detail = `it answered ${status}`; // no problem document: not one of ours
  }
  const kind = type.slice(type.lastIndexOf(':') + 1);
  if (kind === 'batchMismatch' || kind === 'batchQueriedTooManyTimes')
    return new Problem(kind, 409, `${url.origin}: ${detail}`);
  if (kind === 'invalidBatchSize') return new Problem(kind, 400, `${url.origin}: ${detail}`);
  if (kind === 'batchNotReady') return new Problem(kind, 503, `${url.origin}: ${detail}`);
  return new Problem('unavailable', 503, `${url.origin} refused: ${detail}`);
}
