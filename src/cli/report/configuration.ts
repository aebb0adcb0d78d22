import { readFile } from 'node:fs/promises';
import { type Hosts, parseHosts } from '../../core/hosts.ts';
import { KEEPABLE, type Keepable } from '../../core/minimize.ts';
import { type Terms, termsOf } from '../../core/terms.ts';
import { CliError } from '../cli-error.ts';

/** A shop's running configuration, as the script tag on its own page says it. */
export interface Configuration {
  readonly origin: string;
  readonly controller: string;
  readonly contact: string | undefined;
  readonly region: string;
  /** The tag's attribute `data-reshelf-<name>`. */
  readonly attribute: (name: string) => string | undefined;
  /** The tag's address and hash, as they stand there. */
  readonly src: string;
  readonly integrity: string | undefined;
  /** What the shop lists as receiving anything. */
  readonly hosts: Hosts | undefined;
  readonly html: string;
  readonly terms: Terms;
}

/** @param from address of a page of the shop, or a file. @throws CliError without a page or without our script tag on it */
export async function readConfiguration(from: string): Promise<Configuration> {
  const html = await read(from);
  const tag = /<script\b[^>]*\bsrc\s*=\s*["']?[^"'>\s]*reshelf(?:\.boot)?\.js[^>]*>/i.exec(
    html.replace(/<!--[\s\S]*?-->/g, ''),
  )?.[0];
  if (tag === undefined)
    throw new CliError(`${from}: expected a script tag of reshelf.boot.js or reshelf.js, found none`);
  const named = (name: string) => {
    const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
    return (found?.[1] ?? found?.[2] ?? found?.[3])?.trim() || undefined;
  };
  const attribute = (name: string) => named(`data-reshelf-${name}`);
  const keep = attribute('keep');
  const hosts = attribute('hosts');
  const days = attribute('retention-days');
  const meta = /<meta\b[^>]*name\s*=\s*["']reshelf-region["'][^>]*content\s*=\s*["']([^"']+)/i.exec(
    html,
  )?.[1];
  return {
    origin: URL.canParse(from) ? new URL(from).origin : 'this shop',
    controller: attribute('controller') ?? '(name the controller: data-reshelf-controller)',
    contact: attribute('controller-contact'),
    region: attribute('region') ?? meta ?? 'unknown, therefore the strictest',
    attribute,
    src: named('src') ?? '',
    integrity: named('integrity'),
    hosts: hosts === undefined ? undefined : toHosts(hosts, from),
    html,
    terms: termsOf({
      ...(keep === undefined ? {} : { keep: keep.split(/[\s,]+/).map((word) => toKeepable(word, from)) }),
      ...(days === undefined ? {} : { retentionDays: toDays(days, from) }),
    }),
  };
}

function toHosts(text: string, from: string): Hosts {
  try {
    return parseHosts(text);
  } catch (cause) {
    throw new CliError(`${from}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function toKeepable(word: string, from: string): Keepable {
  const known = KEEPABLE.find((name) => name === word);
  if (known === undefined)
    throw new CliError(`${from}: data-reshelf-keep: expected ${KEEPABLE.join(', ')}; got "${word}"`);
  return known;
}

function toDays(text: string, from: string): number {
  const days = Number(text);
  if (!(days > 0))
    throw new CliError(`${from}: data-reshelf-retention-days: expected a number above 0, got "${text}"`);
  return days;
}

async function read(from: string): Promise<string> {
  try {
    if (!/^https?:/.test(from)) return await readFile(from, 'utf8');
    const response = await fetch(from);
    if (!response.ok) throw new Error(`answered ${response.status}`);
    return await response.text();
  } catch (cause) {
    throw new CliError(`${from} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
