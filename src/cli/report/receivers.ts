import { parseTasks } from '../../contribute/contributor.ts';
import { addressesOf } from '../../wire/task-addresses.ts';
import type { Configuration } from './configuration.ts';

/** A host that receives something, as the configuration has it. */
export interface Receiver {
  /** With its port where that is not the usual one. */
  readonly host: string;
  /** What for. */
  readonly gets: string;
  /** Where it stands; `undefined` where the shop lists hosts and not this one, or lists none. */
  readonly region: string | undefined;
  readonly isShop: boolean;
}

/**
 * Every host that ever receives anything: files, tables, tasks, contributions, notes of answers. Nothing is sent to any of them
 * to find this out, but the list of tasks is read.
 */
export async function receiversOf(configuration: Configuration): Promise<readonly Receiver[]> {
  const { attribute, src, hosts = {}, origin } = configuration;
  const base = URL.canParse(origin) ? origin : 'http://shop.invalid';
  const shop = new URL(base).host;
  const gets = new Map<string, Set<string>>();
  const note = (address: string | undefined, what: string) => {
    if (address === undefined || !URL.canParse(address, base)) return;
    const { host } = new URL(address, base);
    gets.set(host, (gets.get(host) ?? new Set()).add(what));
  };
  note(src, 'files of Reshelf');
  note(attribute('worker-src'), 'files of Reshelf');
  note(attribute('artefacts'), 'tables of the shop');
  note(attribute('audit-url'), 'anonymous notes of answers');
  const tasks = attribute('tasks');
  note(tasks, 'the list of tasks');
  if (tasks !== undefined)
    for (const address of await addressesIn(new URL(tasks, base).href)) note(address, 'contributions');
  for (const host of Object.keys(hosts))
    if (!gets.has(host)) gets.set(host, new Set(['listed, and not used']));
  return [...gets].map(([host, what]) => ({
    host: host === 'shop.invalid' ? 'this shop' : host,
    gets: [...what].join(', '),
    region: hosts[host],
    isShop: host === shop,
  }));
}

/** A list that cannot be read contributes nothing on a device either. */
async function addressesIn(url: string): Promise<readonly string[]> {
  try {
    return parseTasks(await (await fetch(url)).json()).flatMap(addressesOf);
  } catch {
    return [];
  }
}
