import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type LaunchOptions } from 'playwright';
import { launchOptions, systemBrowser } from '../../src/cli/browser/system-browser.ts';

/** With what a browser is started here. */
export const chromiumLaunch = (): LaunchOptions => launchOptions(chromium);

/** A system browser's path, or `undefined` when Playwright's own is there (which is preferred) or none is. */
export const chromiumPath = (): string | undefined => systemBrowser(chromium);

/**
 * Makes sure that a Chromium is there: Playwright's own, else a system one, else its own download, else Debian's.
 * @throws Error when none can be had; browser tests are never skipped quietly
 */
export function ensureChromium(): void {
  if (existsSync(chromium.executablePath()) || chromiumPath() !== undefined) return;
  console.log('No Chromium here yet: getting one.');
  const attempts: [string, string[]][][] = [
    [['npx', ['playwright', 'install', 'chromium']]],
    [
      ['apt-get', ['update', '-qq']],
      ['apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']],
    ],
  ];
  for (const commands of attempts) {
    try {
      for (const [command, args] of commands)
        execFileSync(command, args, { stdio: 'inherit', timeout: 600_000 });
    } catch (error) {
      console.log(`That way is closed: ${String(error).split('\n', 1)[0]}`);
    }
    if (existsSync(chromium.executablePath()) || chromiumPath() !== undefined) return;
  }
  throw new Error(
    'No Chromium could be found, downloaded or installed. Install one (Debian: apt-get install chromium) and run again.',
  );
}
