import { existsSync } from 'node:fs';

/** Where systems keep a Chromium or Chrome. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A system browser's path, or `undefined` when Playwright's own is there (which is preferred) or none is. */
export const systemBrowser = (own: { executablePath(): string }): string | undefined =>
  existsSync(own.executablePath()) ? undefined : PLACES.find((path) => existsSync(path));
