import { readFileSync } from 'node:fs';

/** One entry of Chromium's net log (`--log-net-log`); the numbers are explained in the log's own `constants`. */
interface Entry {
  readonly type: number;
  readonly params?: {
    readonly url?: string;
    readonly method?: string;
    readonly initiator?: string;
    readonly request_type?: string;
    readonly host?: string;
    readonly is_preconnect?: boolean;
    readonly network_anonymization_key?: string;
    readonly address?: string;
    readonly bytes?: string;
  };
}
interface NetLog {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
  readonly events: readonly Entry[];
}

const DNS_PORT = ':53';

/**
 * All that pages and their workers have sent anywhere but to `shop`, as the browser itself logged it: requests,
 * WebSockets, preconnects, DNS look-ups, datagrams (WebRTC). The browser's own calls to its maker have no page as their
 * initiator and are left out by that, not by their address.
 * @param shop host and port, e.g. "127.0.0.1:8080"
 */
export function sentElsewhere(path: string, shop: string): string[] {
  const { constants, events } = JSON.parse(readFileSync(path, 'utf8')) as NetLog; // complete: the browser has ended
  const nameOf = new Map(Object.entries(constants.logEventTypes).map(([name, type]) => [type, name]));
  const own = new Set<string>(); // hosts that the browser itself talks to
  const found = new Set<string>();
  const page: { host: string; what: string }[] = [];
  for (const { type, params } of events) {
    if (params === undefined) continue;
    const { url, method = '', initiator, request_type, network_anonymization_key = 'null' } = params;
    switch (nameOf.get(type)) {
      case 'URL_REQUEST_START_JOB': {
        const host = hostOf(url);
        if (host === undefined) break;
        if (initiator === 'not an origin' && !request_type?.includes('frame'))
          own.add(host.split(':', 1)[0] ?? '');
        else if (host !== shop || !url?.startsWith('http:')) found.add(`request: ${method} ${url}`);
        break;
      }
      case 'HTTP_STREAM_JOB_CONTROLLER': {
        const host = hostOf(url);
        if (params.is_preconnect === true && host !== undefined && host !== shop)
          page.push({ host: host.split(':', 1)[0] ?? '', what: `preconnect: ${url}` });
        break;
      }
      case 'HOST_RESOLVER_MANAGER_REQUEST': {
        const host = hostOf(params.host) ?? params.host?.split(':', 1)[0];
        if (host !== undefined && host !== shop && network_anonymization_key.includes('127.0.0.1'))
          found.add(`DNS: ${host}`);
        break;
      }
      case 'UDP_BYTES_SENT': {
        const name =
          params.address === undefined || params.address.endsWith(DNS_PORT)
            ? dnsName(params.bytes)
            : undefined;
        if (name === undefined) found.add(`datagram to ${params.address ?? 'a connected address'}`);
        else page.push({ host: name, what: `DNS: ${name}` });
        break;
      }
    }
  }
  for (const { host, what } of page) if (!own.has(host)) found.add(what);
  return [...found];
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host || undefined : undefined;
}

/** The name a DNS query asks for (RFC 1035, section 4.1); `undefined` when the bytes are no query. */
function dnsName(base64: string | undefined): string | undefined {
  const bytes = Buffer.from(base64 ?? '', 'base64');
  if (bytes.length < 17 || bytes.readUInt16BE(4) !== 1) return undefined;
  const labels: string[] = [];
  for (let at = 12; ; ) {
    const length = bytes[at] ?? 0;
    if (length === 0) break;
    if (length > 63 || at + length >= bytes.length) return undefined;
    labels.push(bytes.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return labels.length === 0 ? undefined : labels.join('.');
}
