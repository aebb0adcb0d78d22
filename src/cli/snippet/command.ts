import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.ts';
import { type Published, snippetOf } from './snippet.ts';

export const usage = `Usage: reshelf snippet <address>

Prints the lines for a page's head that load this release from <address>, with the hashes that pin every file, and what
a Content-Security-Policy must allow. <address> is where the folder dist/cdn/<version>-<hash> is served, e.g.
https://cdn.example/reshelf/0.1.0-1a2b3c4d/ or /reshelf/0.1.0-1a2b3c4d/.

  --json   the same as JSON: { html, policy }`;

/**
 * `reshelf snippet`.
 * @returns the exit status
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [address] = positionals;
  if (address === undefined || positionals.length > 1)
    throw new CliError('expected one address, e.g. https://cdn.example/reshelf/0.1.0-1a2b3c4d/');
  if (!/^(https?:\/)?\/[^\s"<>]+$/.test(address))
    throw new CliError(`expected an address that begins with https:// or /, got "${address}"`);
  const published = JSON.parse(
    readFileSync(new URL('../integrity.json', import.meta.url), 'utf8'),
  ) as Published; // the build's own file
  const { html, policy } = snippetOf(published, address.endsWith('/') ? address : `${address}/`);
  if (values.json) console.log(JSON.stringify({ html, policy }));
  else {
    const directives = Object.entries(policy).map(([name, value]) => `  ${name} ${value};`);
    console.log(
      `${html}\n\nAdd to the page's Content-Security-Policy, where it has these directives:\n${directives.join('\n')}`,
    );
  }
  return 0;
}
