import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.ts';
import { openPage } from './open-page.ts';
import { print } from './print.ts';
import { readSurvey } from './read-survey.ts';

export const usage = `Usage: reshelf inspect <address or file> [options]

Opens a page of the shop in a real Chromium and tells what Reshelf finds there: every list, every product with what was read of
it and how sure that is, what may move and what stays and why, and what to mend. It moves, keeps and sends nothing; Reshelf need
not be on the page. A saved page (.html) is opened without any network. Exit status 1 if no list and no product is found.

  --json                 one object instead of text
  --wait <ms|selector>   waits that long, or for that element, before looking (default: 500 ms after the page has loaded)
  --viewport <name>      desktop (default) or phone
  --at <address>         the address that a saved page has in the shop, for its links
  --list-selector <css>  as data-reshelf-list-selector of the script tag; with --item-selector
  --item-selector <css>
  --pin-selector <css>`;

const EXIT_NOTHING = 1;

/** @returns the exit status. @throws CliError when the page or a browser cannot be opened */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      wait: { type: 'string', default: '500' },
      viewport: { type: 'string', default: 'desktop' },
      at: { type: 'string' },
      'list-selector': { type: 'string' },
      'item-selector': { type: 'string' },
      'pin-selector': { type: 'string' },
    },
  });
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0)
    throw new CliError(
      'expected one address or file, e.g. https://shop.example/collections/all or page.html',
    );
  const { viewport } = values;
  if (viewport !== 'desktop' && viewport !== 'phone')
    throw new CliError(`--viewport: expected desktop or phone, got "${viewport}"`);
  const listSelector = values['list-selector'];
  const itemSelector = values['item-selector'];
  const pinSelector = values['pin-selector'];
  if ((listSelector === undefined) !== (itemSelector === undefined))
    throw new CliError('--list-selector and --item-selector go together; one of them is missing');
  const { page, close } = await openPage(target, { viewport, wait: values.wait, at: values.at });
  try {
    const source = await readFile(new URL('./survey.js', import.meta.url), 'utf8'); // the build's own file
    const survey = await readSurvey(page, source, { listSelector, itemSelector, pinSelector });
    console.log(values.json ? JSON.stringify(survey, null, 2) : print(survey));
    return survey.lists.length > 0 || survey.product !== null ? 0 : EXIT_NOTHING;
  } finally {
    await close();
  }
}
