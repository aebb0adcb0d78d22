import { mayReceive } from '../../core/hosts.ts';
import type { Configuration } from '../report/configuration.ts';
import type { Receiver } from '../report/receivers.ts';
import { newRequests } from './compare.ts';
import type { Tell } from './finding.ts';
import { OWN_FILE, type Sent, type Shopper } from './shopper.ts';
import type { Without } from './walk-without.ts';

/** What a shopper's browser sent after a grant, beside what it sends without Reshelf. */
export function checkEgress(
  { name, sent }: Shopper,
  { sent: shops, isInPages }: Without,
  { attribute, origin, src }: Configuration,
  receivers: readonly Receiver[],
  tell: Tell,
): void {
  const query = new URL(src, origin).search;
  const tables = attribute('artefacts');
  const folder = tables === undefined ? undefined : new URL('.', new URL(tables, origin)).href;
  const exact = ['tasks', 'audit-url'].flatMap((one) => {
    const address = attribute(one);
    return address === undefined ? [] : new URL(address, origin).href;
  });
  const contributions = receivers
    .filter(({ gets }) => gets.includes('contributions'))
    .map(({ host }) => host);
  const isExpected = ({ method, url }: Sent): boolean => {
    const { pathname, search, host } = new URL(url);
    if (OWN_FILE.test(pathname)) return method === 'GET' && (search === '' || search === query);
    return (
      isInPages(url) ||
      exact.includes(url) ||
      contributions.includes(host) ||
      (folder !== undefined && method === 'GET' && url.startsWith(folder))
    );
  };
  for (const key of newRequests(sent, shops, isExpected)) tell('fault', 'egress', name, `sent: ${key}`);
}

/** Whether every host is listed, and whether hosts of other regions were left alone. */
export function checkHosts(
  { name, sent }: Shopper,
  region: string,
  { hosts, origin }: Configuration,
  receivers: readonly Receiver[],
  tell: Tell,
): void {
  for (const { host, gets, region: of, isShop } of receivers)
    if (of === undefined && !isShop)
      tell('fault', 'hosts', name, `${host} receives ${gets}, and is not listed (data-reshelf-hosts)`);
  const used = new Set(sent.map(({ url }) => new URL(url).host));
  for (const { host, isShop, gets } of receivers)
    if (
      !isShop &&
      used.has(host) &&
      !gets.includes('files') &&
      !mayReceive(`https://${host}/`, hosts, region, origin)
    )
      tell('fault', 'hosts', name, `${host} of another region was used`);
}
