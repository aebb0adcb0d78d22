import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page, Route } from 'playwright';
import { launchChromium } from '../browser/launch.ts';
import { SCREENS, type Screen } from '../browser/screens.ts';
import { CliError } from '../cli-error.ts';

export interface OpenOptions {
  readonly viewport: Screen;
  /** Milliseconds or a CSS selector. */
  readonly wait: string;
  /** The address that a saved page has in the shop. */
  readonly at?: string | undefined;
}

const PATIENCE_MS = 30_000;

/**
 * Opens an address, or a saved page without any network, in a fresh Chromium whose profile ends with it.
 * @param launch gives the browser; tests share one, or lack it
 * @throws CliError that says what to do
 */
export async function openPage(
  target: string,
  { viewport, wait, at }: OpenOptions,
  launch: () => Promise<Pick<Browser, 'newContext' | 'close'>> = () => launchChromium('inspect'),
): Promise<{ page: Page; close: () => Promise<void> }> {
  const isAddress = /^https?:\/\//i.test(target);
  const file = isAddress ? undefined : await findFile(target);
  const browser = await launch();
  const close = () => browser.close();
  try {
    const context = await browser.newContext({
      ...SCREENS[viewport],
      serviceWorkers: 'block',
      bypassCSP: false,
    });
    const page = await context.newPage();
    let address = target;
    if (file !== undefined) {
      address = addressOf(at, file);
      await context.route('**/*', (route) => answer(route, file, address));
    }
    await visit(page, address);
    await settle(page, wait);
    return { page, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function findFile(target: string): Promise<string> {
  const path = target.startsWith('file:') ? fileURLToPath(target) : resolve(target);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new CliError(`${target}: no such file; an address of the shop starts with https:// (or http://)`);
  if (!found.isFile()) throw new CliError(`${target}: expected a file, e.g. page.html`);
  return path;
}

/** Links need an address to be read: the shop's own where it is told, else one that leads nowhere. */
function addressOf(at: string | undefined, file: string): string {
  try {
    return new URL(at ?? `http://saved.invalid/${encodeURIComponent(basename(file))}`).href;
  } catch {
    throw new CliError(`--at: expected an address such as https://shop.example/collections/all, got "${at}"`);
  }
}

/** A saved page gets itself and what lies beside it; everything else does not exist. */
async function answer(route: Route, file: string, address: string): Promise<void> {
  if (route.request().url() === address)
    return route.fulfill({ contentType: 'text/html; charset=utf-8', body: await readFile(file, 'utf8') });
  const folder = dirname(file);
  const path = join(folder, decodeURIComponent(new URL(route.request().url()).pathname));
  const isBeside = path.startsWith(folder + sep) && existsSync(path) && (await stat(path)).isFile();
  return isBeside ? route.fulfill({ path }) : route.abort();
}

async function visit(page: Page, address: string): Promise<void> {
  const response = await page.goto(address, { timeout: PATIENCE_MS, waitUntil: 'load' }).catch((cause) => {
    const [reason = ''] = /net::\w+|Timeout \d+ms/.exec(String(cause)) ?? [];
    throw new CliError(`${address} could not be opened${reason === '' ? '' : `: ${reason}`}`, { cause });
  });
  if (response !== null && !response.ok())
    throw new CliError(`${address} answers ${response.status()} ${response.statusText()}`.trim());
}

async function settle(page: Page, wait: string): Promise<void> {
  if (/^\d+$/.test(wait)) return page.waitForTimeout(Number(wait));
  await page.waitForSelector(wait, { timeout: PATIENCE_MS, state: 'attached' }).catch((cause) => {
    throw new CliError(`--wait: nothing matches "${wait}" on this page`, { cause });
  });
}
