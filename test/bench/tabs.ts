import type { Browser, Page } from 'playwright';
import { page as html, list, TAG } from '../support/html.ts';
import { serve } from '../support/server.ts';
import { WARDROBE } from '../support/wardrobe.ts';

export interface PanelTimes {
  /** Median time from the press that withdraws in one tab to the shop's order in another. */
  readonly otherTabMs: number;
  /** Median time from the press that opens the panel to its first frame, its files already loaded. */
  readonly openPanelMs: number;
}

const REPEATS = 9;
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** What the shopper waits for, between two real tabs of one browser. */
export async function benchTabs(browser: Browser): Promise<PanelTimes> {
  const server = await serve({
    routes: { '/': html({ title: 'Bench', tag: TAG, body: list(WARDROBE, 'json-ld') }) },
  });
  const context = await browser.newContext();
  const first = await context.newPage();
  const second = await context.newPage();
  const visit = async (page: Page) => {
    await page.goto(server.origin);
    await page.evaluate(() => window.reshelf.ready);
  };
  const otherTab: number[] = [];
  const openPanel: number[] = [];
  try {
    for (let i = 0; i < REPEATS; i++) {
      await visit(first);
      await first.evaluate(async () => {
        await window.reshelf.consent.set({ personalize: true }, { source: 'api', noticeId: 'bench' });
        const item = {
          id: 'skirt-white',
          category: 'Clothing > skirt',
          colour: 'white',
          title: 'white skirt',
        };
        await window.reshelf.signal({ kind: 'view', item, dwellMs: 20_000 });
      });
      await visit(second);
      const restored = second.evaluate(
        () =>
          new Promise<number>((done) =>
            document.addEventListener('reshelf:consentchange', () =>
              done(performance.timeOrigin + performance.now()),
            ),
          ),
      );
      await second.evaluate(() => true); // the listener is there
      const pressed = await first.evaluate(() => {
        const at = performance.timeOrigin + performance.now();
        void window.reshelf.consent.withdraw();
        return at;
      });
      otherTab.push((await restored) - pressed);
      await first.bringToFront(); // a tab behind gets no frames
      openPanel.push(
        await first.evaluate(async () => {
          await window.reshelf.privacy.open();
          window.reshelf.privacy.close();
          const since = performance.now();
          await window.reshelf.privacy.open();
          await new Promise((done) => requestAnimationFrame(done));
          return performance.now() - since;
        }),
      );
    }
    return { otherTabMs: median(otherTab), openPanelMs: median(openPanel) };
  } finally {
    await context.close();
    await server.close();
  }
}
