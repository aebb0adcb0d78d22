import { createHash } from 'node:crypto';
import type { Configuration } from '../report/configuration.ts';
import type { Published } from '../snippet/snippet.ts';
import type { Tell } from './finding.ts';
import { OWN_FILE, type Sent } from './shopper.ts';

const AS = 'everybody';

/**
 * The hashes on the page, and the bytes that are served: browsers cannot check what workers load, so this is the only look at
 * those files.
 */
export async function checkFiles(
  { html, src, integrity, origin }: Configuration,
  sent: readonly Sent[],
  published: Published,
  tell: Tell,
): Promise<void> {
  const tag = new URL(src, origin);
  const map = /<script\b[^>]*type\s*=\s*["']?importmap[^>]*>([\s\S]*?)<\/script>/i.exec(html)?.[1] ?? '';
  const isMapped = /reshelf\.js/.test(map) && /integrity/.test(map);
  const isBoot = tag.pathname.endsWith('reshelf.boot.js');
  const isForeign = tag.origin !== origin;
  if (integrity === undefined && (isForeign || isMapped))
    tell('fault', 'integrity', AS, `${tag.href} is loaded without a hash (integrity)`);
  else if (integrity === undefined)
    tell(
      'warning',
      'integrity',
      AS,
      `files of the shop’s own host, not pinned by hashes: "npx reshelf snippet ${new URL('.', tag).pathname}" prints the lines`,
    );
  else if (isBoot && !isMapped)
    tell('fault', 'integrity', AS, 'reshelf.js, which the head snippet loads, has no hash in an import map');

  const addresses = new Set(sent.map(({ url }) => url).filter((url) => OWN_FILE.test(new URL(url).pathname)));
  for (const address of addresses) {
    const name = new URL(address).pathname.split('/').at(-1) ?? '';
    const response = await fetch(address).catch(() => undefined);
    if (response?.ok !== true) {
      tell('fault', 'integrity', AS, `${address} is not there`);
      continue;
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    const version = /reshelf (\d+\.\d+\.\d+[\w.-]*) \|/.exec(
      new TextDecoder().decode(bytes.slice(0, 200)),
    )?.[1];
    if (version !== undefined && version !== published.version)
      tell(
        'note',
        'integrity',
        AS,
        `${name} is of release ${version}, this command of ${published.version}: not compared`,
      );
    else if (`sha384-${createHash('sha384').update(bytes).digest('base64')}` !== published.files[name])
      tell('fault', 'integrity', AS, `${address} is not the file that was published as ${published.version}`);
  }
}

/** The page's policy: what it blocked while Reshelf worked, and whether there is one. */
export function checkPolicy(policy: string | undefined, blocked: readonly string[], tell: Tell): void {
  for (const text of new Set(blocked.filter((line) => line.includes('reshelf'))))
    tell('fault', 'policy', AS, `the browser blocked: ${text.slice(0, 240)}`);
  if (policy === undefined)
    tell(
      'warning',
      'policy',
      AS,
      'the page has no Content-Security-Policy: any script could send what another one knows',
    );
  else if (!/(connect|default)-src/.test(policy))
    tell('warning', 'policy', AS, 'the policy does not limit connections (connect-src)');
  else if (/script-src[^;]*'unsafe-eval'/.test(policy))
    tell('warning', 'policy', AS, 'the policy allows eval');
}
