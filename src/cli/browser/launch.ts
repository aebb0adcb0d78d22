import { existsSync } from 'node:fs';
import type { Browser } from 'playwright';
import { CliError } from '../cli-error.ts';

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * Starts Playwright's own Chromium, else one of the system.
 * @throws CliError that says what to install
 */
export async function launchChromium(command: string): Promise<Browser> {
  const { chromium } = await import('playwright').catch((cause: unknown) => {
    throw new CliError(
      `${command} opens the shop in a real browser and needs Playwright: npm install --save-dev playwright`,
      { cause },
    );
  });
  const executablePath = existsSync(chromium.executablePath())
    ? undefined
    : SYSTEM_BROWSERS.find((path) => existsSync(path));
  try {
    return await chromium.launch(executablePath === undefined ? {} : { executablePath });
  } catch (cause) {
    throw new CliError('no Chromium could be started: npx playwright install chromium', { cause });
  }
}
