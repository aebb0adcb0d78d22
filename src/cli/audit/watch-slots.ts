import type { Page } from 'playwright';

/** What the eye could see of a list while a page loaded. */
export interface Watched {
  /** Visible slots whose product changed from one painted frame to the next. */
  readonly swaps: number;
  /** Sum of all layout shifts, those after an input too. */
  readonly shift: number;
  /** Products of the visible slots in the first frame that showed any, and in the last. */
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly frames: number;
}

/**
 * Watches the slots of a list from the first frame on. A layout-shift score alone is blind: removing and adding all
 * cards scores 0 while every card changes. Before and after each paint the product of every visible slot is noted; a
 * slot is the place of a card on the screen.
 * @param selector selects the list's cards
 */
export async function watchSlots(page: Page, selector: string): Promise<void> {
  await page.addInitScript((cards) => {
    const watched = { swaps: 0, shift: 0, first: [] as string[], last: [] as string[], frames: 0 };
    Object.assign(window, { watched });
    let slots = new Map<string, string>();
    const note = () => {
      const now = new Map<string, string>();
      const seen: { key: string; product: string; top: number; left: number }[] = [];
      for (const card of document.querySelectorAll(cards)) {
        const { top, left, bottom, right } = card.getBoundingClientRect();
        if (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth || bottom === top) continue;
        const product = card.querySelector('a[href]')?.getAttribute('href') ?? card.textContent?.trim();
        if (!product) continue; // the parser has not come to its content
        seen.push({ key: `${Math.round(left)},${Math.round(top + scrollY)}`, product, top, left });
      }
      for (const { key, product } of seen) now.set(key, product);
      for (const [key, product] of slots) {
        const is = now.get(key);
        if (is !== undefined && is !== product) watched.swaps += 1;
      }
      slots = now;
      if (seen.length === 0) return;
      const products = seen
        .sort((a, b) => Math.round(a.top) - Math.round(b.top) || a.left - b.left)
        .map(({ product }) => product);
      if (watched.first.length === 0) watched.first = products;
      watched.last = products;
    };
    const channel = new MessageChannel();
    channel.port1.onmessage = note; // after the paint
    const frame = () => {
      watched.frames += 1;
      note();
      channel.port2.postMessage(0);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        watched.shift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  }, selector);
}

/** What has been seen so far on the present page. */
export const watchedOn = (page: Page): Promise<Watched> =>
  page.evaluate(() => (window as unknown as { watched: Watched }).watched);
