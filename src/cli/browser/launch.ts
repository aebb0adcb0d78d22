import type { Browser } from 'playwright';
import { CliError } from '../cli-error.ts';
import { launchOptions } from './system-browser.ts';

/** Kept in step with `peerDependencies`; a test compares them. */
export const PLAYWRIGHT_VERSION = '1.65.1';

export type Playwright = Pick<typeof import('playwright'), 'chromium'>;

/**
 * Starts Playwright's own Chromium, else one of the system.
 * @param command which needs it, e.g. "inspect"
 * @param load for tests of a machine that lacks the optional package
 * @throws CliError that says what to install
 */
export async function launchChromium(
  command: string,
  load: () => Promise<Playwright> = () => import('playwright'),
): Promise<Browser> {
  const { chromium } = await load().catch((cause: unknown) => {
    throw new CliError(
      `${command} opens the page in a real browser and needs Playwright: npm install --save-dev playwright@${PLAYWRIGHT_VERSION}`,
      { cause },
    );
  });
  try {
    return await chromium.launch(launchOptions(chromium));
  } catch (cause) {
    throw new CliError('no Chromium could be started: npx playwright install chromium', { cause });
  }
}
