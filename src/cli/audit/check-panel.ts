import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { CliError } from '../cli-error.ts';
import type { Tell } from './finding.ts';
import type { Shopper } from './shopper.ts';

/** The source of axe-core, which is an optional peer: it is MPL-2.0 and half a megabyte. @throws CliError */
export async function readAxe(): Promise<string> {
  try {
    return await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  } catch (cause) {
    throw new CliError('audit looks at the panel with axe: npm install --save-dev axe-core', { cause });
  }
}

const MAX_TABS = 300;
const MOST_TABS_INSIDE = 60;

/** Opens the panel as somebody without a mouse does, uses axe on it, walks through it and leaves it. */
export async function checkPanel({ page, name }: Shopper, axe: string, tell: Tell): Promise<void> {
  const fault = (told: string) => tell('fault', 'panel', name, told);
  const focused = () => page.evaluate(() => document.activeElement?.localName ?? '');
  if ((await page.locator('reshelf-launcher').count()) === 0) {
    tell('note', 'panel', name, 'no launcher here: the panel was opened through the interface');
    await page.evaluate(() =>
      (window as unknown as { reshelf: { privacy: { open(): Promise<void> } } }).reshelf.privacy.open(),
    );
  } else {
    let tabs = 0;
    for (; tabs < MAX_TABS && (await focused()) !== 'reshelf-launcher'; tabs++)
      await page.keyboard.press('Shift+Tab');
    if (tabs === MAX_TABS) return fault(`the launcher was not reached by ${MAX_TABS} presses of Tab`);
    while ((await focused()) === 'reshelf-launcher') await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab'); // its first button
    await page.keyboard.press('Enter');
  }
  const dialog = page.locator('reshelf-panel dialog');
  const isOpen = await dialog.waitFor({ state: 'visible', timeout: 10_000 }).then(
    () => true,
    () => false,
  );
  if (!isOpen) return fault('the panel does not open');
  await page.waitForTimeout(300);
  await page.evaluate(axe);
  for (const line of await page.evaluate(runAxe)) fault(line);

  const stops = new Set<string>();
  for (let i = 0; i < MOST_TABS_INSIDE; i++) {
    await page.keyboard.press('Tab');
    stops.add(
      await page.evaluate(() => {
        const at = document.querySelector('reshelf-panel')?.shadowRoot?.activeElement;
        return at == null ? '' : `${at.localName} ${at.textContent}`;
      }),
    );
  }
  stops.delete('');
  if (stops.size < 3)
    fault(`Tab goes nowhere in the panel: ${stops.size} places in ${MOST_TABS_INSIDE} presses`);
  await page.keyboard.press('Escape');
  const isClosed = await dialog.waitFor({ state: 'detached', timeout: 3_000 }).then(
    () => true,
    () => false,
  );
  if (!isClosed) fault('Escape does not close the panel: whoever opens it by keyboard is trapped');
}

/** Runs in the page. */
async function runAxe(): Promise<string[]> {
  interface Result {
    readonly violations: readonly {
      readonly id: string;
      readonly help: string;
      readonly nodes: readonly { readonly target: unknown }[];
    }[];
  }
  const { axe } = window as unknown as {
    axe: { run(context: object, options: object): Promise<Result> };
  };
  const { violations } = await axe.run({ include: ['reshelf-panel'] }, { resultTypes: ['violations'] });
  return violations.map(({ id, help, nodes }) => `axe, ${id}: ${help} (${JSON.stringify(nodes[0]?.target)})`);
}
