/**
 * Every host beside the shop's own that ever receives anything (a request for tables, a contribution, a note of an answer),
 * with the region in which it stands: `{ 'tables.example': 'eea', 'sums.example:8443': 'us' }`. `'*'` serves every region.
 */
export type Hosts = Readonly<Record<string, string>>;

/**
 * The list as a tag tells it: "tables.example=eea sums.example:8443=us".
 * @throws TypeError with what was expected and what came
 */
export function parseHosts(text: string): Hosts {
  const pairs = text.split(/[\s,]+/).filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => {
      const [host, region, ...more] = pair.toLowerCase().split('=');
      if (!host || !region || more.length > 0 || host.includes('/'))
        throw new TypeError(`data-reshelf-hosts: expected words like "tables.example=eea", got "${pair}"`);
      return [host, region];
    }),
  );
}

/** Whether a host that stands in `of` serves a shopper of `region`: "us" serves "us-ca", and nobody's region is unknown. */
export const serves = (of: string, region: string): boolean =>
  of === '*' || of === region || region.startsWith(`${of}-`);

/**
 * Whether anything may be asked of, or sent to, this address. Where the shop lists hosts, one that is not listed gets
 * nothing, and one of another region neither; the shop's own host need not be listed.
 * @param region the shopper's; empty when unknown, and then only hosts of every region serve
 * @param shop address of the page
 */
export function mayReceive(address: string, hosts: Hosts | undefined, region: string, shop: string): boolean {
  if (hosts === undefined) return true;
  const { host } = new URL(address, shop);
  const of = hosts[host];
  return of === undefined ? host === new URL(shop).host : serves(of, region);
}
