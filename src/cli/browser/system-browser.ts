import { existsSync } from 'node:fs';
import type { LaunchOptions } from 'playwright';

/** Where systems keep a Chromium or Chrome. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
/**
 * A system's browser has an address bar, whose suggestions are pages with a process each: a third of what it takes to
 * open a tab, and nobody sees them here; and it keeps a process ready for the next tab. Playwright's own browser, a
 * shell, has no address bar.
 */
const UNSEEN = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess'];
/** What Playwright 1.65 turns off of this browser; Chromium obeys the last such list alone, so that ours has to say it again. */
const UNWANTED = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];

/** A system browser's path, or `undefined` when Playwright's own is there (which is preferred) or none is. */
export const systemBrowser = (own: { executablePath(): string }): string | undefined =>
  existsSync(own.executablePath()) ? undefined : PLACES.find((path) => existsSync(path));

/** Starts the system's browser where Playwright's own is not there. */
export function launchOptions(own: { executablePath(): string }): LaunchOptions {
  const executablePath = systemBrowser(own);
  if (executablePath === undefined) return {};
  return { executablePath, args: [`--disable-features=${[...UNWANTED, ...UNSEEN].join()}`] };
}
