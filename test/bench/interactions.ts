import type { Browser, Page } from 'playwright';
import { page as html, list, productBody, tagWith } from '../support/html.ts';
import { serve } from '../support/server.ts';
import { product, WARDROBE } from '../support/wardrobe.ts';

declare global {
  interface Window {
    /** Longest event of the interaction under way, from the press to the next paint, in ms. */
    slowest: number;
    /** Layout that shifted, as the browser counts it, within 500 ms of a press or not. */
    shifted: number;
  }
}

export interface Interaction {
  readonly what: string;
  /** Median and longest, from the press to the next paint, in steps of 8 ms: as Interaction to Next Paint counts. */
  readonly medianMs: number;
  readonly longestMs: number;
}

const REPEATS = 5;
/** What a good Interaction to Next Paint stays under (https://web.dev/articles/inp). */
export const GOOD_MS = 200;
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Opening and editing by real presses; the first opening includes its files. */
export async function benchInteractions(
  browser: Browser,
): Promise<{ readonly interactions: readonly Interaction[]; readonly shifted: number }> {
  const tag = tagWith('data-reshelf-why="on"');
  const looked = product('dress-green');
  const server = await serve({
    routes: {
      '/': html({ title: 'Bench', tag, body: list(WARDROBE, 'json-ld') }),
      '/p/dress-green': html({ title: 'Bench', tag, body: productBody(looked) }),
    },
  });
  const times = new Map<string, number[]>();
  let shifted = 0;
  try {
    for (let i = 0; i < REPEATS; i++) {
      const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
      const page = await context.newPage();
      await page.addInitScript(() => {
        window.slowest = 0;
        window.shifted = 0;
        new PerformanceObserver((entries) => {
          for (const { duration } of entries.getEntries())
            window.slowest = Math.max(window.slowest, duration);
        }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
        new PerformanceObserver((entries) => {
          for (const entry of entries.getEntries()) window.shifted += Reflect.get(entry, 'value');
        }).observe({ type: 'layout-shift', buffered: true });
      });
      const time = async (what: string, press: () => Promise<void>) => {
        await page.evaluate(() => {
          window.slowest = 0;
        });
        await press();
        await page.waitForTimeout(150); // events are told some frames later
        const took = await page.evaluate(() => window.slowest);
        times.set(what, [...(times.get(what) ?? []), took]);
      };
      await walk(page, server.origin, time);
      shifted += await page.evaluate(() => window.shifted);
      await context.close();
    }
  } finally {
    await server.close();
  }
  const interactions = [...times].map(([what, values]) => ({
    what,
    medianMs: median(values),
    longestMs: Math.max(...values),
  }));
  return { interactions, shifted };
}

async function walk(
  page: Page,
  origin: string,
  time: (what: string, press: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const ready = async (path: string) => {
    await page.goto(`${origin}${path}`);
    await page.evaluate(() => window.reshelf.ready);
  };
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
  await ready('/');
  await time('allow, on the card', () => press('Allow'));
  await page.locator('reshelf-launcher').waitFor();
  await ready('/p/dress-green');
  await page.waitForTimeout(300);
  await ready('/');
  await page.evaluate(() => {
    window.shifted = 0; // the list itself was put in order
  });
  await time('open "Why here?"', () => page.locator('reshelf-why .opener').first().click());
  await page.keyboard.press('Escape');
  await time('open the panel', () => press('Personal order: on'));
  const panel = page.locator('reshelf-panel');
  for (const section of ['What was learned', 'Recent activity', 'Why this order', 'Choices and proof'])
    await time(`open "${section}"`, () => press(section));
  await press('What was learned');
  await panel.getByRole('button', { name: 'More: green' }).waitFor();
  await time('edit: more of an interest', () => press('More: green'));
  await time('edit: forget an interest', () => press('Forget: green'));
  await press('Now');
  await time('pause', () => press('Pause'));
}
